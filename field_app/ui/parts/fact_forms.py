"""The three small forms that add a fact: filled in with one hand, saved with one press."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import flet as ft

from asset_model.catalogue import Part
from field_app.actions import facts
from field_app.reads.parts import find_parts
from field_app.ui import times
from field_app.ui.guard import component
from field_app.ui.parts import buttons, fields, text
from field_app.ui.sitting import Sitting, use_optional, use_sitting

QUICK_MINUTES = (15, 30, 60, 120)
HOURS_MAX = 24.0


def number_of(draft: str) -> float | None:
    """What a person typed as a number, with a comma or a point; None if it is none, or not more
    than zero.
    """
    try:
        value = float(draft.strip().replace(",", "."))
    except ValueError:
        return None
    return value if 0 < value < 1e9 else None


def _save(sitting: Sitting, press: Callable[[], Any], *, ready: bool, key: str) -> ft.Control:
    button = buttons.main_button(
        sitting.say("Save"), icon=ft.Icons.SAVE, press=press, disabled=not ready, key=key
    )
    return ft.Row([button], alignment=ft.MainAxisAlignment.END)


@component
def TimeForm(order_id: str, started_at: datetime | None, close: Callable[[], Any]) -> Any:
    """Time worked, ending now: since the start of the work, a common length, or typed hours."""
    sitting = use_sitting()
    draft, set_draft = ft.use_state("")
    hours = number_of(draft)
    ready = hours is not None and hours <= HOURS_MAX

    def add(length: timedelta) -> None:
        now = sitting.workplace.clock()
        if _added(sitting, order_id, now - length, now):
            close()

    quick = [
        buttons.plain_button(
            times.hours(timedelta(minutes=minutes)),
            press=partial(add, timedelta(minutes=minutes)),
            key=f"time-{minutes}",
        )
        for minutes in QUICK_MINUTES
    ]
    if started_at is not None:
        length = max(sitting.workplace.clock() - started_at, timedelta(minutes=1))
        since = sitting.say("Since the start: {length}", length=times.hours(length))
        quick.insert(0, buttons.plain_button(since, press=lambda: add(length), key="time-since"))
    field = fields.text_field(
        sitting.say("Hours"),
        draft,
        set_draft,
        key="hours",
        numeric=True,
        suffix="h",
        error=None if ready or not draft else sitting.say("A number of hours, at most 24"),
    )
    save = _save(sitting, lambda: add(timedelta(hours=hours or 0)), ready=ready, key="save-time")
    return ft.Column([ft.Row(quick, wrap=True, spacing=10, run_spacing=10), field, save])


def _added(sitting: Sitting, order_id: str, started_at: datetime, ended_at: datetime) -> bool:
    return sitting.act(facts.log_time, order_id, started_at=started_at, ended_at=ended_at)


@component
def MaterialForm(order_id: str, close: Callable[[], Any]) -> Any:
    sitting = use_sitting()
    search, set_search = ft.use_state("")
    part, set_part = use_optional(Part)
    draft, set_draft = ft.use_state("")
    quantity = number_of(draft)

    def save() -> None:
        if part is None or quantity is None:
            return
        if sitting.act(facts.use_material, order_id, part_id=part.id, quantity=quantity):
            close()

    if part is None:
        found = sitting.read(find_parts, search)
        field = fields.text_field(
            sitting.say("Which part"), search, set_search, key="part", icon=ft.Icons.SEARCH
        )
        return ft.Column([field, *(_part_row(sitting, one, set_part) for one in found)])
    return ft.Column(
        [
            _part_row(sitting, part, lambda _part: set_part(None), chosen=True),
            fields.text_field(
                sitting.say("Quantity"),
                draft,
                set_draft,
                key="quantity",
                numeric=True,
                suffix=part.unit,
                error=None if quantity or not draft else sitting.say("A number above zero"),
                submit=lambda _text: save(),
            ),
            _save(sitting, save, ready=quantity is not None, key="save-material"),
        ]
    )


def _part_row(
    sitting: Sitting, part: Part, choose: Callable[[Part], Any], *, chosen: bool = False
) -> ft.Control:
    label = sitting.words.either(part.label_fr, part.label_en)
    content = ft.Row(
        [text.body(label, expand=True), text.small(f"{part.code} · {part.unit}")], spacing=12
    )
    return buttons.tap(
        content,
        press=lambda: choose(part),
        key=f"part-{part.code}",
        chosen=chosen,
        padding=ft.Padding.symmetric(horizontal=12, vertical=14),
    )


@component
def NoteForm(order_id: str, close: Callable[[], Any]) -> Any:
    sitting = use_sitting()
    draft, set_draft = ft.use_state("")

    def save() -> None:
        if sitting.act(facts.comment, order_id, draft.strip()):
            close()

    field = fields.text_field(sitting.say("Note"), draft, set_draft, key="note", lines=3)
    return ft.Column([field, _save(sitting, save, ready=bool(draft.strip()), key="save-note")])
