"""Above the main action: which jobs come before this one, and which it still waits to be ended by.

Nobody is held back from starting: the crew sees what the plan does not. They are told, and so is
the foreman.
"""

from dataclasses import dataclass

import flet as ft

from asset_model.vocabulary import WorkOrderStatus as Status
from field_app.reads.order_page import OrderPage
from field_app.ui.parts import cards
from field_app.ui.sitting import Sitting
from field_app.ui.themes import WARN

BEFORE_START = (Status.DISPATCHED, Status.ACCEPTED)


@dataclass(frozen=True)
class Turn:
    """`early`: it would start before its turn. `stopped`: jobs of its own go on."""

    sentence: str = ""
    early: bool = False
    stopped: bool = False

    def over(self, inside: ft.Control) -> ft.Control:
        """The buttons, with what is to be known before one presses."""
        if not self.sentence:
            return inside
        icon = ft.Icons.LOW_PRIORITY if self.early else ft.Icons.ACCOUNT_TREE
        told = cards.banner(self.sentence, icon=icon, colour=WARN, name="turn")
        return ft.Column(
            [told, inside],
            spacing=10,
            tight=True,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )


def turn_of(sitting: Sitting, page: OrderPage, wanted: str | None) -> Turn:
    """`wanted`: where the main action takes the order."""
    family, words = page.family, sitting.words
    if family is None or wanted is None:
        return Turn()
    if wanted == Status.IN_PROGRESS and page.order.status in BEFORE_START and family.waits_for:
        jobs = ", ".join(family.waits_for)
        sentence = words.say("Not done yet: {jobs}. If you start, the foreman is told.", jobs=jobs)
        return Turn(sentence, early=True)
    if count := family.holds_back(wanted):
        sentence = words.several(
            "{count} of its jobs is not finished.", "{count} of its jobs are not finished.", count
        )
        return Turn(sentence, stopped=True)
    return Turn()
