"""At the wheel: the next thing, and marks of one touch. Nothing can be typed here.

It comes by itself once the tablet moves faster than one walks, and goes with one touch when it
stands; a passenger may put it away.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.vocabulary import WorkOrderStatus as Status
from field_app.actions import work_orders
from field_app.actions.reporting import mark
from field_app.reads.orders import OrderLine, Wanted, orders
from field_app.ui import times, tokens
from field_app.ui.guard import component
from field_app.ui.keeping import use_passing
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.common_defects import MARKS, classes_of, grid
from field_app.ui.parts.driving_pass import DrivingPass, makes_passes
from field_app.ui.parts.order_row import due_words
from field_app.ui.parts.pass_load import use_load
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import GROUND, INK, LINE, SURFACE

STREET_PX = 40
MARK_PX = 120
BACK_PX = 88
BACK_S = 30
"""For how long a mark can be taken back with one touch: longer than elsewhere, for eyes that are
on the road.
"""


@ft.observable
@dataclass
class Marked:
    """The last mark, while it can be taken back."""

    order_id: str = ""
    told: str = ""


@component
def Driving() -> Any:
    sitting = use_sitting()
    pressed: Any = ft.use_ref(None)
    marked = use_passing(Marked)

    def press(what: str) -> None:
        """A gloved finger presses twice; that is one mark."""
        now = sitting.workplace.clock()
        if pressed.current and now - pressed.current < times.DOUBLE_PRESS:
            return
        pressed.current = now
        _mark(sitting, what, marked)

    line, load = _next_line(sitting), use_load(sitting)
    ahead: list[ft.Control] = [_next(sitting, line)]
    if makes_passes(sitting, line, load):
        ahead.append(DrivingPass(line, key="driving-pass"))
    parts: list[ft.Control] = [
        *_beside(sitting, ahead),
        grid(sitting, MARKS, press, key="mark", height=MARK_PX),
        _foot(sitting, marked),
    ]
    return ft.Container(
        ft.Column(
            parts, spacing=16, expand=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
        ),
        expand=True,
        bgcolor=GROUND,
        padding=16,
    )


def _beside(sitting: Sitting, ahead: list[ft.Control]) -> list[ft.Control]:
    """Side by side where it is wide: what is below must not be pushed off the screen."""
    if not sitting.wide or len(ahead) == 1:
        return ahead
    halves: list[ft.Control] = [ft.Container(each, expand=True) for each in ahead]
    return [ft.Row(halves, spacing=16, vertical_alignment=ft.CrossAxisAlignment.START)]


def _next(sitting: Sitting, line: OrderLine | None) -> ft.Control:
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


def _mark(sitting: Sitting, what: str, marked: Marked) -> None:
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
    marked.order_id, marked.told = order.id, f"{what}, {at}"
    sitting.later(BACK_S, lambda: _forget(marked, order.id))
    if sitting.position is None:
        sitting.tell(sitting.say("Marked: {what}, {at}. No position.", what=what, at=at))
    else:
        sitting.tell(sitting.say("Marked: {what}, {at}.", what=what, at=at))


def _forget(marked: Marked, order_id: str) -> None:
    if marked.order_id == order_id:
        marked.order_id = ""


def _foot(sitting: Sitting, marked: Marked) -> ft.Control:
    """The way back stands beside the way out: nothing moves when it comes or goes."""
    way_back: list[ft.Control] = [ft.Container(expand=True, height=BACK_PX)]
    if marked.order_id:
        inside = ft.Row(
            [
                ft.Icon(ft.Icons.UNDO, color=INK, size=36),
                text.strong(
                    sitting.say("Take back: {mark}", mark=marked.told),
                    size_px=tokens.LEAD_PX,
                    lines=2,
                    expand=True,
                ),
            ],
            spacing=16,
        )
        press = partial(_take_back, sitting, marked)
        way_back = [
            buttons.tap(
                inside,
                press=press,
                key="mark-back",
                height=BACK_PX,
                padding=ft.Padding.symmetric(horizontal=20),
                fill=SURFACE,
                edge=LINE,
                expand=True,
            )
        ]
    return ft.Row([*way_back, _leave(sitting)], spacing=16)


def _take_back(sitting: Sitting, marked: Marked) -> None:
    """Undone rather than asked for: the report is cancelled, in the name of who made it."""
    order_id, marked.order_id = marked.order_id, ""
    if order_id and sitting.act(
        work_orders.move, order_id, Status.CANCELLED, reason=sitting.say("Marked by mistake")
    ):
        sitting.tell(sitting.say("Taken back: {mark}.", mark=marked.told))


def _leave(sitting: Sitting) -> ft.Control:
    word = sitting.say("I am a passenger") if sitting.moving else sitting.say("Leave driving")
    return buttons.main_button(
        word, icon=ft.Icons.CLOSE, press=sitting.stop_driving, key="leave-driving"
    )
