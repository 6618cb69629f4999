"""The bar that says that somebody's time is running, on every page, and the touch that stops it."""

from datetime import timedelta
from functools import partial
from typing import Any

import flet as ft

from field_app.actions import timing
from field_app.reads.orders import street_of
from field_app.ui import times
from field_app.ui.guard import component
from field_app.ui.parts import buttons, text
from field_app.ui.parts.called_off import use_word_of_cancelling
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION_FILL

MINUTE_S = 30.0
"""So often it is told anew how long it has been."""


@component
def RunningTime() -> Any:
    sitting = use_sitting()
    ticks, set_ticks = ft.use_state(0)
    found = sitting.read(timing.running, sitting.signed.id)
    since = found.since if found else None
    use_word_of_cancelling(sitting, found.order_id if found else "")

    def tick() -> None:
        if since is not None:
            sitting.later(MINUTE_S, lambda: set_ticks(ticks + 1))

    ft.use_effect(tick, [since, ticks])
    if found is None:
        return ft.Container(height=0)
    length = sitting.workplace.clock() - found.since
    sentence = sitting.say(
        "My time on {street}: {length}",
        street=sitting.read(street_of, found.order_id) or "",
        length=times.hours(length),
    )
    row: list[ft.Control] = [
        ft.Icon(ft.Icons.TIMER, size=26),
        ft.Container(text.strong(sentence, lines=2), expand=True),
        *_stops(sitting, length),
    ]
    bar = ft.Container(
        ft.Row(row, spacing=12),
        bgcolor=ACTION_FILL,
        padding=ft.Padding.symmetric(horizontal=16, vertical=6),
    )
    return ft.Semantics(content=bar, identifier="running", container=True)


def _stops(sitting: Sitting, length: timedelta) -> list[ft.Control]:
    """After more than a day nobody knows when the work ended: only forgetting is left."""
    if length > timing.LONGEST:
        return [
            buttons.plain_button(
                sitting.say("Forget it"), press=partial(sitting.act, timing.forget), key="to-forget"
            )
        ]
    return [
        buttons.plain_button(
            sitting.say("Stop"), icon=ft.Icons.STOP, press=partial(stop, sitting), key="to-stop"
        )
    ]


def stop(sitting: Sitting) -> None:
    noted: list[timedelta | None] = []

    def stopped(*inner: Any, **named: Any) -> bool:
        noted.append(timing.stop(*inner, **named))
        return True

    if sitting.make(stopped) is None:
        return
    length = noted[0]
    if length is None:
        sitting.tell(sitting.say("Less than a minute: nothing was noted."))
    else:
        sitting.tell(sitting.say("{length} noted on the order.", length=times.hours(length)))
