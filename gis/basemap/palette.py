"""The few colours that the pictures of a look are kept in.

They are the look's own and what lies between those that meet, so that the same ground has the
same colour in every tile and an edge is as soft as it was drawn. One byte a pixel, and a list of
colours that a tile can be told by, make a tile a quarter of what it would be in full colour.
"""

from collections.abc import Iterator, Mapping

from PIL import Image, ImageColor

from gis.basemap.style import Colours

COLOURS_MAX = 160
CELL = 4
"""Pillow looks a colour up by cells of this side, and gives each cell one colour of the palette."""

Rgb = tuple[int, ...]
MEETING = (
    # What lies beside what, the commonest first, and into how many steps an edge between is cut.
    (("name_halo",), ("name",), 7),
    (("ground",), ("road_edge", "collector_edge", "artery_edge", "highway_edge"), 4),
    (("road",), ("road_edge",), 5),
    (("collector",), ("collector_edge",), 4),
    (("artery",), ("artery_edge",), 4),
    (("highway",), ("highway_edge",), 4),
    (("ground",), ("road", "collector", "artery", "highway", "name_halo"), 3),
    (("name_halo",), ("road", "artery", "road_edge"), 2),
    (("road", "ground", "artery"), ("water", "arrow"), 4),
    (("road", "ground"), ("storm", "sanitary"), 3),
    (("symbol_edge",), ("hydrant", "water", "storm", "sanitary", "road"), 4),
    (("ground",), ("building", "building_edge", "culvert", "bike", "symbol_edge"), 3),
    (("lamp_edge",), ("lamp", "road", "ground"), 3),
    (("road",), ("bike", "culvert", "path"), 2),
)


def palette_of(colours: Colours) -> Image.Image:
    """A picture whose palette the others take; the ground comes first."""
    rgb = {name: ImageColor.getrgb(told) for name, told in colours.items()}
    kept: list[Rgb] = list(dict.fromkeys([rgb["ground"], *rgb.values()]))
    for colour in _blends(rgb):
        if len(kept) < COLOURS_MAX and all(_is_apart(colour, other) for other in kept):
            kept.append(colour)
    holder = Image.new("P", (1, 1))
    holder.putpalette([part for colour in kept for part in colour])
    return holder


def _is_apart(one: Rgb, other: Rgb) -> bool:
    """Whether no cell lies between the two: a blend must not take the place of what it blends."""
    return max(abs(a // CELL - b // CELL) for a, b in zip(one, other, strict=True)) > 1


def _blends(rgb: Mapping[str, Rgb]) -> Iterator[Rgb]:
    for ones, others, steps in MEETING:
        for one in ones:
            for other in others:
                yield from _between(rgb[one], rgb[other], steps)


def _between(one: Rgb, other: Rgb, steps: int) -> Iterator[Rgb]:
    for step in range(1, steps + 1):
        share = step / (steps + 1)
        yield tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
