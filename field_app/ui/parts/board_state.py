"""What the foreman has set on the dispatch board, and the orders chosen on it."""

from dataclasses import dataclass, field
from typing import Any

import flet as ft

from field_app.actions import bulk
from field_app.reads.board import CARDS_MAX, Looked
from field_app.ui.keeping import FLEETING
from field_app.ui.sitting import Sitting


@ft.observable
@dataclass
class BoardState:
    """It outlives the screen: who comes back from an order finds the board as they left it.

    What is chosen, and why, outlives the machine too; how one looked at the board does not.
    """

    span: str = field(default="today", metadata=FLEETING)
    text: str = field(default="", metadata=FLEETING)
    urgent: bool = field(default=False, metadata=FLEETING)
    first: int = field(default=0, metadata=FLEETING)
    """The first crew shown; the others are a press away."""
    open: str = field(default="", metadata=FLEETING)
    """On a narrow screen, the crew whose column is shown; empty: what nobody has."""
    chosen: list[str] = field(default_factory=list)
    cursor: str = field(default="", metadata=FLEETING)
    """The order that the keys are at; empty: nobody has used them."""
    asking: str = ""
    """What is being asked of the chosen ones: give, day, hold, cancel; empty: nothing."""
    reason: str = ""
    refused: tuple[bulk.NotDone, ...] = field(default=(), metadata=FLEETING)
    limits: dict[str, int] = field(default_factory=dict, metadata=FLEETING)

    @property
    def looked(self) -> Looked:
        return Looked(self.span, self.text, self.urgent)

    def limit(self, lane: str) -> int:
        return self.limits.get(lane, CARDS_MAX)

    def more(self, lane: str) -> None:
        self.limits = {**self.limits, lane: self.limit(lane) + CARDS_MAX}

    def toggle(self, order_id: str) -> None:
        rest = [one for one in self.chosen if one != order_id]
        self.chosen = rest if len(rest) < len(self.chosen) else [*rest, order_id]

    def clear(self) -> None:
        self.chosen, self.asking, self.reason = [], "", ""


def act(sitting: Sitting, state: BoardState, sentence: str, verb: Any, *given: Any) -> None:
    """Does it to the chosen orders; says how many, offers ten seconds to undo, keeps what was
    refused in sight.

    `sentence` is filled in already, but for how many orders it was.
    """
    outcome = sitting.make(verb, list(state.chosen), *given)
    if outcome is None:
        return
    state.clear()
    state.refused = outcome.refused
    if outcome.done:
        sitting.tell(sentence, undo=lambda: _undo(sitting, state, outcome))


def _undo(sitting: Sitting, state: BoardState, outcome: bulk.Outcome) -> None:
    back = sitting.make(bulk.restore, outcome.done, sitting.say("Undone at once"))
    if back is not None:
        state.refused = back.refused
        sitting.tell(sitting.say("Undone."))
