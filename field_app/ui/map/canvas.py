"""The map itself: the base, what is drawn on it, and what a finger on it means."""

from dataclasses import replace
from functools import partial
from typing import Any

import flet as ft
import flet_map as fm

from asset_model.passes import STREET
from field_app.reads.corners import Position
from field_app.reads.map_assets import InView, asset_near, placed_classes, shapes_in
from field_app.reads.map_breaks import ChosenBreak
from field_app.reads.map_chosen import Chosen, ChosenOrder
from field_app.reads.map_orders import Spot, order_spots
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.map import drawing
from field_app.ui.map.break_drawing import break_layers
from field_app.ui.map.camera import FINGER_PX, ZOOM_MAX, ZOOM_MIN, Camera
from field_app.ui.map.drawn import Drawn, use_drawn
from field_app.ui.map.ground import ground_colour, ground_layer, tiles_of
from field_app.ui.map.passes import pass_layer
from field_app.ui.map.placing import place_route
from field_app.ui.map.state import MapState, View
from field_app.ui.map.tools import note
from field_app.ui.parts import status
from field_app.ui.sitting import Sitting, use_sitting

CELL_PX = 52
BESIDE = 0.15
"""As much more than is in view is drawn on each side, so that it is there when one moves."""
NO_TURNING = fm.InteractionFlag.ALL & ~fm.InteractionFlag.ROTATE
"""North stays up: crews read their streets as they lie on every plan."""


@component
def MapCanvas(state: MapState, view: View, chosen: Chosen | None) -> Any:
    sitting = use_sitting()
    rested, drawn = view.camera, use_drawn()
    opened_at, _ = ft.use_state(rested)
    dark = tokens.LOOKS[sitting.look].dark
    broken = isinstance(chosen, ChosenBreak)  # Alone: a valve must not be mistaken for another.
    shapes = InView() if broken else _shapes(sitting, state, drawn, rested)
    control = fm.Map(
        [
            ground_layer(sitting, drawn, rested.box.stretched(BESIDE), rested.zoom),
            *([] if broken else _passes(sitting, state, rested, dark=dark)),
            *([] if broken else _marks(sitting, state, drawn, rested, shapes, dark=dark)),
            *_me(sitting),
            *_chosen_layers(chosen),
        ],
        key="map",
        expand=True,
        initial_center=drawing.place(opened_at.position),
        initial_zoom=opened_at.zoom,
        min_zoom=ZOOM_MIN,
        max_zoom=ZOOM_MAX,
        bgcolor=ground_colour(sitting),
        interaction_configuration=fm.InteractionConfiguration(
            flags=NO_TURNING,
            keyboard_configuration=fm.KeyboardConfiguration(autofocus=False),
        ),
        on_tap=None if broken else partial(_tapped, sitting, state),
        on_position_change=lambda event: state.looks(sitting, _seen(state, event)),
        on_size_change=lambda event: state.sized(event.width, event.height),
    )
    state.hand.control = control
    # Left out of what a screen reader meets, where each click would land on the map's middle
    # (Flutter presses a node, not a place); the list beside it tells the same.
    unread = ft.Semantics(content=control, exclude_semantics=True, expand=True)
    return ft.Stack(
        [
            ft.Container(unread, left=0, right=0, top=0, bottom=0),
            _notes(sitting, state, shapes),
        ],
        expand=True,
    )


def _shapes(sitting: Sitting, state: MapState, drawn: Drawn, camera: Camera) -> InView:
    classes, box = state.filters.classes, camera.box
    if not classes:
        return InView()
    of = (classes, box, sitting.revision)
    return drawn.once("shapes", of, lambda: sitting.read(shapes_in, box, classes))


