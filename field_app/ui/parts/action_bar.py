"""The one main action of an order, at the lower right thumb; beside it, what is quieter."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

import flet as ft

from asset_model.incidents import Incident
from asset_model.transitions import next_statuses
from asset_model.vocabulary import WorkOrderStatus as Status
from asset_model.work_orders import WorkOrder
from field_app.actions import closing, starting, work_orders
from field_app.actions.handing import may_hand_over
from field_app.reads.order_page import OrderPage
from field_app.ui import times, tokens
from field_app.ui.guard import component
from field_app.ui.keeping import FLEETING, emptied, use_draft
from field_app.ui.keyboard import Key, use_keys
from field_app.ui.parts import buttons, fields, text
from field_app.ui.parts.closing_question import asked_of, closing_question
from field_app.ui.parts.hand_over import HandOver
from field_app.ui.parts.order_turn import turn_of
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import LINE, SURFACE
from field_app.ui.words import noted


@dataclass(frozen=True)
class Move:
    """Taking an order to a status: what the button says, and what is said when it is done."""

    wanted: Status
    word: str
    done: str
    icon: ft.IconData
    back: Status | None = None
    """Where an undo takes it."""
    asks: bool = False
    """What citizens are told is asked before it is done."""


ACCEPT = Move(
    Status.ACCEPTED,
    noted("Accept"),
    noted("Accepted."),
    ft.Icons.THUMB_UP,
    back=Status.DISPATCHED,
)
START = Move(
    Status.IN_PROGRESS,
    noted("Start"),
    noted("Started."),
    ft.Icons.PLAY_ARROW,
    back=Status.ACCEPTED,
)
EARLY = Move(
    Status.IN_PROGRESS,
    noted("Start anyway"),
    noted("Started before its turn: the foreman is told."),
    ft.Icons.PLAY_ARROW,
    back=Status.ACCEPTED,
)
RESUME = Move(Status.IN_PROGRESS, noted("Resume"), noted("Resumed."), ft.Icons.PLAY_ARROW)
FINISH = Move(
    Status.DONE,
    noted("Finish"),
    noted("Finished. Saved on this tablet."),
    ft.Icons.CHECK,
    back=Status.IN_PROGRESS,
)
ASK = replace(FINISH, asks=True)
CLOSE = Move(Status.CLOSED, noted("Close the order"), noted("Closed."), ft.Icons.LOCK)

MAIN: dict[str, Move] = {
    Status.DISPATCHED: ACCEPT,
    Status.ACCEPTED: START,
    Status.IN_PROGRESS: FINISH,
    Status.ON_HOLD: RESUME,
    Status.DONE: CLOSE,
}
HOLD = Move(Status.ON_HOLD, noted("Put on hold"), noted("On hold."), ft.Icons.PAUSE)
CANCEL = Move(Status.CANCELLED, noted("Cancel the order"), noted("Cancelled."), ft.Icons.CANCEL)

HANDED = (Status.DISPATCHED, Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD)
"""A desk that has given nobody an order yet gives it with its own button."""

HOLD_REASONS = (
    noted("Waiting for material"),
    noted("Waiting for locates"),
    noted("Weather"),
    noted("Another emergency"),
)


@ft.observable
@dataclass
class Asking:
    """What waits for its reason, and when the last move was made."""

    wanted: str = ""
    """The status that a reason is being given for."""
    reason: str = ""
    handing: bool = False
    """It is being handed over to somebody."""
    closing: bool = False
    """It is done, and what citizens are told of it is being asked."""
    moved_at: datetime | None = field(default=None, metadata=FLEETING)


@component
def ActionBar(page: OrderPage) -> Any:
    sitting = use_sitting()
    order = page.order
    asking = use_draft(sitting, Asking, name=f"moving-{order.id}")
    allowed = next_statuses(order.status, role=sitting.signed.role)
    main = MAIN.get(order.status)
    if main is not None and main.wanted not in allowed:
        main = None
    waited_for = asked_of(sitting, page) if main is FINISH else None
    main = ASK if waited_for is not None else main
    quiet = _quiet(sitting, allowed)
    use_keys(_main_key(sitting, order, main, asking) if main else [])
    hands = _may_hand(sitting, order)
    if main is None and not quiet and not hands:
        return ft.Container(height=0)
    close = partial(setattr, asking, "handing", False)
    inside: Any
    asked = next((move for move in quiet if move.wanted == asking.wanted), None)
    if asking.handing and hands:
        inside = HandOver(order.id, order.crew_id, close, key=f"hand-{order.id}")
    elif asked is not None:
        inside = _reason_form(sitting, order, asked, asking)
    elif asking.closing and waited_for is not None:
        inside = _closing(sitting, order, waited_for, asking)
    else:
        beside = [_hand_button(sitting, asking)] if hands else []
        turn = turn_of(sitting, page, main.wanted if main else None)
        main = EARLY if turn.early else main
        inside = turn.over(_buttons(sitting, order, main, quiet, asking, beside, turn.stopped))
    return ft.Container(
        inside,
        bgcolor=SURFACE,
        border=ft.Border.only(top=ft.BorderSide(1, LINE)),
        padding=ft.Padding.symmetric(horizontal=16, vertical=10),
    )


def _main_key(sitting: Sitting, order: WorkOrder, main: Move, asking: Asking) -> list[Key]:
    return [Key(("ctrl+enter",), main.word, lambda _: _go(sitting, order, main, asking))]


def _quiet(sitting: Sitting, allowed: list[Status]) -> list[Move]:
    moves = [CANCEL] if sitting.signed.in_office else [HOLD]
    return [move for move in moves if move.wanted in allowed]


def _may_hand(sitting: Sitting, order: WorkOrder) -> bool:
    me = sitting.signed
    return order.status in HANDED and may_hand_over(
        order, person_id=me.id, crew_id=me.crew_id, role=me.role
    )


def _hand_button(sitting: Sitting, asking: Asking) -> ft.Control:
    return buttons.plain_button(
        sitting.say("Hand over…"),
        icon=ft.Icons.MOVE_UP,
        press=partial(setattr, asking, "handing", True),
        key="to-hand-over",
    )


def _buttons(
    sitting: Sitting,
    order: WorkOrder,
    main: Move | None,
    quiet: list[Move],
    asking: Asking,
    beside: list[ft.Control],
    stopped: bool,
) -> ft.Control:
    row = beside + [
        buttons.plain_button(
            sitting.say(move.word),
            icon=move.icon,
            press=partial(setattr, asking, "wanted", move.wanted),
            key=f"to-{move.wanted}",
        )
        for move in quiet
    ]
    if main is not None:
        row.append(
            buttons.main_button(
                sitting.say(main.word),
                icon=main.icon,
                press=lambda: _go(sitting, order, main, asking),
                disabled=stopped,
            )
        )
    return ft.Row(
        row, alignment=ft.MainAxisAlignment.END, spacing=12, run_spacing=10, wrap=not sitting.wide
    )


def _go(sitting: Sitting, order: WorkOrder, move: Move, asking: Asking) -> None:
    """Does it, says so, and for ten seconds offers the way back instead of asking first."""
    if _twice(sitting, asking):
        return
    if move.asks:
        asking.closing, asking.moved_at = True, sitting.workplace.clock()
    elif sitting.act(starting.move_on, order.id, move.wanted):
        _told(sitting, order, move, asking)


def _closing(
    sitting: Sitting, order: WorkOrder, waited_for: Incident, asking: Asking
) -> ft.Control:
    """The question in the place of the buttons; each answer finishes the order."""

    def finish(words_fr: str, words_en: str) -> None:
        if _twice(sitting, asking):
            return
        if sitting.act(closing.finish, order.id, words_fr, words_en):
            asking.closing = False
            _told(sitting, order, FINISH, asking)

    back = partial(setattr, asking, "closing", False)
    return closing_question(sitting, order, waited_for, finish, back)


def _twice(sitting: Sitting, asking: Asking) -> bool:
    now = sitting.workplace.clock()
    return asking.moved_at is not None and now - asking.moved_at < times.DOUBLE_PRESS


def _told(sitting: Sitting, order: WorkOrder, move: Move, asking: Asking) -> None:
    asking.moved_at = sitting.workplace.clock()
    back = move.back

    def undo() -> None:
        sitting.act(starting.take_back, order.id, back, reason=sitting.say("Undone at once"))

    sitting.tell(sitting.say(move.done), undo=undo if back else None)


def _reason_form(sitting: Sitting, order: WorkOrder, move: Move, asking: Asking) -> ft.Control:
    """Putting on hold and cancelling need a reason: one press on a common one, or words."""

    def save(reason: str) -> None:
        if sitting.act(work_orders.move, order.id, move.wanted, reason=reason):
            sitting.tell(sitting.say(move.done))
            emptied(asking)

    written = fields.text_field(
        sitting.say("Why"),
        asking.reason,
        partial(setattr, asking, "reason"),
        key="reason",
        submit=save,
    )
    row = [
        buttons.plain_button(
            sitting.say("Back"), press=partial(setattr, asking, "wanted", ""), key="reason-back"
        ),
        buttons.main_button(
            sitting.say(move.word),
            icon=move.icon,
            press=lambda: save(asking.reason),
            disabled=not asking.reason.strip(),
            key="reason-save",
        ),
    ]
    return ft.Column(
        [
            text.strong(sitting.say("Say why, for those who come after"), size_px=tokens.LEAD_PX),
            _common_reasons(sitting, move, save),
            written,
            ft.Row(row, alignment=ft.MainAxisAlignment.END, spacing=12),
        ],
        spacing=12,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _common_reasons(sitting: Sitting, move: Move, save: Callable[[str], None]) -> ft.Control:
    reasons = [sitting.say(reason) for reason in (HOLD_REASONS if move is HOLD else ())]
    common: list[ft.Control] = [
        buttons.plain_button(reason, press=partial(save, reason), key=f"reason-{place}")
        for place, reason in enumerate(reasons)
    ]
    return ft.Row(common, wrap=True, spacing=10, run_spacing=10)
