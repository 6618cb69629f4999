"""At the wheel: the next thing, and marks of one touch. Nothing can be typed here.

It comes by itself once the tablet moves faster than one walks, and goes with one touch when it
stands; a passenger may put it away.
"""

from typing import Any

import flet as ft

from field_app.actions.reporting import mark
from field_app.reads.orders import OrderLine, Wanted, orders
from field_app.ui import times, tokens
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.common_defects import MARKS, classes_of, grid
from field_app.ui.parts.order_row import due_words
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import GROUND

STREET_PX = 40
MARK_PX = 120


@component
def Driving() -> Any:
    sitting = use_sitting()
    marked: Any = ft.use_ref(None)

    def press(what: str) -> None:
        """A gloved finger presses twice; that is one mark."""
        now = sitting.workplace.clock()
        if marked.current and now - marked.current < times.DOUBLE_PRESS:
            return
        marked.current = now
        _mark(sitting, what)

    parts: list[ft.Control] = [
        _next(sitting),
        grid(sitting, MARKS, press, key="mark", height=MARK_PX),
        ft.Row([_leave(sitting)], alignment=ft.MainAxisAlignment.END),
    ]
    return ft.Container(
        ft.Column(
            parts, spacing=16, expand=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
        ),
        expand=True,
        bgcolor=GROUND,
        padding=16,
    )


def _next(sitting: Sitting) -> ft.Control:
    line = _next_line(sitting)
    if line is None:
        return cards.card([text.title(sitting.say("No work to do here."))])
    here = sitting.position
    parts: list[ft.Control] = [
        text.small(sitting.say("Next")),
        text.strong(line.street or line.title, size_px=STREET_PX, lines=2),
        text.strong(line.title, size_px=tokens.TITLE_PX, lines=2),
        due_words(sitting, line),
    ]
    if here and line.longitude is not None and line.latitude is not None:
        apart = times.between(here, (line.longitude, line.latitude), sitting.words)
        parts.append(text.strong(apart, size_px=tokens.TITLE_PX))
    return cards.card(parts)


def _next_line(sitting: Sitting) -> OrderLine | None:
    """What is under way, else what is most pressing of one's own or one's crew's."""
    person = sitting.signed
    whose = "crew" if person.crew_id else "mine"
    wanted = Wanted(person.id, person.crew_id, whose)
    lines = sitting.read(orders, wanted, now=sitting.workplace.clock(), limit=20).lines
    at_work = (line for line in lines if line.status == "in_progress")
    return next(at_work, lines[0] if lines else None)


def _mark(sitting: Sitting, what: str) -> None:
    order = sitting.make(
        mark,
        what,
        sitting.position,
        device_code=sitting.workplace.link.device_code,
        classes=classes_of(sitting, what),
    )
    if order is None:
        return
    at = times.clock(order.created_at, sitting.workplace.zone)
    if sitting.position is None:
        sitting.tell(sitting.say("Marked: {what}, {at}. No position.", what=what, at=at))
    else:
        sitting.tell(sitting.say("Marked: {what}, {at}.", what=what, at=at))


def _leave(sitting: Sitting) -> ft.Control:
    word = sitting.say("I am a passenger") if sitting.moving else sitting.say("Leave driving")
    return buttons.main_button(
        word, icon=ft.Icons.CLOSE, press=sitting.stop_driving, key="leave-driving"
    )
