"""Incidents that a call may be of, while it is taken down: attached to, or told apart."""

from collections.abc import Sequence
from functools import partial

import flet as ft

from field_app.reads.incident_twins import Twin, twins_at
from field_app.ui.keyboard import Key, Keyboard, numbered
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.call_draft import Call
from field_app.ui.parts.incident_twins import twin_lines
from field_app.ui.sitting import Sitting
from field_app.ui.words import noted

JOIN, APART = "J", "A"


def twins_of_call(sitting: Sitting, call: Call) -> list[Twin]:
    """Likest first; none before there is a place."""
    if call.service is None or call.spot is None:
        return []
    found = sitting.read(
        twins_at, call.service.id, call.spot.position, words=call.words, place=call.spot.label,
        now=sitting.workplace.clock(),
    )  # fmt: skip
    return [twin for twin in found if twin.incident.id not in call.apart]


def likely(sitting: Sitting, call: Call, found: Sequence[Twin]) -> list[ft.Control]:
    if not found:
        return []
    say = sitting.say
    keys = say("By keyboard: Esc, then {join} or {apart} and the number.", join=JOIN, apart=APART)
    rows = [_twin(sitting, call, rank, twin) for rank, twin in enumerate(found, 1)]
    told: list[ft.Control] = [text.small(keys)] if sitting.wide else []
    return [cards.section(say("Is it one of these?"), [*told, *rows])]


def twin_keys(call: Call, found: Sequence[Twin], keyboard: Keyboard) -> list[Key]:
    """J, then the number of an incident, attaches to it, and again no longer; A tells it apart."""
    ids = [twin.incident.id for twin in found]
    join, apart = noted("Attach to the incident of this number"), noted("It is not that incident")
    return [
        *numbered(keyboard, JOIN, join, len(ids), lambda at: _attach(call, ids[at])),
        *numbered(keyboard, APART, apart, len(ids), lambda at: call.tell_apart(ids[at])),
    ]


def _twin(sitting: Sitting, call: Call, rank: int, twin: Twin) -> ft.Control:
    say, id = sitting.say, twin.incident.id
    acts: list[ft.Control] = [
        buttons.choice_button(
            say("Attach to it"),
            chosen=call.chosen == id,
            press=partial(_attach, call, id),
            key=f"attach-{id}",
        ),
        buttons.plain_button(
            say("Another thing"),
            icon=ft.Icons.CLOSE,
            press=partial(call.tell_apart, id),
            key=f"apart-{id}",
        ),
    ]
    lines = [*twin_lines(sitting, twin), ft.Row(acts, spacing=10, wrap=True)]
    return ft.Row(
        [text.strong(str(rank)), ft.Column(lines, spacing=4, expand=True)],
        spacing=12,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _attach(call: Call, id: str) -> None:
    call.chosen = "" if call.chosen == id else id
