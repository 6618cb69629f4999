"""Countersigning: a driver reads a report that somebody else made, and takes it or will not."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.fleet_vocabulary import Cognizance as Word
from field_app.actions.fleet_signatures import countersign
from field_app.reads.unit_page import CheckLine, UnitPage
from field_app.ui.guard import component
from field_app.ui.keeping import use_passing
from field_app.ui.parts import buttons, cards, standing, text
from field_app.ui.parts.signing import proven, signing
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.words import noted

DONE: dict[str, str] = {
    Word.ACKNOWLEDGED: noted("Countersigned. Saved on this tablet."),
    Word.REFUSED: noted("Refused. Do the check again before leaving."),
}


@ft.observable
@dataclass
class Draft:
    open: bool = False
    pin: str = ""


def to_countersign(page: UnitPage) -> bool:
    """Whether that is all that keeps this driver from leaving; a trailer's is on its own page."""
    blocking = page.line.readiness.blocking
    return (
        bool(blocking)
        and blocking[0].code == "unit_to_countersign"
        and blocking[0].details["unit"] == page.line.unit.tag
    )


@component
def Cognizance(line: CheckLine) -> Any:
    sitting = use_sitting()
    draft = use_passing(Draft)
    report = line.inspection

    def sign(result: str) -> None:
        if sitting.act(countersign, report.id, result=result):
            sitting.tell(sitting.say(DONE[result]))

    def refuse() -> None:
        pin, draft.pin = draft.pin, ""
        if proven(sitting, pin):
            sign(Word.REFUSED)

    told = sitting.say(
        "{person} checked this unit at {at}.",
        person=report.signed_name,
        at=sitting.when(report.ended_at),
    )
    refusing = buttons.plain_button(
        sitting.say("I refuse it"), press=refuse, key="countersign-refuse"
    )
    inside = [text.body(told), *_defects(sitting, line)]
    if not draft.open:
        button = buttons.plain_button(
            sitting.say("Countersign"),
            icon=ft.Icons.DRAW,
            press=partial(setattr, draft, "open", True),
            key="countersign-open",
        )
        return cards.section(sitting.say("To countersign"), [*inside, ft.Row([button])])
    inside.append(
        signing(
            sitting,
            sitting.say("I have read this report and I take the unit as it says."),
            draft,
            word=sitting.say("Countersign"),
            icon=ft.Icons.DRAW,
            sign=partial(sign, Word.ACKNOWLEDGED),
            key="countersign",
            beside=(refusing,) if draft.pin else (),
        )
    )
    return cards.section(sitting.say("To countersign"), inside)


def _defects(sitting: Sitting, line: CheckLine) -> list[ft.Control]:
    if not line.defects:
        return [text.strong(sitting.say("No defect was found."))]
    return [
        ft.Row(
            [
                standing.chip(standing.SEVERITIES[each.defect.severity], sitting),
                text.body(
                    sitting.words.either(each.defect.label_fr, each.defect.label_en), expand=True
                ),
            ],
            spacing=12,
        )
        for each in line.defects
    ]
