"""A mapping: what the columns of one source mean, as values."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Box = tuple[float, float, float, float]
"""(west, south, east, north), in degrees."""

QUEBEC: Box = (-79.8, 44.9, -57.0, 62.7)
"""Where rows must lie when their mapping does not say: the land of Québec, rounded outwards."""

UNITS_M = {"m": 1.0, "ft": 0.3048, "us-ft": 1200 / 3937, "mm": 0.001}
"""Of coordinates that are not in the metres of their system; drawings often are not."""

PLACEHOLDER = re.compile(r"\{([^{}]+)\}")

OWN_GEOMETRY = "_wkt"
OWN_CRS = "_crs"
"""Columns that stand for a layer's own shapes and coordinate system, in its refused rows too."""
OWN_SHAPE = "_shape"
"""A short text that is the shape's own: the key of rows that have no other."""


@dataclass(frozen=True)
class Pattern:
    """Text with columns in it: ``"{GENERIQUE} {SPECIFIQUE}"``."""

    text: str
    verbatim: bool = False
    """One column whose cells are taken as they are: their spaces are somebody's own."""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(PLACEHOLDER.findall(self.text))

    @cached_property
    def _pieces(self) -> list[str]:
        """Every second one is the name of a column."""
        return PLACEHOLDER.split(self.text)

    @property
    def sound(self) -> bool:
        return bool(self.columns) and not set("{}") & set(PLACEHOLDER.sub("", self.text))

    def filled(self, cells: dict[str, str]) -> str:
        """The text with this row's cells, spaced as French writes names; empty without any cell.

        An empty cell leaves no double space, and an elided particle (« d' », « de l' ») no space.
        """
        if not any(cells[column].strip() for column in self.columns):
            return ""
        if self.verbatim:
            return cells[self.columns[0]].strip()
        pieces = self._pieces.copy()
        pieces[1::2] = [cells[column] for column in self.columns]
        words = " ".join("".join(pieces).split())
        return words.replace("' ", "'").replace("\u2019 ", "\u2019")


@dataclass(frozen=True)
class GeometryRule:
    """Where a row's shape is: a WKT column, two coordinate columns, or the layer's own."""

    wkt: str | None = None
    longitude: str | None = None
    latitude: str | None = None
    layer: str | None = None
    crs: str | None = None
    unit: str | None = None
    within: Box = QUEBEC
    placed: bool = True
    """False: the assets have no place on the map, as vehicles have none."""

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(c for c in (self.wkt, self.longitude, self.latitude) if c is not None)


@dataclass(frozen=True)
class AttributeRule:
    """How one attribute is filled: from a column or a pattern, through a translation if any.

    Cells in `none` mean that nothing is known. With `values`, a cell must be one of them. Numbers
    are multiplied by `times`: into the unit of the attribute.
    """

    name: str
    pattern: Pattern
    values: dict[str, Any] = field(default_factory=dict)
    none: frozenset[str] = frozenset()
    times: float = 1.0

    @property
    def column(self) -> str:
        return ", ".join(self.pattern.columns)


@dataclass(frozen=True)
class Mapping:
    """What one source's columns mean. `key` is how an asset is found again at the next import.

    Rows whose cells are not among those of `only` are left aside: they are of something else.
    """

    title: str
    source: str
    class_code: str
    key: Pattern
    tag: Pattern
    name: Pattern
    geometry: GeometryRule
    address: Pattern | None = None
    status: AttributeRule | None = None
    attributes: tuple[AttributeRule, ...] = ()
    others: tuple[AttributeRule, ...] = ()
    """Further columns of the asset itself, which only files of ours fill."""
    ignored: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    only: dict[str, frozenset[str]] = field(default_factory=dict)
    version: int = 1

    @property
    def used(self) -> tuple[str, ...]:
        """The columns this mapping reads, each once, in its own order."""
        rules = [*self.attributes, *self.others, *([self.status] if self.status else ())]
        patterns = [self.key, self.tag, self.name, *(rule.pattern for rule in rules)]
        if self.address:
            patterns.append(self.address)
        named = [column for pattern in patterns for column in pattern.columns]
        every = dict.fromkeys([*named, *self.only, *self.geometry.columns])
        return tuple(column for column in every if column != OWN_SHAPE)
