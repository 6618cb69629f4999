"""What was done and used on an order: time, material, notes. One line each, and a way to add."""

from functools import partial
from typing import Any

import flet as ft

from asset_model.vocabulary import WorkOrderStatus as Status
from field_app.reads.order_page import MaterialLine, OrderPage, TimeLine
from field_app.ui import times, tokens
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.fact_forms import MaterialForm, NoteForm, TimeForm
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION
from field_app.ui.words import noted

FORMS = (
    ("time", noted("Time"), ft.Icons.MORE_TIME),
    ("material", noted("Material"), ft.Icons.CONSTRUCTION),
    ("note", noted("Note"), ft.Icons.NOTE_ADD),
)


@component
def Facts(page: OrderPage) -> Any:
    sitting = use_sitting()
    opened, set_opened = ft.use_state("")
    add = [
        buttons.choice_button(
            sitting.say(word),
            chosen=opened == name,
            press=partial(set_opened, "" if opened == name else name),
            key=f"add-{name}",
        )
        for name, word, icon in FORMS
    ]
    lines = [_time(sitting, line) for line in page.time]
    lines += [_material(sitting, line) for line in page.material]
    if not lines:
        lines = [text.small(sitting.say("No time and no material yet."))]
    parts: list[Any] = [ft.Row(add, spacing=10, wrap=True, run_spacing=10)]
    if opened:
        parts.append(_form(opened, page, lambda: set_opened("")))
    parts += lines  # Below the buttons, so that a new line moves none of them.
    edge_px = tokens.LOOKS[sitting.look].edge_px
    return cards.section(sitting.say("Work done"), parts, edge_px=edge_px)


def _form(name: str, page: OrderPage, close: Any) -> Any:
    order = page.order
    if name == "time":
        started_at = order.started_at if order.status == Status.IN_PROGRESS else None
        return TimeForm(order.id, started_at, close, key="form-time")
    if name == "material":
        return MaterialForm(order.id, close, key="form-material")
    return NoteForm(order.id, close, key="form-note")


def _time(sitting: Sitting, line: TimeLine) -> ft.Control:
    at = times.day_and_clock(
        line.started_at,
        now=sitting.workplace.clock(),
        zone=sitting.workplace.zone,
        words=sitting.words,
    )
    sentence = sitting.say("{person}, from {at}", person=line.person, at=at)
    return _line(ft.Icons.SCHEDULE, times.hours(line.length), sentence)


def _material(sitting: Sitting, line: MaterialLine) -> ft.Control:
    label = sitting.words.either(line.part.label_fr, line.part.label_en)
    amount = f"{sitting.words.number(line.quantity)}\u00a0{line.part.unit}"
    return _line(ft.Icons.CONSTRUCTION, f"{amount} · {label}", line.person)


def _line(icon: ft.IconData, what: str, who: str) -> ft.Control:
    words = ft.Column([text.strong(what), text.small(who)], spacing=0, expand=True)
    return ft.Row([ft.Icon(icon, color=ACTION, size=24), words], spacing=12)
