"""A town ready to be drawn: its features by rule and block, with the names of each zoom."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import floor
from typing import NamedTuple

from gis.basemap.chains import Chain, chains
from gis.basemap.features import Box, Feature
from gis.basemap.labels import place_labels
from gis.basemap.lettering import Label
from gis.basemap.mercator import TILE_PX, pixels
from gis.basemap.style import LabelRule, Rule, Style

BLOCK_TILES = 4
BLOCK_PX = BLOCK_TILES * TILE_PX
REACH_PX = 16
"""How far what is drawn may reach beyond a feature's own lines."""


class Block(NamedTuple):
    """4 by 4 tiles that are drawn as one picture: `x` and `y` count blocks, not tiles."""

    zoom: int
    x: int
    y: int

    def tiles(self) -> Iterator[tuple[int, int]]:
        """(x, y) of its tiles, row by row."""
        for row in range(BLOCK_TILES):
            for column in range(BLOCK_TILES):
                yield self.x * BLOCK_TILES + column, self.y * BLOCK_TILES + row


def block_of(zoom: int, x: int, y: int) -> Block:
    """The block that a tile is in."""
    return Block(zoom, x // BLOCK_TILES, y // BLOCK_TILES)


@dataclass
class Level:
    """What a zoom's blocks hold. Features come as (place of their rule, feature), sorted."""

    features: dict[tuple[int, int], list[tuple[int, Feature]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    labels: dict[tuple[int, int], list[Label]] = field(default_factory=lambda: defaultdict(list))

    def shows(self, block: Block) -> bool:
        """Whether there is anything but ground."""
        place = block.x, block.y
        return bool(self.features.get(place) or self.labels.get(place))


@dataclass(frozen=True)
class Scene:
    style: Style
    features: tuple[tuple[int, Feature], ...]
    """With the place of the rule of each; sorted by both."""

    def level(self, zoom: int) -> Level:
        """What shows at a zoom, by block."""
        level, scale = Level(), pixels(zoom)
        for place, feature in self.features:
            if zoom >= self.style.rules[place].starts:
                for cell in _blocks(feature.box, scale, REACH_PX):
                    level.features[cell].append((place, feature))
        for label in place_labels(self.style, self._streets, self._spots, zoom):
            for cell in _blocks(label.box, 1, 1):
                level.labels[cell].append(label)
        return level

    @cached_property
    def _streets(self) -> Sequence[Chain]:
        return chains(
            (feature, place) for place, feature in self.features if self._rule(place).form == "line"
        )

    @cached_property
    def _spots(self) -> Sequence[tuple[Feature, LabelRule]]:
        return [
            (feature, rule)
            for place, feature in self.features
            if (rule := self._spot_rule(place)) and feature.name
        ]

    def _spot_rule(self, place: int) -> LabelRule | None:
        rule = self._rule(place)
        if rule.of == self.style.names["area"]["of"]:
            return self.style.area_label
        return rule.label if rule.form == "point" else None

    def _rule(self, place: int) -> Rule:
        return self.style.rules[place]


def scene_of(style: Style, features: Iterable[Feature]) -> Scene:
    """The features that the style shows."""
    placed = ((style.rule_of(*feature.kinds), feature) for feature in features)
    shown = [(place, feature) for place, feature in placed if place is not None]
    return Scene(style, tuple(sorted(shown, key=lambda pair: (pair[0], pair[1].id))))


def digest_of(style: Style, level: Level, block: Block) -> str:
    """Of all that decides the pictures of a block; an empty one has the same everywhere."""
    told = hashlib.blake2b(style.digest.encode(), digest_size=12)
    for _, feature in level.features.get((block.x, block.y), ()):
        told.update(feature.digest)
    for label in level.labels.get((block.x, block.y), ()):
        told.update(repr(label).encode())
    return told.hexdigest()


def tiles_meeting(box: Box, zoom: int, reach_px: int = REACH_PX) -> Iterator[tuple[int, int]]:
    """(x, y) of the tiles that a box on the square meets, or nearly does."""
    scale = pixels(zoom)
    yield from _cells(box, scale, reach_px, TILE_PX)


def _blocks(box: Box, scale: int, reach_px: int) -> Iterator[tuple[int, int]]:
    yield from _cells(box, scale, reach_px, BLOCK_PX)


def _cells(box: Box, scale: int, reach_px: int, size: int) -> Iterator[tuple[int, int]]:
    west, north, east, south = (edge * scale for edge in box)
    for x in range(floor((west - reach_px) / size), floor((east + reach_px) / size) + 1):
        for y in range(floor((north - reach_px) / size), floor((south + reach_px) / size) + 1):
            yield x, y
