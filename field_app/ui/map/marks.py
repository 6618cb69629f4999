"""What stands for an order, a class of assets or a person on the map: icon, colour and line."""

from dataclasses import dataclass

import flet as ft


@dataclass(frozen=True)
class Hue:
    """One colour by day and by night, each clear on its own ground."""

    day: str
    night: str

    def on(self, *, dark: bool) -> str:
        return self.night if dark else self.day


@dataclass(frozen=True)
class Mark:
    """`dashes`: how its lines are broken, so that they are told apart without their colour."""

    icon: ft.IconData
    hue: Hue
    dashes: tuple[int, ...] = ()
    width_px: float = 4.0


WATER = Hue("#0B5CAD", "#7FB4FF")
SEWER = Hue("#7A4A21", "#D9A77A")
LIGHT = Hue("#8A5A00", "#F2C45C")
GREEN = Hue("#1B6E45", "#7FD6A4")
VIOLET = Hue("#6B3FA0", "#C9A6F2")
RED = Hue("#A8321F", "#FF9A85")
GREY = Hue("#4A5361", "#A9B2BE")

CLASSES: dict[str, Mark] = {
    "road_segment": Mark(ft.Icons.EDIT_ROAD, GREY, width_px=5),
    "sidewalk": Mark(ft.Icons.DIRECTIONS_WALK, GREY, (2, 6), 4),
    "bike_path": Mark(ft.Icons.DIRECTIONS_BIKE, GREEN, (10, 5), 4),
    "pipe": Mark(ft.Icons.PLUMBING, WATER, (14, 5), 4),
    "valve": Mark(ft.Icons.ADJUST, WATER),
    "hydrant": Mark(ft.Icons.FIRE_HYDRANT_ALT, RED),
    "service_connection": Mark(ft.Icons.WATER_DAMAGE, WATER),
    "water_source": Mark(ft.Icons.WATER_DROP, WATER),
    "manhole": Mark(ft.Icons.ALBUM, SEWER),
    "catch_basin": Mark(ft.Icons.GRID_ON, SEWER),
    "culvert": Mark(ft.Icons.WATER, SEWER, (6, 4), 6),
    "street_light": Mark(ft.Icons.LIGHT, LIGHT),
    "sign": Mark(ft.Icons.SIGNPOST, VIOLET),
    "building": Mark(ft.Icons.APARTMENT, GREY, (8, 3), 3),
    "traffic_signal": Mark(ft.Icons.TRAFFIC, GREEN),
    "street_furniture": Mark(ft.Icons.DECK, GREEN),
    "public_place": Mark(ft.Icons.PLACE, VIOLET),
    "sector": Mark(ft.Icons.MAP, VIOLET, (12, 8), 3),
}
OTHER = Mark(ft.Icons.PLACE, GREY)


def mark_of(class_code: str, icon: str = "") -> Mark:
    """A town's own class has the icon that it names, and the plain colour."""
    if class_code in CLASSES:
        return CLASSES[class_code]
    named = getattr(ft.Icons, icon.upper(), None) if icon else None
    return Mark(named, GREY) if isinstance(named, ft.IconData) else OTHER


PAPER = Hue("#EDEFF2", "#12161C")
"""Under everything: what lies between the streets."""
STREET = Hue("#B4BCC8", "#47515E")
MAIN_STREET = Hue("#98A3B2", "#5D6978")
