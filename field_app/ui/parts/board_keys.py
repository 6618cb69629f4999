"""The dispatch board by keyboard: arrows go from order to order, a digit gives one to a crew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from asset_model.people import Crew
from field_app.reads.board import Lane
from field_app.ui.destinations import CREATE
from field_app.ui.keyboard import DIGITS, PASS_ON, Key
from field_app.ui.parts.board_bar import DAYS, bump, plan
from field_app.ui.parts.board_lane import NOBODY, give
from field_app.ui.parts.board_state import BoardState
from field_app.ui.sitting import Sitting
from field_app.ui.words import noted

STEPS = {"up": -1, "down": 1, "left": -1, "right": 1}


@dataclass(frozen=True)
class Board:
    """What is shown of it: its columns, and every crew in the order of the digits."""

    sitting: Sitting
    state: BoardState
    lanes: Sequence[Lane]
    crews: Sequence[Crew]

    @property
    def place(self) -> tuple[int, int] | None:
        """Column and row of the order that the keys are at, if it is still shown."""
        return next(
            (
                (column, row)
                for column, lane in enumerate(self.lanes)
                for row, card in enumerate(lane.cards)
                if card.id == self.state.cursor
            ),
            None,
        )


def board_keys(board: Board) -> list[Key]:
    state, sitting = board.state, board.sitting
    return [
        Key(("up", "down"), noted("The order before, the next one"), partial(_along, board)),
        Key(("left", "right"), noted("The column beside"), partial(_across, board)),
        Key(("X", "space"), noted("Choose the order, or no longer"), partial(_toggle, board)),
        Key(("enter",), noted("Open the order"), partial(_open, board)),
        Key(DIGITS, noted("Give to the crew of this number"), partial(_digit, board), "1 – 9"),
        Key(("0",), noted("Take back from the crew"), partial(_take_back, board)),
        Key(("D",), noted("Plan for a day, then its number"), partial(_ask_day, board)),
        Key(("P", "+"), noted("Raise priority"), partial(_with_chosen, board, bump), "P"),
        Key(("N",), noted("New order"), lambda _: sitting.go(CREATE.route)),
        Key(("escape",), noted("Choose none"), lambda _: _clear(state)),
    ]


def _along(board: Board, key: str) -> None:
    """Up or down a column; its end shows more, where there is more."""
    column, row = board.place or (_first(board), -1 if key == "down" else 0)
    lane = board.lanes[column]
    if row + 1 == len(lane.cards) < lane.total and key == "down":
        board.state.more(lane.crew.id if lane.crew else NOBODY)
    _go(board, column, row + STEPS[key])


def _across(board: Board, key: str) -> None:
    """To the nearest column with an order; past the last one shown, the next crews come."""
    place = board.place
    if place is None:
        _go(board, _first(board), 0)
        return
    step, (column, row) = STEPS[key], place
    for there in range(column + step, len(board.lanes) if step > 0 else -1, step):
        if board.lanes[there].cards:
            _go(board, there, row)
            return
    shown = len(board.lanes) - 1
    last = max(0, len(board.crews) - shown)
    board.state.first = min(last, max(0, board.state.first + step))


def _first(board: Board) -> int:
    return next((at for at, lane in enumerate(board.lanes) if lane.cards), 0)


def _go(board: Board, column: int, row: int) -> None:
    cards = board.lanes[column].cards
    if cards:
        board.sitting.keyboard.rest()
        board.state.cursor = cards[min(len(cards) - 1, max(0, row))].id


def _toggle(board: Board, _key: str) -> Any:
    if board.place is None:
        return PASS_ON
    board.state.toggle(board.state.cursor)
    return None


def _open(board: Board, _key: str) -> Any:
    if board.place is None:
        return PASS_ON
    board.sitting.go(f"/orders/{board.state.cursor}")
    return None


def _digit(board: Board, key: str) -> None:
    """What the menu that is open calls by this number; without one, the crew."""
    asking, at = board.state.asking, DIGITS.index(key)
    if asking == "day" and at < len(DAYS):
        _with_chosen(board, lambda sitting, state: plan(sitting, state, *DAYS[at]), key)
    elif asking in ("", "give") and at < len(board.crews):
        lane = Lane(board.crews[at], (), 0, 0.0, None)
        _with_chosen(board, lambda sitting, state: give(sitting, state, lane), key)


def _take_back(board: Board, key: str) -> None:
    nobody = Lane(None, (), 0, 0.0, None)
    _with_chosen(board, lambda sitting, state: give(sitting, state, nobody), key)


def _ask_day(board: Board, key: str) -> None:
    _with_chosen(board, lambda _, state: setattr(state, "asking", "day"), key)


def _with_chosen(board: Board, do: Callable[[Sitting, BoardState], Any], _key: str) -> None:
    """To those that are chosen, else to the one that the keys are at."""
    state, place = board.state, board.place
    if not state.chosen:
        if place is None:
            board.sitting.tell(board.sitting.say("Choose an order first, with the arrows."))
            return
        state.chosen = [state.cursor]
    after = _after(board)
    do(board.sitting, state)
    if not state.chosen and after:
        state.cursor = after


def _after(board: Board) -> str:
    """Where the keys are once what is chosen has perhaps gone to another column."""
    if board.place is None:
        return ""
    column, row = board.place
    cards = [card.id for card in board.lanes[column].cards]
    left = [id for id in [*cards[row:], *reversed(cards[:row])] if id not in board.state.chosen]
    return left[0] if left else board.state.cursor


def _clear(state: BoardState) -> Any:
    if not (state.chosen or state.cursor):
        return PASS_ON
    state.clear()
    state.cursor = ""
    return None
