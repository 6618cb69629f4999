"""Across the top, whatever the screen: an emergency in which it is this person's turn."""

from functools import partial
from typing import Any

import flet as ft

from asset_model.alerts import Alert, Answer
from field_app.actions import alerts
from field_app.reads.alerts import open_alerts, waits_for
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.parts import buttons, text
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD, BAD_FILL, SURFACE


@component
def AlertBanner() -> Any:
    """One at a time, the oldest first."""
    sitting = use_sitting()
    look_again(sitting)
    waiting = sitting.read(waits_for, sitting.signed.id, now=sitting.workplace.clock())
    if not waiting:
        return ft.Container(height=0)
    alert, _ = waiting[-1]
    return ft.Semantics(
        content=ft.Container(
            ft.Row(
                [_words(sitting, alert), _cannot(sitting, alert), _mine(sitting, alert)],
                spacing=12,
                wrap=not sitting.wide,
                run_spacing=8,
            ),
            bgcolor=BAD_FILL,
            border=ft.Border.only(left=ft.BorderSide(12, BAD), bottom=ft.BorderSide(2, BAD)),
            padding=ft.Padding.symmetric(horizontal=16, vertical=10),
        ),
        identifier="alert-banner",
        live_region=True,
        container=True,
    )


def look_again(sitting: Sitting) -> None:
    """Whose turn it is changes with the clock alone: all is drawn again when the next turn comes,
    with signal or without.
    """
    asked: Any = ft.use_ref(set)
    now = sitting.workplace.clock()
    turns = [stand for _, stand in sitting.read(open_alerts, now=now)]
    comes_at = min((turn.next_at for turn in turns if turn.next_at is not None), default=None)
    if comes_at is None or comes_at in asked.current:
        return
    asked.current.add(comes_at)
    sitting.later(
        max(1.0, (comes_at - now).total_seconds()),
        lambda: setattr(sitting, "revision", sitting.revision + 1),
    )


def _words(sitting: Sitting, alert: Alert) -> ft.Control:
    lines: list[ft.Control] = [
        ft.Row(
            [
                ft.Icon(ft.Icons.CAMPAIGN, color=BAD, size=32),
                text.strong(alert.title, size_px=tokens.LEAD_PX, lines=2, expand=True),
            ],
            spacing=12,
        ),
        text.body(alert.place or sitting.say("No place given"), lines=1),
    ]
    if alert.details:
        lines.append(text.small(alert.details, lines=2))
    said = ft.Column(lines, spacing=2, tight=True)
    return ft.Container(said, expand=True) if sitting.wide else said


def _mine(sitting: Sitting, alert: Alert) -> ft.Control:
    return buttons.main_button(
        sitting.say("I have it"),
        icon=ft.Icons.PAN_TOOL,
        press=partial(_say, sitting, alert, Answer.MINE),
        key="alert-mine",
    )


def _cannot(sitting: Sitting, alert: Alert) -> ft.Control:
    return buttons.tap(
        ft.Container(text.strong(sitting.say("I cannot")), alignment=ft.Alignment.CENTER),
        press=partial(_say, sitting, alert, Answer.CANNOT),
        key="alert-cannot",
        height=tokens.MAIN_PX,
        padding=ft.Padding.symmetric(horizontal=20),
        fill=SURFACE,
    )


def _say(sitting: Sitting, alert: Alert, said: Answer) -> None:
    if not sitting.act(alerts.answer, alert.id, said):
        return
    if said == Answer.MINE:
        sitting.tell(sitting.say("You have it. Told to the office as soon as there is signal."))
        return
    sitting.tell(sitting.say("The next one on the list is called."))
