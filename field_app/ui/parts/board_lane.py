"""A column of the dispatch board: whose it is, how full their day is, and its first cards."""

from functools import partial
from typing import Any

import flet as ft

from field_app.actions import bulk
from field_app.reads.board import Lane
from field_app.ui import tokens
from field_app.ui.parts import buttons, panes, text
from field_app.ui.parts.board_card import board_card
from field_app.ui.parts.board_state import BoardState, act
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, ACTION_FILL, BAD, GROUND, LINE, SOFT, WARN, edge_px

NOBODY = "nobody"


def board_lane(sitting: Sitting, state: BoardState, lane: Lane, digit: str = "") -> ft.Control:
    """Takes orders that are dropped on it. `digit`: of the key that gives orders to its crew."""
    name = lane.crew.id if lane.crew else NOBODY
    rows = [board_card(sitting, state, card) for card in lane.cards]
    if not rows:
        rows = [_empty(sitting, lane)]
    if lane.total > len(lane.cards):
        rows.append(_more(sitting, state, name, lane))
    column = ft.Column(
        [
            lane_head(sitting, lane, digit),
            ft.ListView(rows, spacing=8, expand=True, padding=ft.Padding.only(bottom=8)),
        ],
        spacing=8,
        expand=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    box = ft.Container(
        column,
        bgcolor=GROUND,
        border=ft.Border.all(edge_px(), LINE),
        border_radius=tokens.RADIUS_PX,
        padding=ft.Padding.only(left=8, right=8, top=10),
    )

    def dropped(event: Any) -> None:
        order = event.src.data
        state.chosen = [*state.chosen, *([] if order in state.chosen else [order])]
        give(sitting, state, lane)

    target = ft.DragTarget(box, group="orders", on_accept=dropped, key=f"lane-{name}", expand=True)
    return panes.told_apart(target, expand=True)


def give(sitting: Sitting, state: BoardState, lane: Lane) -> None:
    """To the crew of a column; to nobody, it is taken back."""
    count, words = len(state.chosen), sitting.words
    if lane.crew is None:
        sentence = words.several("{count} order taken back.", "{count} orders taken back.", count)
        act(sitting, state, sentence, bulk.take_back)
        return
    sentence = words.several(
        "{count} order given to {crew}.", "{count} orders given to {crew}.",
        count, crew=lane.crew.name,
    )  # fmt: skip
    act(sitting, state, sentence, bulk.give, lane.crew.id)


def lane_head(sitting: Sitting, lane: Lane, digit: str) -> ft.Control:
    say = sitting.say
    name = lane.crew.name if lane.crew else say("Unassigned")
    lines: list[ft.Control] = [
        ft.Row(
            [
                text.strong(name, size_px=tokens.LEAD_PX, lines=1, expand=True),
                *_digit(digit),
                _count(lane),
            ],
            spacing=8,
        )
    ]
    if lane.capacity is not None:
        lines += _load(sitting, lane)
    if lane.silent_since is not None:
        lines.append(_silent(sitting, lane))
    return ft.Column(lines, spacing=4, tight=True)


def _digit(digit: str) -> list[ft.Control]:
    if not digit:
        return []
    cap = ft.Container(
        text.small(digit),
        border=ft.Border.all(edge_px(), SOFT),
        border_radius=6,
        padding=ft.Padding.symmetric(horizontal=7),
    )
    return [ft.Semantics(content=cap, exclude_semantics=True)]


def _count(lane: Lane) -> ft.Control:
    return ft.Container(
        text.strong(str(lane.total), size_px=tokens.SMALL_PX),
        bgcolor=ACTION_FILL,
        border_radius=tokens.RADIUS_PX,
        padding=ft.Padding.symmetric(horizontal=10, vertical=2),
    )


def _load(sitting: Sitting, lane: Lane) -> list[ft.Control]:
    """Hours given against those the crew has: a bar, and in words."""
    capacity = lane.capacity or 0.0
    over = lane.hours > capacity
    said = sitting.say("{hours} h of {capacity} h", hours=round(lane.hours, 1),
                       capacity=round(capacity, 1))  # fmt: skip
    if over:
        said = sitting.say("{load}: too much", load=said)
    bar = ft.ProgressBar(
        value=min(1.0, lane.hours / capacity) if capacity else 0.0,
        color=BAD if over else ACTION,
        bgcolor=LINE,
        bar_height=6,
        border_radius=3,
    )
    return [text.small(said, colour=BAD if over else SOFT), bar]


def _silent(sitting: Sitting, lane: Lane) -> ft.Control:
    assert lane.silent_since is not None
    at = sitting.when(lane.silent_since)
    said = sitting.say("Tablet silent since {at}", at=at)
    return ft.Row(
        [ft.Icon(ft.Icons.CLOUD_OFF, size=20, color=WARN), text.small(said, colour=WARN)],
        spacing=6,
    )


def _empty(sitting: Sitting, lane: Lane) -> ft.Control:
    say = sitting.say
    sentence = say("Nothing to give out.") if lane.crew is None else say("Nothing on these days.")
    return ft.Container(text.small(sentence), padding=16, alignment=ft.Alignment.TOP_CENTER)


def _more(sitting: Sitting, state: BoardState, name: str, lane: Lane) -> ft.Control:
    rest = lane.total - len(lane.cards)
    word = sitting.words.several("{count} more", "{count} more", rest)
    return buttons.plain_button(
        word, icon=ft.Icons.EXPAND_MORE, press=partial(state.more, name), key=f"more-{name}"
    )
