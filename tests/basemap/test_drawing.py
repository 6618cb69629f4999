"""Pictures of the base map: whole across borders, in few colours, and legible."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageColor

from asset_model.base_map import LOOKS
from gis.basemap.blocks import draw
from gis.basemap.features import Feature
from gis.basemap.mercator import TILE_PX, pixels
from gis.basemap.palette import palette_of
from gis.basemap.scene import Block, scene_of
from gis.basemap.style import read_style
from tests.basemap.ground import street

STYLE = read_style()
ZOOM = 17
Tile = tuple[int, int]


def pictures(features: Sequence[Feature], zoom: int = ZOOM) -> dict[Tile, Image.Image]:
    """Every tile of the features by day, as the blocks come."""
    level = scene_of(STYLE, features).level(zoom)
    cells = {*level.features, *level.labels}
    return {
        spot: Image.open(BytesIO(png)).convert("RGB")
        for x, y in sorted(cells)
        for look, spot, png in draw(STYLE, level, Block(zoom, x, y))
        if look == "day"
    }


def moved(features: Sequence[Feature], tiles: int, zoom: int = ZOOM) -> list[Feature]:
    """The same features so many tiles to the south-east: blocks cut them elsewhere."""
    by = tiles * TILE_PX / pixels(zoom)
    return [
        replace(feature, lines=tuple(tuple(v + by for v in line) for line in feature.lines))
        for feature in features
    ]


def ink(name: str, look: str = "day") -> tuple[int, ...]:
    return ImageColor.getrgb(STYLE.colours[look][name])


TOWN = [
    street("Rue Sainte-Geneviève-de-Batiscan", (0, 0), (4, 0.6), (9, 0.4)),
    street("Boulevard des Pins", (3, -3), (3.4, 0), (3, 4), road="major_arterial"),
    street("Rue des Érables", (5, -3), (5.5, 1), (5, 4), one_way=True),
]


@pytest.mark.parametrize("tiles", [1, 2, 3])
def test_a_picture_is_the_same_wherever_the_borders_of_blocks_cut_it(tiles: int) -> None:
    here, there = pictures(TOWN), pictures(moved(TOWN, tiles))
    bare = Image.new("RGB", (TILE_PX, TILE_PX), STYLE.colours["day"]["ground"])
    pairs = [
        (here.get((x, y), bare), there.get((x + tiles, y + tiles), bare))
        for x, y in {*here, *((x - tiles, y - tiles) for x, y in there)}
    ]

    assert len(pairs) > 20
    assert max(furthest(one, other) for one, other in pairs) <= 40


def furthest(one: Image.Image, other: Image.Image) -> int:
    """By how much the two differ where they differ most; 255 is black from white."""
    histogram = ImageChops.difference(one, other).convert("L").histogram()
    return max(value for value, count in enumerate(histogram) if count)


def test_names_reach_over_the_borders_of_tiles() -> None:
    level = scene_of(STYLE, TOWN).level(ZOOM)
    labels = {label for labels in level.labels.values() for label in labels}
    crossing = [label for label in labels if label.box[0] // TILE_PX != label.box[2] // TILE_PX]
    tiles = pictures(TOWN)

    assert crossing
    for label in crossing:
        letters = [s for s in label.letters if s.text != " "]
        for letter in letters:
            spot = int(letter.x // TILE_PX), int(letter.y // TILE_PX)
            assert near(tiles[spot], letter.x % TILE_PX, letter.y % TILE_PX, ink("name"))


def near(tile: Image.Image, x: float, y: float, colour: tuple[int, ...]) -> bool:
    """Whether something as dark as this colour is around this place."""
    box = (max(0, int(x) - 7), max(0, int(y) - 7), int(x) + 8, int(y) + 8)
    darkest = min(map(sum, colours_of(tile.crop(box))))
    return darkest < sum(colour) + 120


def colours_of(image: Image.Image) -> list[tuple[int, ...]]:
    """Of each pixel, row by row."""
    data = image.convert("RGB").tobytes()
    return [tuple(data[at : at + 3]) for at in range(0, len(data), 3)]


def test_every_colour_of_a_tile_is_of_the_palette_and_the_ground_is_the_ground() -> None:
    level = scene_of(STYLE, TOWN).level(ZOOM)
    (x, y) = next(iter(level.features))
    for look, _, png in draw(STYLE, level, Block(ZOOM, x, y)):
        with Image.open(BytesIO(png)) as tile:
            assert tile.mode == "P"
            assert tile.size == (TILE_PX, TILE_PX)
            assert tuple(tile.getpalette()[:3]) == ink("ground", look)  # type: ignore[index]


def test_a_street_is_as_wide_as_the_style_says_with_its_edges() -> None:
    road = street("", (0, 0), (4, 0))
    x, y = ((road.box[0] + road.box[2]) / 2 * pixels(ZOOM), road.box[1] * pixels(ZOOM))
    tile = pictures([road])[int(x // TILE_PX), int(y // TILE_PX)]
    across = int(x % TILE_PX)
    column = colours_of(tile.crop((across, 0, across + 1, TILE_PX)))
    darker = [colour for colour in column if sum(colour) < sum(ink("ground")) - 9]

    assert 10 <= column.count(ink("road")) <= 12
    assert 2 <= len(darker) <= 4


@pytest.mark.parametrize("look", LOOKS)
def test_names_stand_out_from_whatever_they_lie_on(look: str) -> None:
    colours = STYLE.colours[look]

    for under in ("name_halo", "ground", "road", "collector", "artery", "highway"):
        assert contrast(colours["name"], colours[under]) >= 4.5, under
    assert contrast(colours["name"], colours["name_halo"]) >= 7


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2's relative luminance."""
    parts = [value / 255 for value in ImageColor.getrgb(colour)[:3]]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("look", LOOKS)
def test_every_colour_of_a_look_is_kept_as_it_is(look: str) -> None:
    own = sorted({ink(name, look) for name in STYLE.colours[look]})
    strip = Image.new("RGB", (len(own), 1))
    strip.putdata(own)
    kept = strip.quantize(palette=palette_of(STYLE.colours[look]), dither=Image.Dither.NONE)

    assert colours_of(kept) == own


def test_both_looks_name_the_same_colours() -> None:
    day, night = (set(STYLE.colours[look]) for look in LOOKS)
    asked = {
        colour for rule in STYLE.rules for colour in (rule.fill, rule.edge, rule.far) if colour
    }

    assert day == night
    assert asked | {"ground", "name", "name_halo", "arrow"} == day
