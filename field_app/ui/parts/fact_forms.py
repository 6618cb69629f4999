"""Small forms that add a fact: time, a note. Filled in with one hand, saved with one press."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import flet as ft

from field_app.actions import facts
from field_app.ui import times
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.keyboard import Key, use_keys
from field_app.ui.parts import buttons, fields
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.words import noted

QUICK_MINUTES = (15, 30, 60, 120)
HOURS_MAX = 24.0
NUMBER_MAX = 1_000_000


def number_in(typed: str) -> float | None:
    """What was typed, with a comma or a point; None where it is not a number above zero."""
    try:
        value = float(typed.strip().replace(",", "."))
    except ValueError:
        return None
    return value if 0 < value < NUMBER_MAX else None


@ft.observable
@dataclass
class Entry:
    """One small form being filled in."""

    text: str = ""

    @property
    def number(self) -> float | None:
        return number_in(self.text)

    @property
    def hours(self) -> float:
        number = self.number or 0.0
        return number if number <= HOURS_MAX else 0.0

    @property
    def no_hours(self) -> bool:
        return bool(self.text) and not self.hours


def save_row(sitting: Sitting, press: Callable[[], Any], *, ready: bool, key: str) -> ft.Control:
    button = buttons.main_button(
        sitting.say("Save"), icon=ft.Icons.SAVE, press=press, disabled=not ready, key=key
    )
    return ft.Row([button], alignment=ft.MainAxisAlignment.END)


@component
def TimeForm(order_id: str, started_at: datetime | None, close: Callable[[], Any]) -> Any:
    """Time worked, ending now: since the start of the work, a common length, or typed hours."""
    sitting = use_sitting()
    draft = use_draft(sitting, Entry, name=f"time-{order_id}")

    def add(length: timedelta) -> None:
        now = sitting.workplace.clock()
        if _added(sitting, order_id, now - length, now):
            emptied(draft)
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
        draft.text,
        partial(setattr, draft, "text"),
        key="hours",
        numeric=True,
        suffix="h",
        error=sitting.say("A number of hours, at most 24") if draft.no_hours else None,
    )
    save = save_row(
        sitting, lambda: add(timedelta(hours=draft.hours)), ready=bool(draft.hours), key="save-time"
    )
    return ft.Column([ft.Row(quick, wrap=True, spacing=10, run_spacing=10), field, save])


def _added(sitting: Sitting, order_id: str, started_at: datetime, ended_at: datetime) -> bool:
    return sitting.act(facts.log_time, order_id, started_at=started_at, ended_at=ended_at)


@component
def NoteForm(order_id: str, close: Callable[[], Any]) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Entry, name=f"note-{order_id}")

    def save() -> None:
        if draft.text.strip() and sitting.act(facts.comment, order_id, draft.text):
            emptied(draft)
            close()

    use_keys([Key(("ctrl+enter",), noted("Save the comment"), lambda _: save())])
    field = fields.text_field(
        sitting.say("Note"),
        draft.text,
        partial(setattr, draft, "text"),
        key="note",
        lines=3,
        autofocus=True,
        sought="C",
    )
    ready = bool(draft.text.strip())
    return ft.Column(
        [field, save_row(sitting, save, ready=ready, key="save-note")],
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
