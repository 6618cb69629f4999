"""The maintenance sheet of a unit's order: what was signed, and signing it with brake measures."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import flet as ft

from asset_model.fleet_vocabulary import Severity
from asset_model.roles import may_insert
from asset_model.vocabulary import WorkOrderKind, WorkOrderStatus
from asset_model.work_orders import Step
from field_app.actions.sheets import (
    REPAIRED,
    STROKES,
    Measure,
    NewSheet,
    not_conforming,
    sign_sheet,
)
from field_app.reads.order_page import OrderPage
from field_app.reads.sheets import SheetLine, sheets_of
from field_app.ui.guard import component
from field_app.ui.keeping import FLEETING, emptied, use_draft
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.parts.check_signing import kilometres
from field_app.ui.parts.signing import signing
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.words import noted

UPKEEP = (WorkOrderKind.PREVENTIVE, WorkOrderKind.INSPECTION)
AT_WORK = (WorkOrderStatus.IN_PROGRESS, WorkOrderStatus.DONE)
AXLES_AT_FIRST, AXLES_MAX = 2, 6
KINDS = (
    ("lining", noted("Lining")),
    ("pad", noted("Pad")),
    ("pushrod", noted("Pushrod stroke")),
)
OUTCOME_WORDS = (
    (REPAIRED, noted("Repaired on the spot")),
    (Severity.MINOR, noted("Minor defect")),
    (Severity.MAJOR, noted("Major defect")),
)
SIDES = (("left", noted("Axle {axle}, left")), ("right", noted("Axle {axle}, right")))


@ft.observable
@dataclass
class Draft:
    """What is typed so far. A wheel that was not measured is left empty."""

    open: bool = False
    odometer: str = ""
    kind: str = "lining"
    limit: str = ""
    axles: int = AXLES_AT_FIRST
    typed: dict[str, str] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    pin: str = field(default="", metadata=FLEETING)

    def take(self, wheel: str, value: str) -> None:
        self.typed = {**self.typed, wheel: value}

    def decide(self, step: str, outcome: str) -> None:
        self.outcomes = {**self.outcomes, step: outcome}

    def sheet(self, order_id: str) -> NewSheet:
        measures = [
            Measure(axle, side, value)
            for axle in range(1, self.axles + 1)
            for side, _ in SIDES
            if (value := kilometres(self.typed.get(f"{side}-{axle}", ""))) is not None
        ]
        return NewSheet(
            order_id,
            odometer_km=kilometres(self.odometer),
            brake_kind=self.kind,
            limit_mm=kilometres(self.limit),
            measures=measures,
            outcomes=self.outcomes,
        )


def sheet_of(sitting: Sitting, page: OrderPage) -> list[ft.Control]:
    """Nothing on orders that are no maintenance of a unit."""
    of_a_unit = page.asset is not None and page.asset.class_code == "vehicle"
    if not (of_a_unit and page.order.kind in UPKEEP):
        return []
    return [OrderSheet(page, key=f"sheet-{page.order.id}")]


@component
def OrderSheet(page: OrderPage) -> Any:
    sitting = use_sitting()
    draft = use_draft(sitting, Draft, name=f"sheet-{page.order.id}")
    signed = sitting.read(sheets_of, page.order.id)
    rows: list[ft.Control] = [_signed(sitting, each) for each in signed]
    allowed = may_insert(sitting.signed.role, "maintenance_sheet")
    if allowed and page.order.status in AT_WORK:
        rows += _form(sitting, page, draft) if draft.open else [_opening(sitting, draft, signed)]
    if not rows:
        rows = [text.small(sitting.say("Not signed yet: the mechanic signs it."))]
    return cards.section(sitting.say("Maintenance sheet"), rows)


def _signed(sitting: Sitting, line: SheetLine) -> ft.Control:
    say, words = sitting.say, sitting.words
    told = [
        say("Signed by {person}, {at}", person=line.sheet.signed_name,
            at=sitting.when(line.sheet.signed_at)),
        words.several("{count} line not conforming", "{count} lines not conforming",
                      line.not_conforming) if line.not_conforming else say("all lines conforming"),
    ]  # fmt: skip
    if line.measures:
        count = len(line.measures)
        told.append(words.several("{count} brake measure", "{count} brake measures", count))
    if line.outside:
        told.append(
            words.several("{count} outside its limit", "{count} outside their limit", line.outside)
        )
    return text.body(" · ".join(told))


def _opening(sitting: Sitting, draft: Draft, signed: list[SheetLine]) -> ft.Control:
    word = sitting.say("Sign a corrected sheet") if signed else sitting.say("Fill in and sign")
    button = buttons.plain_button(
        word, icon=ft.Icons.DRAW, press=partial(setattr, draft, "open", True), key="sheet-open"
    )
    return ft.Row([button])


def _form(sitting: Sitting, page: OrderPage, draft: Draft) -> list[ft.Control]:
    say, wrong = sitting.say, not_conforming(page.steps)

    def sign() -> None:
        if sitting.act(sign_sheet, draft.sheet(page.order.id)):
            sitting.tell(say("Sheet signed. Saved on this tablet."))
            emptied(draft)

    return [
        fields.text_field(
            say("Odometer"), draft.odometer, partial(setattr, draft, "odometer"),
            key="sheet-odometer", numeric=True, suffix="km",
        ),
        *_outcomes(sitting, wrong, draft),
        *_brakes(sitting, draft),
        signing(
            sitting,
            say("I, {name}, have done this maintenance as the steps above say.",
                name=sitting.signed.name),
            draft,
            word=say("Sign the sheet"),
            icon=ft.Icons.DRAW,
            sign=sign,
            key="sheet",
            ready=all(step.id in draft.outcomes for step in wrong),
            beside=(
                buttons.plain_button(
                    say("Back"), press=partial(setattr, draft, "open", False), key="sheet-back"
                ),
            ),
        ),
    ]  # fmt: skip


def _outcomes(sitting: Sitting, wrong: list[Step], draft: Draft) -> list[ft.Control]:
    """What became of each line that does not conform: repaired, or a defect with its own order."""
    rows: list[ft.Control] = []
    for step in wrong:
        choices: list[ft.Control] = [
            buttons.choice_button(
                sitting.say(word), chosen=draft.outcomes.get(step.id) == outcome,
                press=partial(draft.decide, step.id, outcome), key=f"outcome-{outcome}-{step.id}",
            )
            for outcome, word in OUTCOME_WORDS
        ]  # fmt: skip
        label = sitting.words.either(step.label_fr, step.label_en)
        sentence = sitting.say("Not conforming: {line}. What became of it?", line=label)
        rows += [text.strong(sentence), ft.Row(choices, wrap=True, spacing=10, run_spacing=10)]
    return rows


def _brakes(sitting: Sitting, draft: Draft) -> list[ft.Control]:
    """Two wheels a row, as one walks along the truck; what is measured is said once for all."""
    say = sitting.say
    kinds: list[ft.Control] = [
        buttons.choice_button(
            say(word), chosen=draft.kind == kind, press=partial(setattr, draft, "kind", kind),
            key=f"brake-{kind}",
        )
        for kind, word in KINDS
    ]  # fmt: skip
    stroke = draft.kind in STROKES
    limit = say("Largest that is allowed") if stroke else say("Smallest that is allowed")
    rows: list[ft.Control] = [
        text.strong(say("Brake measures, in millimetres")),
        ft.Row(kinds, wrap=True, spacing=10, run_spacing=10),
        fields.text_field(
            limit, draft.limit, partial(setattr, draft, "limit"),
            key="brake-limit", numeric=True, suffix="mm",
        ),
    ]  # fmt: skip
    for axle in range(1, draft.axles + 1):
        wheels: list[ft.Control] = [
            ft.Container(_wheel(sitting, draft, axle, side, word), expand=True)
            for side, word in SIDES
        ]
        rows.append(ft.Row(wheels, spacing=12))
    if draft.axles < AXLES_MAX:
        more = buttons.plain_button(
            say("One more axle"),
            icon=ft.Icons.ADD,
            press=partial(setattr, draft, "axles", draft.axles + 1),
            key="brake-axle",
        )
        rows.append(ft.Row([more]))
    return rows


def _wheel(sitting: Sitting, draft: Draft, axle: int, side: str, word: str) -> ft.Control:
    wheel = f"{side}-{axle}"
    return fields.text_field(
        sitting.say(word, axle=axle), draft.typed.get(wheel, ""), partial(draft.take, wheel),
        key=f"brake-{wheel}", numeric=True, suffix="mm",
    )  # fmt: skip