def _marks(
    sitting: Sitting, state: MapState, drawn: Drawn, camera: Camera, shapes: InView, *, dark: bool
) -> list[fm.MapLayer]:
    classes = drawn.once("icons", sitting.revision, lambda: sitting.read(placed_classes))
    icons = {each.code: each.icon for each in classes}
    wanted = state.filters.wanted(sitting, camera.box.stretched(BESIDE))
    now, cell = sitting.workplace.clock(), _cell(camera)
    of = (wanted, cell, now.replace(second=0, microsecond=0), sitting.revision)
    spots = drawn.once("spots", of, lambda: sitting.read(order_spots, wanted, cell=cell, now=now))
    state.hand.spots = spots
    layers = drawing.asset_layers(drawn, shapes.shapes, icons, dark=dark, zoom=camera.zoom)
    return [*layers, drawing.order_layer(drawn, spots)]


def _passes(sitting: Sitting, state: MapState, camera: Camera, *, dark: bool) -> list[fm.MapLayer]:
    box, kind = camera.box.stretched(BESIDE), state.filters.passes
    return pass_layer(sitting, kind, box, dark=dark, zoom=camera.zoom)


def _me(sitting: Sitting) -> list[fm.MapLayer]:
    here = sitting.here
    if here is None:
        return []
    fresh = sitting.position is not None
    return [drawing.me_layer(here.position, here.accuracy_m, fresh=fresh)]


def _notes(sitting: Sitting, state: MapState, shapes: InView) -> ft.Control:
    say = sitting.say
    told: list[ft.Control] = []
    if shapes.total > len(shapes.shapes):
        more = say(
            "{shown} of {total} assets drawn. Come closer to see all.",
            shown=len(shapes.shapes),
            total=shapes.total,
        )
        told.append(note(more, key="map-more", icon=ft.Icons.ZOOM_IN))
    if tiles_of(sitting) is None:
        told.append(note(say("No base map yet."), key="map-no-tiles"))
    beside_legend = 300 if state.panel == "layers" else None
    return ft.Container(
        ft.Column(told, spacing=8, tight=True), left=12, top=12, width=beside_legend
    )


def _chosen_layers(chosen: Chosen | None) -> list[fm.MapLayer]:
    if chosen is None:
        return []
    if isinstance(chosen, ChosenBreak):
        return break_layers(chosen)
    icon = ft.Icons.PLACE
    if isinstance(chosen, ChosenOrder):
        icon = status.sign_of(chosen.line.status).icon
    mark = drawing.chosen_mark(icon)
    return drawing.chosen_layers(chosen.position, chosen.geometry, mark)


def _cell(camera: Camera) -> float:
    """Stands still while one zooms less than a step, as the cells do when the map is moved."""
    return replace(camera, zoom=round(camera.zoom)).degrees_per_px * CELL_PX


def _seen(state: MapState, event: fm.MapPositionChangeEvent) -> Camera:
    before = state.hand.camera or state.camera
    assert before is not None  # The map is drawn from a camera.
    return before.at(_told(event.camera.center), zoom=event.camera.zoom)


def _told(coordinates: fm.MapLatitudeLongitude) -> Position:
    return coordinates.longitude, coordinates.latitude


def _tapped(sitting: Sitting, state: MapState, event: fm.MapTapEvent) -> None:
    """The order under the finger; else the asset that is drawn there; else the place."""
    position, camera = _told(event.coordinates), state.hand.camera or state.camera
    spot = _under(state.hand.spots, position, camera)
    if spot is not None and spot.count > 1 and camera.zoom < ZOOM_MAX - 1:
        state.goes_to(spot.position, zoom=min(ZOOM_MAX, round(camera.zoom) + 2))
        return
    if spot is not None:
        sitting.go(f"/map/order/{spot.order_id}")
        return
    reach_m = FINGER_PX * camera.metres_per_px
    drawn = (*state.filters.classes, *((STREET,) if state.filters.passes else ()))
    asset_id = sitting.read(asset_near, position, reach_m, classes=drawn)
    sitting.go(f"/map/asset/{asset_id}" if asset_id else place_route("/map", position))


def _under(spots: tuple[Spot, ...], position: Position, camera: Camera) -> Spot | None:
    def apart_px(spot: Spot) -> float:
        return camera.apart_px(position, spot.position)

    nearest = min(spots, key=apart_px, default=None)
    return nearest if nearest is not None and apart_px(nearest) <= FINGER_PX else None
