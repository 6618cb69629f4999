"""A strip of map beside words: where one thing is, with what lies near it."""

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft
import flet_map as fm

from field_app.reads.corners import Position
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.map import drawing
from field_app.ui.map.camera import Camera
from field_app.ui.map.drawn import use_drawn
from field_app.ui.map.ground import ground_colour, ground_layer
from field_app.ui.sitting import use_sitting
from field_app.ui.themes import LINE, WARN, edge_px

ZOOM, MARK_PX = 16.0, 28
WIDTH_PX, HEIGHT_PX = 900.0, 200


@component
def MapStrip(
    position: Position,
    others: Sequence[Position] = (),
    tapped: Callable[[Position], Any] | None = None,
) -> Any:
    """`position` in its middle, `others` as small marks; a press on it tells where, if asked for.

    It is drawn anew around another position: give it that as its key.
    """
    sitting = use_sitting()
    box = Camera(*position, ZOOM, WIDTH_PX, 2.0 * HEIGHT_PX).box
    layers = [ground_layer(sitting, use_drawn(), box, ZOOM), *_marks(position, others)]

    def told(event: fm.MapTapEvent) -> None:
        if tapped is not None:
            tapped((event.coordinates.longitude, event.coordinates.latitude))

    drawn = fm.Map(
        layers,
        expand=True,
        initial_center=drawing.place(position),
        initial_zoom=ZOOM,
        bgcolor=ground_colour(sitting),
        interaction_configuration=fm.InteractionConfiguration(
            flags=fm.InteractionFlag.DRAG | fm.InteractionFlag.PINCH_ZOOM,
            keyboard_configuration=fm.KeyboardConfiguration(autofocus=False),
        ),
        on_tap=told if tapped is not None else None,
        key="strip",
    )
    return ft.Container(
        # The words beside it tell the same: a screen reader passes over it.
        ft.Semantics(content=drawn, exclude_semantics=True, expand=True),
        height=HEIGHT_PX,
        border=ft.Border.all(edge_px(), LINE),
        border_radius=tokens.RADIUS_PX,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )


def _marks(position: Position, others: Sequence[Position]) -> list[fm.MapLayer]:
    near = [
        fm.Marker(
            ft.Icon(ft.Icons.CIRCLE, color=WARN, size=MARK_PX / 2),
            drawing.place(each),
            width=MARK_PX,
            height=MARK_PX,
        )
        for each in others
    ]
    mark = drawing.chosen_mark(ft.Icons.PLACE)
    return [fm.MarkerLayer(near), *drawing.chosen_layers(position, None, mark)]
