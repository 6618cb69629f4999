"""Where a new order is to be: an asset by its name, or a place shown on the map.

A screen that makes an order holds a `Place` in its draft; routes tell it one, as ``asset/ID`` or
``at/LONGITUDE,LATITUDE`` after the screen's own.
"""

from dataclasses import dataclass, replace
from typing import Any, Self

import flet as ft

from field_app.reads.assets import Found, found_asset
from field_app.reads.corners import Position
from field_app.reads.map_pins import address_at, meant_at
from field_app.ui.parts import buttons, text
from field_app.ui.parts.asset_picker import AssetPicker
from field_app.ui.sitting import Sitting


@dataclass(frozen=True)
class Place:
    """`address` is of the place that was shown; the asset may be changed."""

    asset: Found | None = None
    from_m: float | None = None
    address: str = ""

    def chosen(self, asset: Found | None) -> Self:
        return replace(self, asset=asset, from_m=None)


def told_of(place: Place) -> dict[str, Any]:
    """A place as a draft of it is written down."""
    asset_id = place.asset.id if place.asset else ""
    return {"asset": asset_id, "from_m": place.from_m, "address": place.address}


def taken_of(sitting: Sitting, told: dict[str, Any]) -> Place:
    return Place(sitting.read(found_asset, told["asset"]), told["from_m"], told["address"])


def place_told(sitting: Sitting, rest: str) -> Place | None:
    """The place that a route names; None where it names none."""
    kind, _, of_which = rest.partition("/")
    if kind == "asset":
        found = sitting.read(found_asset, of_which)
        return Place(found) if found else None
    position = position_in(of_which) if kind == "at" else None
    if position is None:
        return None
    meant = sitting.read(meant_at, position)
    address = sitting.read(address_at, position)
    return Place(meant.asset, meant.from_m, address) if meant else Place()


def position_in(text: str) -> Position | None:
    """``-73.561200,45.512300`` of a route; None where it is no place."""
    try:
        longitude, latitude = map(float, text.split(","))
    except ValueError:
        return None
    return longitude, latitude


def place_route(start: str, position: Position) -> str:
    return f"{start}/at/{position[0]:.6f},{position[1]:.6f}"


def place_parts(sitting: Sitting, place: Place, choose: Any) -> list[ft.Control]:
    """The asset, how the place is called, and the way to the map; `choose` takes a `Place`."""
    picker = AssetPicker(place.asset, lambda found: choose(place.chosen(found)), key="where")
    parts: list[ft.Control] = [picker]
    if place.address:
        parts.append(text.small(sitting.say("Place shown: {address}", address=place.address)))
    return [*parts, ft.Row([to_the_map(sitting)])]


def to_the_map(sitting: Sitting) -> ft.Control:
    return buttons.plain_button(
        sitting.say("Show the place on the map"),
        icon=ft.Icons.MAP,
        press=lambda: sitting.go("/map"),
        key="place-on-map",
    )
