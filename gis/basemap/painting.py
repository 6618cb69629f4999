"""Pictures of blocks: strokes and names painted in a look's colours, with few colours kept."""

from collections.abc import Iterable, Sequence
from functools import cache
from io import BytesIO

import aggdraw
from PIL import Image, ImageColor

from gis.basemap.drawing import Disc, Drawn, Shape, Stroke
from gis.basemap.lettering import Masks
from gis.basemap.mercator import TILE_PX
from gis.basemap.palette import palette_of
from gis.basemap.scene import BLOCK_PX, BLOCK_TILES
from gis.basemap.style import Colours

Names = Sequence[Masks]
GROUND_ALONE = (0, 0)
"""The least and the largest place in the palette of a tile on which nothing is."""


def paint(drawn: Iterable[Drawn], names: Names, colours: Colours) -> Image.Image:
    """A block of 1,024 pixels in the look's palette. `names`: masks in the block's own pixels."""
    image = Image.new("RGB", (BLOCK_PX, BLOCK_PX), colours["ground"])
    draw = aggdraw.Draw(image)
    draw.setantialias(True)
    for each in drawn:
        _draw(draw, each, colours)
    draw.flush()
    for part, colour in (("halo", "name_halo"), ("letters", "name")):
        ink = ImageColor.getrgb(colours[colour])
        for name in names:
            image.paste(ink, name.corner, getattr(name, part))
    return image.quantize(palette=palette(colours), dither=Image.Dither.NONE)


def tiles(block: Image.Image) -> list[bytes]:
    """The PNG of each tile of a block, row by row."""
    made, bare = [], b""
    for row in range(BLOCK_TILES):
        for column in range(BLOCK_TILES):
            left, top = column * TILE_PX, row * TILE_PX
            tile = block.crop((left, top, left + TILE_PX, top + TILE_PX))
            if tile.getextrema() != GROUND_ALONE:
                made.append(_png(tile))
            else:
                made.append(bare := bare or _png(tile))
    return made


def empty_tile(colours: Colours) -> bytes:
    """A tile of bare ground."""
    image = Image.new("P", (TILE_PX, TILE_PX))
    image.putpalette(palette(colours).getpalette() or [])
    return _png(image)


def _png(image: Image.Image) -> bytes:
    stream = BytesIO()
    image.save(stream, "PNG", compress_level=6)
    return stream.getvalue()


def palette(colours: Colours) -> Image.Image:
    """A picture with the palette of a look's tiles."""
    return _palette(tuple(sorted(colours.items())))


@cache
def _palette(colours: tuple[tuple[str, str], ...]) -> Image.Image:
    return palette_of(dict(colours))


@cache
def _pen(colour: str, width: float) -> aggdraw.Pen:
    return aggdraw.Pen(colour, width)


@cache
def _brush(colour: str) -> aggdraw.Brush:
    return aggdraw.Brush(colour)


def _draw(draw: aggdraw.Draw, each: Drawn, colours: Colours) -> None:
    match each:
        case Stroke(points, width, colour):
            draw.line(points, _pen(colours[colour], width))
        case Disc(x, y, radius, colour):
            box = (x - radius, y - radius, x + radius, y + radius)
            draw.ellipse(box, _brush(colours[colour]))
        case Shape(points, colour, edge):
            draw.polygon(points, _brush(colours[colour]))
            if edge:
                draw.line([*points, *points[:2]], _pen(colours[edge], 1.0))
