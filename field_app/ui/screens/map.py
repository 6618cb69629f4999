"""The map: orders and assets where they are, the list beside it, and a card of what is chosen."""

from typing import Any

import flet as ft

from field_app.reads.map_assets import bounds_of_town
from field_app.reads.map_breaks import ChosenBreak, chosen_break
from field_app.reads.map_chosen import Chosen, chosen_asset, chosen_order, chosen_place
from field_app.reads.map_orders import bounds_of_orders
from field_app.ui.guard import component
from field_app.ui.keeping import use_view
from field_app.ui.map.camera import ZOOM_CLOSE, Camera
from field_app.ui.map.canvas import MapCanvas
from field_app.ui.map.card import chosen_card
from field_app.ui.map.filters import Filters, kept_filters
from field_app.ui.map.legend import Legend
from field_app.ui.map.listing import MapList
from field_app.ui.map.placing import position_in
from field_app.ui.map.state import MapState, View
from field_app.ui.map.tools import map_tools
from field_app.ui.parts import panes
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import GROUND, LINE

NOWHERE = Camera(-73.5, 45.5, 10.0)
"""Somewhere in Québec, until the first copy has come."""
EDGE_PX, TOOLS_PX, LEGEND_PX, CARD_PX, SHEET_PX = 12, 80, 340, 560, 440


@component
def MapScreen(rest: str) -> Any:
    """`rest`: what is chosen, as ``order/ID``, ``asset/ID``, ``break/ID`` of its order, or
    ``at/LONGITUDE,LATITUDE``.
    """
    sitting = use_sitting()
    state = use_view(sitting, lambda: _begun(sitting), name="map")
    kind, _, of_which = rest.partition("/")
    chosen = _chosen(sitting, kind, of_which)
    _opened: Any = ft.use_ref(lambda: _open(state, chosen))  # Each time one comes here.
    listed = MapList(
        state,
        state.view if state.filters.in_view else None,
        of_which if kind == "order" else "",
        key="map-list",
    )
    ground = _ground(sitting, state, chosen)
    if sitting.wide:
        return panes.side_by_side(listed, ground)
    return _with_a_sheet(state, ground, listed)


def _chosen(sitting: Sitting, kind: str, of_which: str) -> Chosen | None:
    if kind == "order":
        return sitting.read(chosen_order, of_which)
    if kind == "break":
        return sitting.read(chosen_break, of_which, sitting.workplace.grounds)
    if kind == "asset":
        return sitting.read(chosen_asset, of_which)
    position = position_in(of_which) if kind == "at" else None
    return sitting.read(chosen_place, position) if position else None


def _begun(sitting: Sitting) -> MapState:
    """With its first look: set later, it would have all be drawn twice."""
    filters = kept_filters(sitting)
    return MapState(filters, View(_first_look(sitting, filters)))


def _open(state: MapState, chosen: Chosen | None) -> bool:
    """Where it was left; but at what was asked for, if that is out of view."""
    if isinstance(chosen, ChosenBreak):
        state.rests(state.camera.around(chosen.box))
    elif chosen is not None and not state.camera.sees(chosen.position):
        state.rests(state.camera.at(chosen.position, zoom=ZOOM_CLOSE))
    return True


def _first_look(sitting: Sitting, filters: Filters) -> Camera:
    """At the orders that are asked for, else at the whole town."""
    asked = filters.wanted(sitting, None)
    box = sitting.read(bounds_of_orders, asked) or sitting.read(bounds_of_town)
    return NOWHERE.around(box) if box else NOWHERE


def _ground(sitting: Sitting, state: MapState, chosen: Chosen | None) -> ft.Control:
    """The map and what lies on it."""
    canvas = MapCanvas(state, state.view, chosen, key="canvas")
    tools = map_tools(sitting, state)
    over: list[ft.Control] = [
        ft.Container(canvas, left=0, right=0, top=0, bottom=0),
        ft.Container(tools, right=EDGE_PX, top=EDGE_PX),
    ]
    if chosen is not None:
        over.append(_card(sitting, state, chosen))
    if state.panel == "layers":
        legend = Legend(state, state.view, key="legend")
        over.append(
            ft.Container(legend, right=TOOLS_PX, top=EDGE_PX, bottom=EDGE_PX, width=LEGEND_PX)
        )
    return ft.Stack(over, expand=True)


def _card(sitting: Sitting, state: MapState, chosen: Chosen) -> ft.Control:
    card = chosen_card(sitting, state, chosen)
    if sitting.wide:
        return ft.Container(card, left=EDGE_PX, bottom=EDGE_PX, width=CARD_PX)
    return ft.Container(card, left=EDGE_PX, right=EDGE_PX, bottom=EDGE_PX)


def _with_a_sheet(state: MapState, ground: ft.Control, listed: ft.Control) -> ft.Control:
    """In the hand the map comes first, and the list is drawn up from below."""
    parts: list[ft.Control] = [ft.Container(ground, expand=True)]
    if state.panel == "list":
        parts.append(
            ft.Container(
                listed,
                height=SHEET_PX,
                bgcolor=GROUND,
                border=ft.Border.only(top=ft.BorderSide(1, LINE)),
            )
        )
    return ft.Column(
        parts, expand=True, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )
