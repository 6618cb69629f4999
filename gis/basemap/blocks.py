"""One block from a scene: its tiles in every look. What needs drawing is known by `digest_of`."""

from collections.abc import Iterator

from gis.basemap.drawing import strokes
from gis.basemap.lettering import Masks, masks
from gis.basemap.painting import paint, tiles
from gis.basemap.scene import BLOCK_PX, Block, Level
from gis.basemap.style import Style


def draw(style: Style, level: Level, block: Block) -> Iterator[tuple[str, tuple[int, int], bytes]]:
    """(look, (x, y) of the tile, PNG) of each tile of the block."""
    drawn = list(strokes(style, level.features.get((block.x, block.y), ()), block))
    names = _names(style, level, block)
    for look, colours in style.colours.items():
        pictures = tiles(paint(drawn, names, colours))
        yield from ((look, spot, png) for spot, png in zip(block.tiles(), pictures, strict=True))


def _names(style: Style, level: Level, block: Block) -> list[Masks]:
    across, down = block.x * BLOCK_PX, block.y * BLOCK_PX
    made = (
        masks(label, style.names["halo_px"]) for label in level.labels.get((block.x, block.y), ())
    )
    return [Masks((m.corner[0] - across, m.corner[1] - down), m.halo, m.letters) for m in made]
