"""What a map is drawn on: the base map, or a sketch of the streets where none has come yet."""

import flet_map as fm

from asset_model.spatial import Box
from field_app.reads.map_assets import streets_in
from field_app.ui import tokens
from field_app.ui.map import drawing
from field_app.ui.map.drawn import Drawn
from field_app.ui.map.marks import PAPER
from field_app.ui.sitting import Sitting
from field_app.ui.themes import edge_px
from field_app.ui.tiles import Tiles


def ground_layer(sitting: Sitting, drawn: Drawn, box: Box, zoom: float) -> fm.MapLayer:
    """`box`: in which streets are sketched."""
    tiles = tiles_of(sitting)
    if tiles is not None:
        template = tiles.template(_look(sitting))
        return drawn.once("base", template, lambda: drawing.tile_layer(template))
    of = (box, sitting.revision)
    streets = drawn.once("streets", of, lambda: sitting.read(streets_in, box))
    strong = edge_px() > 1
    return drawing.street_layer(drawn, streets, dark=_dark(sitting), zoom=zoom, strong=strong)


def ground_colour(sitting: Sitting) -> str:
    """Around the tiles, the colour that they have between the streets."""
    tiles = tiles_of(sitting)
    ground = tiles.base_map.ground(_look(sitting)) if tiles else None
    return ground or PAPER.on(dark=_dark(sitting))


def tiles_of(sitting: Sitting) -> Tiles | None:
    """None while no pack of the base map has come for this look."""
    tiles = sitting.workplace.tiles
    return tiles if tiles is not None and tiles.has(_look(sitting)) else None


def _look(sitting: Sitting) -> str:
    return "night" if _dark(sitting) else "day"


def _dark(sitting: Sitting) -> bool:
    return tokens.LOOKS[sitting.look].dark
