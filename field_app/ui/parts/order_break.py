"""On the page of an order about water: what the crew has told of its valves, and the way there."""

import flet as ft

from asset_model.network import told
from asset_model.work_orders import Step
from field_app.reads.breaks import WATER
from field_app.reads.order_page import OrderPage
from field_app.ui.parts import buttons, cards, text
from field_app.ui.sitting import Sitting
from field_app.ui.themes import GOOD, WARN


def order_break(sitting: Sitting, page: OrderPage) -> list[ft.Control]:
    """Nothing on an order that is not about the water network."""
    words = told.words_of(page.steps)
    on_water = page.asset is not None and page.asset.class_code in WATER
    if not (words or on_water):
        return []
    say, order_id = sitting.say, page.order.id
    lines: list[ft.Control] = []
    if shut := told.closed(words):
        lines.append(text.body(say("Closed now: {tags}", tags=", ".join(shut)), colour=WARN))
    if lost := told.failed(words):
        lines.append(text.body(say("Do not hold: {tags}", tags=", ".join(lost)), colour=WARN))
    if back := _opened(words):
        lines.append(text.body(say("Open again: {tags}", tags=", ".join(back)), colour=GOOD))
    button = buttons.plain_button(
        say("Valves to close, who is without water"),
        icon=ft.Icons.WATER_DROP,
        press=lambda: sitting.go(f"/break/{order_id}"),
        key="to-break",
    )
    lines.append(ft.Row([button]))
    return [cards.section(say("Water main break"), lines)]


def other_steps(page: OrderPage) -> list[Step]:
    """The steps that are answered on the order's own page."""
    return [step for step in page.steps if told.about(step) is None]


def _opened(words: told.Words) -> list[str]:
    return [tag for doing, tag in words if doing == told.OPEN and told.reopened(words, tag)]
