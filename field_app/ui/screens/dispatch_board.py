"""The foreman's board: what nobody has, what each crew has, for today, tomorrow or the week."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import flet as ft

from asset_model.people import Crew
from field_app.reads.alerts import open_alerts
from field_app.reads.board import Lane, lane
from field_app.reads.incidents import waiting_count
from field_app.reads.people import crews
from field_app.ui.destinations import ALERTS, CREATE, INCIDENTS
from field_app.ui.guard import component
from field_app.ui.keeping import use_draft
from field_app.ui.keyboard import DIGITS, use_keys
from field_app.ui.parts import buttons, fields
from field_app.ui.parts.board_bar import selection_bar
from field_app.ui.parts.board_keys import Board, board_keys
from field_app.ui.parts.board_lane import NOBODY, board_lane
from field_app.ui.parts.board_state import BoardState
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.words import noted

CREWS_SHOWN = 3
SHIFT = timedelta(hours=12)
"""Whoever comes to the board on another day chooses anew."""
SPANS = (
    ("today", noted("Today")),
    ("tomorrow", noted("Tomorrow")),
    ("week", noted("This week")),
)


@component
def DispatchBoard() -> Any:
    sitting = use_sitting()
    state = use_draft(sitting, BoardState, name="dispatch", shared=True, lasting=SHIFT)
    every = sitting.read(crews)
    lanes = [_lane(sitting, state, crew) for crew in _shown(sitting, state, every)]
    use_keys(board_keys(Board(sitting, state, lanes, every)))
    return ft.Column(
        [
            _head(sitting, state, every),
            ft.Container(
                ft.Row(
                    [board_lane(sitting, state, one, _digit(one, every)) for one in lanes],
                    spacing=10,
                    expand=True,
                    vertical_alignment=ft.CrossAxisAlignment.STRETCH,
                ),
                expand=True,
                padding=ft.Padding.only(left=12, right=12, bottom=12),
            ),
            *selection_bar(sitting, state, every),
        ],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _shown(sitting: Sitting, state: BoardState, every: Sequence[Crew]) -> list[Crew | None]:
    """Wide: what nobody has, and some crews beside it. In the hand: one column."""
    if not sitting.wide:
        return [next((crew for crew in every if crew.id == state.open), None)]
    return [None, *every[state.first : state.first + CREWS_SHOWN]]


def _digit(one: Lane, every: Sequence[Crew]) -> str:
    """Of the key that gives what is chosen to its crew; there are nine."""
    place = next((at for at, crew in enumerate(every) if one.crew and crew.id == one.crew.id), 9)
    return DIGITS[place] if place < len(DIGITS) else ""


def _lane(sitting: Sitting, state: BoardState, crew: Crew | None) -> Lane:
    workplace = sitting.workplace
    limit = state.limit(crew.id if crew else NOBODY)
    return sitting.read(
        lane, crew, state.looked, now=workplace.clock(), zone=workplace.zone, limit=limit
    )


def _head(sitting: Sitting, state: BoardState, every: Sequence[Crew]) -> ft.Control:
    say = sitting.say
    search = fields.text_field(
        say("Search a street, a number, a word"),
        state.text,
        partial(setattr, state, "text"),
        key="search",
        icon=ft.Icons.SEARCH,
        sought="/",
    )
    create = buttons.main_button(
        say("New order"),
        icon=ft.Icons.ADD,
        press=lambda: sitting.go(CREATE.route),
        key=CREATE.name,
    )
    filters, pages = _filters(sitting, state), _pages(sitting, state, every)
    rows = [[*filters, *pages]] if sitting.wide else [filters, pages]
    return ft.Container(
        ft.Column(
            [
                ft.Row([ft.Container(search, expand=True), create], spacing=12),
                *(ft.Row(row, wrap=True, spacing=8, run_spacing=8) for row in rows),
            ],
            spacing=10,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        padding=12,
    )


def _filters(sitting: Sitting, state: BoardState) -> list[ft.Control]:
    """What is looked at; and what cannot wait, which is on pages of its own."""
    spans, urgent = _spans(sitting, state), _urgent(sitting, state)
    return [*spans, urgent, *_promises(sitting), _emergencies(sitting)]


def _promises(sitting: Sitting) -> list[ft.Control]:
    """Incidents that are late, soon to be, or said not to be fixed: seen before it is too late."""
    many = sitting.read(waiting_count, now=sitting.workplace.clock())
    if not many:
        return []
    word = sitting.words.several(
        "{count} incident to watch",
        "{count} incidents to watch",
        many,
    )
    return [
        buttons.plain_button(
            word,
            icon=ft.Icons.TIMELAPSE,
            press=lambda: sitting.go(INCIDENTS.route),
            key="board-promises",
        )
    ]


def _emergencies(sitting: Sitting) -> ft.Control:
    """One press away, for those that are open and to raise one: the rail has no room for it."""
    many = len(sitting.read(open_alerts, now=sitting.workplace.clock()))
    word = sitting.words.several("{count} emergency open", "{count} emergencies open", many)
    return buttons.plain_button(
        word if many else sitting.say(ALERTS.word),
        icon=ALERTS.icon,
        press=lambda: sitting.go(ALERTS.route),
        key="board-alerts",
    )


def _spans(sitting: Sitting, state: BoardState) -> list[ft.Control]:
    return [
        buttons.choice_button(
            sitting.say(word),
            chosen=state.span == code,
            press=partial(setattr, state, "span", code),
            key=f"span-{code}",
            compact=True,
        )
        for code, word in SPANS
    ]


def _urgent(sitting: Sitting, state: BoardState) -> ft.Control:
    return buttons.choice_button(
        sitting.say("Urgent only"),
        chosen=state.urgent,
        press=lambda: setattr(state, "urgent", not state.urgent),
        key="urgent",
        compact=True,
    )


def _pages(sitting: Sitting, state: BoardState, every: Sequence[Crew]) -> list[ft.Control]:
    """Which crews are shown, where they are not all."""
    say = sitting.say
    if not sitting.wide:
        names = [("", say("Unassigned")), *((crew.id, crew.name) for crew in every)]
        return [
            buttons.choice_button(
                name,
                chosen=state.open == id,
                press=partial(setattr, state, "open", id),
                key=f"open-{place}",
                compact=True,
            )
            for place, (id, name) in enumerate(names)
        ]
    if len(every) <= CREWS_SHOWN:
        return []
    last = max(0, len(every) - CREWS_SHOWN)
    steps = (
        ("crews-back", say("Crews before"), ft.Icons.CHEVRON_LEFT, max(0, state.first - 1)),
        ("crews-on", say("Crews after"), ft.Icons.CHEVRON_RIGHT, min(last, state.first + 1)),
    )
    return [
        buttons.icon_button(icon, name=name, press=partial(setattr, state, "first", to), key=key)
        for key, name, icon, to in steps
    ]
