"""How a status, a kind, a priority and a synchronization mark look: icon, colour and word."""

from dataclasses import dataclass

import flet as ft

from asset_model.vocabulary import WorkOrderKind as Kind
from asset_model.vocabulary import WorkOrderStatus as Status
from field_app.ui.parts import text
from field_app.ui.themes import ACTION, BAD, GOOD, SOFT, WARN
from field_app.ui.words import Words, noted


@dataclass(frozen=True)
class Sign:
    icon: ft.IconData
    colour: str
    word: str


STATUSES: dict[str, Sign] = {
    Status.DRAFT: Sign(ft.Icons.EDIT_NOTE, SOFT, noted("reported")),
    Status.PLANNED: Sign(ft.Icons.EVENT, SOFT, noted("planned")),
    Status.DISPATCHED: Sign(ft.Icons.OUTBOX, ACTION, noted("dispatched")),
    Status.ACCEPTED: Sign(ft.Icons.THUMB_UP, ACTION, noted("accepted by the crew")),
    Status.IN_PROGRESS: Sign(ft.Icons.PLAY_CIRCLE, WARN, noted("in progress")),
    Status.ON_HOLD: Sign(ft.Icons.PAUSE_CIRCLE, WARN, noted("on hold")),
    Status.DONE: Sign(ft.Icons.CHECK_CIRCLE, GOOD, noted("done")),
    Status.CLOSED: Sign(ft.Icons.LOCK, GOOD, noted("closed")),
    Status.CANCELLED: Sign(ft.Icons.CANCEL, SOFT, noted("cancelled")),
}

KINDS: dict[str, str] = {
    Kind.CORRECTIVE: noted("Repair"),
    Kind.PREVENTIVE: noted("Preventive"),
    Kind.INSPECTION: noted("Inspection"),
    Kind.EMERGENCY: noted("Emergency"),
    Kind.WINTER: noted("Winter"),
    Kind.PROJECT: noted("Project"),
}

PRIORITIES: dict[int, str] = {
    1: noted("Priority 1, at once"),
    2: noted("Priority 2, today"),
    3: noted("Priority 3, normal"),
    4: noted("Priority 4, when possible"),
}

MARKS: dict[str, Sign] = {
    "saved": Sign(ft.Icons.SAVE_OUTLINED, ACTION, noted("saved here, to be sent")),
    "settle": Sign(ft.Icons.REPORT_PROBLEM, BAD, noted("to settle")),
}


def sign_of(status: str) -> Sign:
    """A status of a newer server is shown as it came."""
    return STATUSES.get(status, Sign(ft.Icons.HELP, SOFT, status))


def chip(sign: Sign, words: Words) -> ft.Control:
    """Icon and word, in the colour of the status."""
    return ft.Row(
        [
            ft.Icon(sign.icon, color=sign.colour, size=20),
            text.small(words.say(sign.word), colour=sign.colour),
        ],
        spacing=6,
        tight=True,
    )
