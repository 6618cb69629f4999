"""Letting a unit go that may not: a reason, for how long, and a signature the manager will see."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import flet as ft

from field_app.actions.fleet_signatures import except_unit
from field_app.reads.unit_page import UnitPage
from field_app.ui.guard import component
from field_app.ui.keeping import FLEETING, use_draft
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.parts.signing import signing
from field_app.ui.sitting import use_sitting

HOUR = timedelta(hours=1)
HOURS = (1, 2, 4, 8, 12)


@ft.observable
@dataclass
class Draft:
    open: bool = False
    word: str = ""
    hours: int = 2
    pin: str = field(default="", metadata=FLEETING)


@component
def Excepting(page: UnitPage) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Draft, name=f"exception-{page.line.unit.id}")
    say = sitting.say
    if not draft.open:
        button = buttons.plain_button(
            say("Sign an exception"),
            icon=ft.Icons.GAVEL,
            press=partial(setattr, draft, "open", True),
            key="exception-open",
        )
        return ft.Row([button])

    def sign() -> None:
        if sitting.act(except_unit, page.line.unit.id, draft.word, float(draft.hours)):
            sitting.tell(say("Exception signed. The fleet manager will see it."))
            draft.open, draft.word = False, ""

    row = [
        buttons.choice_button(
            say("{count} h", count=hours),
            chosen=draft.hours == hours,
            press=partial(setattr, draft, "hours", hours),
            key=f"hours-{hours}",
        )
        for hours in HOURS
        if hours * HOUR <= page.figures.exception_max
    ]
    inside = [
        text.body(say("The unit may go all the same, for this reason and no longer than this.")),
        fields.text_field(say("Why"), draft.word, partial(setattr, draft, "word"), key="why"),
        ft.Row(row, wrap=True, spacing=10, run_spacing=10),
        signing(
            sitting,
            say("I take the responsibility of letting this unit go. The fleet manager sees it."),
            draft,
            word=say("Sign the exception"),
            icon=ft.Icons.GAVEL,
            sign=sign,
            key="exception",
            ready=bool(draft.word.strip()),
            beside=(
                buttons.plain_button(
                    say("Back"), press=partial(setattr, draft, "open", False), key="exception-back"
                ),
            ),
        ),
    ]
    return cards.section(say("Exception"), inside)
