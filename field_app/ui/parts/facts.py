"""What was done and used on an order: time, material, notes. One line each, and a way to add."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.vocabulary import WorkOrderStatus as Status
from field_app.actions import timing
from field_app.reads.order_page import EquipmentLine, MaterialLine, OrderPage, TimeLine
from field_app.ui import times
from field_app.ui.guard import component
from field_app.ui.keeping import use_draft
from field_app.ui.keyboard import Key, use_keys
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.equipment_form import EquipmentForm
from field_app.ui.parts.fact_forms import NoteForm, TimeForm
from field_app.ui.parts.material_form import MaterialForm
from field_app.ui.parts.running import stop
from field_app.ui.parts.step_signature import OrderSignature
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION
from field_app.ui.words import noted

AT_WORK = (Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD)

FORMS = (
    ("time", noted("Time"), ft.Icons.MORE_TIME),
    ("material", noted("Material"), ft.Icons.CONSTRUCTION),
    ("equipment", noted("Equipment"), ft.Icons.LOCAL_SHIPPING),
    ("signature", noted("Signature"), ft.Icons.DRAW),
    ("note", noted("Note"), ft.Icons.NOTE_ADD),
)


@ft.observable
@dataclass
class Shown:
    """Which form is open; it stays so when the tablet is turned."""

    form: str = ""


@component
def Facts(page: OrderPage) -> Any:
    sitting = use_sitting()
    shown = use_draft(sitting, Shown, name=f"facts-{page.order.id}")
    opened, set_opened = shown.form, partial(setattr, shown, "form")
    comment = Key(("C",), noted("Write a comment"), lambda _: set_opened("note"))
    use_keys([comment])
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
    lines += [_equipment(sitting, line) for line in page.equipment]
    if not lines:
        lines = [text.small(sitting.say("No time and no material yet."))]
    parts: list[Any] = [*_timing(sitting, page), ft.Row(add, spacing=10, wrap=True, run_spacing=10)]
    if opened:
        parts.append(_form(opened, page, lambda: set_opened("")))
    parts += lines  # Below the buttons, so that a new line moves none of them.
    return cards.section(sitting.say("Work done"), parts)


def _timing(sitting: Sitting, page: OrderPage) -> list[ft.Control]:
    """One touch starts my time here, one stops it, whatever is looked at in between."""
    order = page.order
    if order.status not in AT_WORK or sitting.signed.in_office:
        return []
    found = sitting.read(timing.running, sitting.signed.id)
    here = found is not None and found.order_id == order.id
    button = buttons.plain_button(
        sitting.say("Stop my time") if here else sitting.say("Start my time"),
        icon=ft.Icons.STOP if here else ft.Icons.TIMER,
        press=partial(stop, sitting) if here else partial(sitting.act, timing.start, order.id),
        key="timer",
    )
    return [ft.Row([button])]


def _form(name: str, page: OrderPage, close: Any) -> Any:
    order = page.order
    if name == "time":
        started_at = order.started_at if order.status == Status.IN_PROGRESS else None
        return TimeForm(order.id, started_at, close, key="form-time")
    if name == "material":
        return MaterialForm(order.id, close, key="form-material")
    if name == "equipment":
        return EquipmentForm(order.id, close, key="form-equipment")
    if name == "signature":
        return OrderSignature(order.id, close, key="form-signature")
    return NoteForm(order.id, close, key="form-note")


def _time(sitting: Sitting, line: TimeLine) -> ft.Control:
    at = sitting.when(line.started_at)
    sentence = sitting.say("{person}, from {at}", person=line.person, at=at)
    return _line(ft.Icons.SCHEDULE, times.hours(line.length), sentence)


def _material(sitting: Sitting, line: MaterialLine) -> ft.Control:
    label = sitting.words.either(line.part.label_fr, line.part.label_en)
    amount = f"{sitting.words.number(line.quantity)}\u00a0{line.part.unit}"
    return _line(ft.Icons.CONSTRUCTION, f"{amount} · {label}", line.person)


def _equipment(sitting: Sitting, line: EquipmentLine) -> ft.Control:
    told = [f"{sitting.words.number(line.hours)}\u00a0h"] if line.hours else []
    told += [f"{sitting.words.number(line.km)}\u00a0km"] if line.km else []
    return _line(ft.Icons.LOCAL_SHIPPING, " · ".join([*told, line.unit]), line.person)


def _line(icon: ft.IconData, what: str, who: str) -> ft.Control:
    words = ft.Column([text.strong(what), text.small(who)], spacing=0, expand=True)
    return ft.Row([ft.Icon(icon, color=ACTION, size=24), words], spacing=12)
