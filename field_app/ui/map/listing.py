"""The list beside the map, which tells the same to those who cannot see it."""

from dataclasses import replace
from functools import partial
from typing import Any

import flet as ft

from field_app.reads.orders import OrderLine, OrderList, orders
from field_app.reads.waiting import marks
from field_app.ui.guard import component
from field_app.ui.keyboard import use_keys
from field_app.ui.map.state import MapState, View
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.list_keys import list_keys
from field_app.ui.parts.order_row import order_row
from field_app.ui.sitting import Sitting, use_sitting


@component
def MapList(state: MapState, view: View | None, chosen_id: str) -> Any:
    """Without a view, of all that is asked for, wherever it is."""
    sitting = use_sitting()
    filters = state.filters
    box = view.camera.box if view else None
    found = sitting.read(orders, filters.wanted(sitting, box), now=sitting.workplace.clock())
    waiting = sitting.read(marks, [line.id for line in found.lines])
    rows: list[ft.Control] = [
        order_row(
            sitting,
            line,
            mark=waiting.get(line.id),
            chosen=line.id == chosen_id,
            press=partial(_choose, sitting, state, line),
            near=sitting.position,
        )
        for line in found.lines
    ]
    lines = {line.id: line for line in found.lines}
    use_keys(
        list_keys(sitting, list(lines), chosen_id, lambda id: _choose(sitting, state, lines[id]))
    )
    return ft.Column(
        [
            _head(sitting, state, found),
            ft.ListView(
                rows or [_empty(sitting, in_view=filters.in_view)],
                expand=True,
                spacing=10,
                padding=ft.Padding.all(12),
            ),
        ],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _choose(sitting: Sitting, state: MapState, line: OrderLine) -> None:
    sitting.go(f"/map/order/{line.id}")
    if line.longitude is not None and line.latitude is not None:
        state.shows((line.longitude, line.latitude))


def _head(sitting: Sitting, state: MapState, found: OrderList) -> ft.Control:
    say, filters = sitting.say, state.filters
    counted = sitting.words.several("{count} order", "{count} orders", found.total)
    if found.total > len(found.lines):
        counted = say("{shown} of {total} orders", shown=len(found.lines), total=found.total)
    turned = replace(filters, in_view=not filters.in_view)
    within = buttons.choice_button(
        say("In view only"),
        chosen=filters.in_view,
        press=partial(state.asks, sitting, turned),
        key="in-view",
        compact=True,
    )
    row = ft.Row(
        [ft.Container(text.strong(counted), expand=True), within],
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return ft.Container(row, padding=ft.Padding.only(left=16, right=12, top=12))


def _empty(sitting: Sitting, *, in_view: bool) -> ft.Control:
    say = sitting.say
    sentence = say("No order here. Move the map, or ask for more under the layers.")
    if not in_view:
        sentence = say("No order to show. Ask for more under the layers.")
    return cards.empty(sentence, icon=ft.Icons.MAP)
