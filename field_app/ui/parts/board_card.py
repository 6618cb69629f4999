"""An order on the dispatch board: the street, what, by when; and how far it has come, in marks."""

from functools import partial
from typing import Any

import flet as ft

from asset_model.vocabulary import WorkOrderStatus as Status
from field_app.reads.board import Card
from field_app.ui import times, tokens
from field_app.ui.parts import buttons, status, text
from field_app.ui.parts.board_state import BoardState
from field_app.ui.sitting import Sitting
from field_app.ui.themes import (
    ACTION,
    ACTION_FILL,
    BAD,
    GOOD,
    INK,
    LINE,
    SOFT,
    SURFACE,
    WARN,
    edge_px,
)
from field_app.ui.words import noted

STARTED = (Status.IN_PROGRESS, Status.ON_HOLD)
RECEIVED = status.Sign(ft.Icons.DONE_ALL, GOOD, noted("on the crew’s tablet"))
NOT_RECEIVED = status.Sign(ft.Icons.SCHEDULE_SEND, WARN, noted("not on the crew’s tablet yet"))


def board_card(sitting: Sitting, state: BoardState, card: Card) -> ft.Control:
    """A function, not a component: a board is drawn again in a few milliseconds."""
    chosen = card.id in state.chosen
    late = card.due_at is not None and card.due_at < sitting.workplace.clock()
    colour = BAD if late else status.sign_of(card.status).colour
    at = card.id == state.cursor
    edge = ft.BorderSide(edge_px(3), INK) if at else ft.BorderSide(edge_px(), LINE)
    box = ft.Container(
        ft.Row([_check(sitting, state, card, chosen), _words(sitting, card, late)], spacing=0),
        bgcolor=ACTION_FILL if chosen else SURFACE,
        border=ft.Border(
            left=ft.BorderSide(6, INK if at else colour), top=edge, right=edge, bottom=edge
        ),
        border_radius=tokens.RADIUS_PX,
    )
    return ft.Draggable(box, group="orders", data=card.id, key=f"drag-{card.id}")


def _check(sitting: Sitting, state: BoardState, card: Card, chosen: bool) -> ft.Control:
    icon = ft.Icons.CHECK_BOX if chosen else ft.Icons.CHECK_BOX_OUTLINE_BLANK
    return buttons.tap(
        ft.Container(
            ft.Icon(icon, color=ACTION if chosen else SOFT, size=26),
            width=tokens.TARGET_PX,
            alignment=ft.Alignment.CENTER,
        ),
        press=partial(state.toggle, card.id),
        key=f"choose-{card.id}",
        chosen=chosen,
        name=sitting.say("Choose {street}, {what}", street=card.street, what=card.title),
        height=84,
    )


def _words(sitting: Sitting, card: Card, late: bool) -> ft.Control:
    foot: list[ft.Control] = [
        ft.Icon(
            ft.Icons.ALARM if late else ft.Icons.SCHEDULE, size=18, color=BAD if late else SOFT
        ),
        ft.Container(
            text.small(_due(sitting, card), colour=BAD if late else INK, lines=1), expand=True
        ),
        *_marks(sitting, card),
    ]
    lines: list[ft.Control] = [
        text.strong(card.street or sitting.say("No street"), lines=2),
        text.small(_what(card), colour=INK, lines=1),
        ft.Row(foot, spacing=6),
    ]
    return buttons.tap(
        ft.Column(lines, spacing=0, alignment=ft.MainAxisAlignment.CENTER),
        press=lambda: sitting.go(f"/orders/{card.id}"),
        key=f"card-{card.id}",
        padding=ft.Padding.only(right=10, top=8, bottom=8),
        expand=True,
    )


def _due(sitting: Sitting, card: Card) -> str:
    """Shorter where it is late: a lane leaves it some ten letters beside the marks."""
    now, zone = sitting.workplace.clock(), sitting.workplace.zone
    if card.due_at is not None and card.due_at < now:
        return times.late_by(now - card.due_at, sitting.words)
    return times.due(card.due_at, now=now, zone=zone, words=sitting.words)


def _what(card: Card) -> str:
    return f"{card.title} · {card.assignee}" if card.assignee else card.title


def _marks(sitting: Sitting, card: Card) -> list[ft.Control]:
    """Priority, then how far it has come with its crew, then what is not accepted or to settle."""
    row: list[ft.Control] = []
    if card.priority <= 2:
        row.append(_mark(sitting, ft.Icons.PRIORITY_HIGH, BAD, status.PRIORITIES[card.priority]))
    if card.status in (Status.ACCEPTED, *STARTED):
        sign = status.sign_of(card.status)
        row.append(_mark(sitting, sign.icon, sign.colour, sign.word))
    elif card.received is not None and card.status == Status.DISPATCHED:
        sign = RECEIVED if card.received else NOT_RECEIVED
        row.append(_mark(sitting, sign.icon, sign.colour, sign.word))
    if card.mark is not None:
        sign = status.MARKS[card.mark]
        row.append(_mark(sitting, sign.icon, sign.colour, sign.word))
    return row


def _mark(sitting: Sitting, icon: Any, colour: str, word: str) -> ft.Control:
    said = sitting.say(word)
    shown = ft.Icon(icon, color=colour, size=22, tooltip=said)
    return ft.Semantics(content=shown, label=said, image=True)
