"""Signing the maintenance sheet of an order: its lines as answered, and brake measures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.fleet_rules import TOWN_ZONE
from asset_model.fleet_vocabulary import Severity, SignedWith
from asset_model.ids import Author
from asset_model.numbers import shown
from asset_model.people import Person
from asset_model.roles import check_insert
from asset_model.transitions import unanswered
from asset_model.upkeep import BrakeMeasure, MaintenanceSheet
from asset_model.vocabulary import StepKind
from asset_model.work_orders import Step, WorkOrder
from field_app.actions.acting import role_of
from field_app.actions.circle_checks import Found, report_defect
from field_app.actions.work_orders import outside_limits
from field_app.reads.fleet import figures, open_defects
from field_app.reads.sheets import sheets_of
from field_app.store.edits import recorded

TOWN_LANGUAGE = "fr"
REPAIRED = "repaired"
OUTCOMES = (REPAIRED, Severity.MINOR, Severity.MAJOR)
REPAIRED_WORDS = "réparé sur place"
STROKES = ("pushrod",)
"""What grows as brakes wear; all else gets thinner."""


@dataclass(frozen=True)
class Measure:
    """What was measured at one wheel, in millimetres."""

    axle: int
    side: str
    value_mm: float


@dataclass(frozen=True)
class NewSheet:
    """What the mechanic adds to the answers of the order."""

    order_id: str
    odometer_km: float | None = None
    brake_kind: str = "lining"
    limit_mm: float | None = None
    """The least that is allowed; of a stroke, the most."""
    measures: Sequence[Measure] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """By step that does not conform: repaired on the spot, or the defect that it leaves."""
    signed_with: str = SignedWith.PIN


def sign_sheet(session: Session, new: NewSheet, *, by: Author) -> MaintenanceSheet:
    """The sheet of a unit's order. A second one replaces the first, which is kept.

    :raises Refused: ``role_not_allowed``; ``steps_unanswered`` while one that is required is;
        ``sheet_defect_open`` while a line that does not conform says not what became of it;
        ``unit_unknown`` where the order concerns no asset
    """
    role = role_of(session, by)
    check_insert(role, "maintenance_sheet")
    order = session.get_one(WorkOrder, new.order_id)
    steps = session.scalars(
        select(Step).where(Step.work_order_id == order.id).order_by(Step.rank, Step.id)
    ).all()
    if left := unanswered(steps):
        raise Refused("steps_unanswered", count=left)
    if order.asset_id is None:
        raise Refused("unit_unknown", tag="–", unit="–")
    sheet = _sheet(session, order, steps, new, by)
    wrong = not_conforming(steps)
    if untold := [step for step in wrong if new.outcomes.get(step.id) not in OUTCOMES]:
        raise Refused("sheet_defect_open", count=len(untold))
    with recorded(session, by=by):
        session.add(sheet)
        session.add_all(_measures(sheet, new, by))
    for step in wrong:
        _leave_defect(session, order.asset_id, step, new.outcomes[step.id], by)
    return sheet


def not_conforming(steps: Iterable[Step]) -> list[Step]:
    """The steps of which a sheet must say what became of them."""
    return [step for step in steps if _result(step) == "defect"]


def _leave_defect(session: Session, unit_id: str, step: Step, outcome: str, by: Author) -> None:
    """A defect of the unit, as if it had been found on a check; one that is open is no other."""
    there = session.scalars(open_defects([unit_id])).all()
    known = any(each.label_fr == step.label_fr and each.severity == outcome for each in there)
    if outcome != REPAIRED and not known:
        found = Found(outcome, None, None, step.label_fr, step.label_en, step.note)
        report_defect(session, unit_id, found, by=by)


def _sheet(
    session: Session, order: WorkOrder, steps: Iterable[Step], new: NewSheet, by: Author
) -> MaintenanceSheet:
    before = sheets_of(session, order.id)
    words = [step.answer for step in steps if step.kind == StepKind.TEXT and step.answer]
    rules = figures(session, by.now)
    assert order.asset_id is not None
    return MaintenanceSheet(
        id=by.new_id(),
        asset_id=order.asset_id,
        person_id=by.person_id,
        signed_name=session.get_one(Person, by.person_id).name,
        signed_with=new.signed_with,
        signed_at=by.now,
        order_id=order.id,
        title=order.title,
        done_on=by.now.astimezone(TOWN_ZONE).date(),
        garage=rules.operator_place,
        lines=[_line(step, new) for step in steps if step.kind != StepKind.TEXT],
        odometer_km=new.odometer_km,
        replaces_id=before[0].sheet.id if before else None,
        note="\n".join(words) or None,
    )


def _line(step: Step, new: NewSheet) -> dict[str, Any]:
    """Conforming or not: as it was answered, or as its number is within its limits."""
    told = [step.note]
    if step.kind == StepKind.NUMBER:
        told.insert(0, _measured(step))
    elif step.kind == StepKind.CHOICE:
        told.insert(0, step.answer)
    if new.outcomes.get(step.id) == REPAIRED:
        told.append(REPAIRED_WORDS)
    note = " – ".join(filter(None, told)) or None
    return {"label_fr": step.label_fr, "label_en": step.label_en, "result": _result(step),
            "note": note}  # fmt: skip


def _result(step: Step) -> str:
    if step.answer in (None, "na"):
        return "na"
    wrong = step.answer == "defect" if step.kind == StepKind.PASS_FAIL else outside_limits(step)
    return "defect" if wrong else "ok"


def _measured(step: Step) -> str | None:
    """The number as the town reads it: a sheet is one text for everyone."""
    if step.answer is None:
        return None
    return "\u00a0".join(filter(None, [shown(float(step.answer), TOWN_LANGUAGE), step.unit]))


def _limit(new: NewSheet) -> dict[str, float | None]:
    return {"maximum_mm" if new.brake_kind in STROKES else "minimum_mm": new.limit_mm}


def _measures(sheet: MaintenanceSheet, new: NewSheet, by: Author) -> list[BrakeMeasure]:
    return [
        BrakeMeasure(
            id=by.new_id(),
            asset_id=sheet.asset_id,
            person_id=by.person_id,
            sheet_id=sheet.id,
            measured_on=sheet.done_on,
            axle=each.axle,
            side=each.side,
            kind=new.brake_kind,
            value_mm=each.value_mm,
            **_limit(new),
        )
        for each in new.measures
    ]
