"""What follows from reports, defects and signatures that come in: each is proven before it is kept.

Facts of the field are kept even where a unit should not have gone: the order says so. What an
office decides for later (an assignment, a dispatch) is refused.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from asset_model.base import instant
from asset_model.builtin_lists import builtin_forms
from asset_model.errors import Refused
from asset_model.fleet import Designation, UnitAssignment
from asset_model.fleet_rules import TOWN_ZONE, check_rule, repair_order_id
from asset_model.fleet_vocabulary import (
    Certified,
    Cognizance,
    FoundDuring,
    MadeAs,
    Severity,
    SignedWith,
    Task,
)
from asset_model.inspection_forms import check_form
from asset_model.readiness import Unit, check_may_be_planned, readiness
from asset_model.sync.wire import Columns
from sync_server.feed import Image
from sync_server.fleet_facts import (
    every,
    figures_at,
    known_at,
    moment,
    trailers_at,
    unit_of,
)
from sync_server.meter_desk import read_with
from sync_server.workspace import Draft

SIGNED = ("inspection", "countersignature", "repair_certificate", "service_exception")
CLOCKS_APART = timedelta(minutes=15)
"""A tablet's clock may run that much ahead and nobody minds."""
TABLES = frozenset({*SIGNED, "defect", "unit_assignment", "inspection_form", "legal_rule"})


def of_insert(draft: Draft, table: str, row: str, columns: Columns) -> Columns:
    """The columns as they are kept.

    :raises Refused: what a report must say and does not; ``row_unknown`` until what it is about
        is here
    """
    if table == "inspection_form":
        check_form(columns)
        return columns
    if table == "legal_rule":
        check_rule(columns["code"], columns["value"])
        return columns
    unit = _unit(draft, columns["asset_id"])
    if table == "unit_assignment":
        return columns
    if table in SIGNED:
        _check_signature(columns)
    columns = _PROVEN[table](draft, row, columns, unit)
    if table == "inspection":
        _read_odometer(draft, row, columns)
    return {**columns, "received_at": instant(draft.workspace.now)}


def _read_odometer(draft: Draft, row: str, columns: Columns) -> None:
    asset = draft.get("asset", columns["asset_id"])
    assert asset is not None
    report = Image("inspection", row, columns, asset.buckets)
    taken_at = moment(columns["ended_at"])
    read_with(draft, report, asset=asset, km=columns["odometer_km"], taken_at=taken_at)


def _unit(draft: Draft, asset_id: str) -> Unit:
    unit = unit_of(draft, asset_id)
    if unit is None:
        raise Refused("unit_unknown", unit=asset_id)
    return unit


def _check_signature(columns: Columns) -> None:
    _one_of(columns, "signed_with", SignedWith)
    if not columns["signed_name"].strip():
        raise Refused("signature_needed")


def _inspection(draft: Draft, row: str, columns: Columns, unit: Unit) -> Columns:
    """The nine fields of the report, and every item of its lists answered."""
    _one_of(columns, "made_as", MadeAs)
    for field in ("unit_name", "operator", "place"):
        if not columns[field].strip():
            raise Refused("check_unreadable", field=field, expected="…")
    if columns["started_at"] > columns["ended_at"]:
        raise Refused("check_unreadable", field="ended_at", expected="≥ started_at")
    if columns["made_as"] == MadeAs.DESIGNATED:
        _check_designated(draft, columns)
    answers = columns["answers"]
    if not isinstance(answers, dict):
        raise Refused("check_unreadable", field="answers", expected="{…}")
    items = _items(draft, columns["form_id"])
    left = [item for item in items if not item.get("mounted") and item["code"] not in answers]
    if left:
        raise Refused("check_unanswered", count=len(left))
    return columns


def _items(draft: Draft, form_id: str) -> list[Columns]:
    """What a list asks: one on record, or one that the product brings.

    :raises Refused: ``check_unknown_form``
    """
    on_record = draft.get("inspection_form", form_id)
    if on_record is not None:
        return list(on_record.columns["items"])
    for form in builtin_forms():
        if form.id == form_id:
            return list(form.items)
    raise Refused("check_unknown_form")


def _check_designated(draft: Draft, columns: Columns) -> None:
    on = moment(columns["ended_at"]).astimezone(TOWN_ZONE).date().isoformat()
    task = Task.CIRCLE_CHECK
    for held in every(draft, Designation, holder_id=columns["person_id"], task=task):
        until = held.columns["until_on"]
        if held.columns["from_on"] <= on and (until is None or on <= until):
            return
    raise Refused("not_designated", name=columns["signed_name"])


def _countersignature(draft: Draft, row: str, columns: Columns, unit: Unit) -> Columns:
    _one_of(columns, "result", Cognizance)
    _check_about(draft, "inspection", columns["inspection_id"], unit, "check_unreadable")
    return columns


def _defect(draft: Draft, row: str, columns: Columns, unit: Unit) -> Columns:
    """Its delay is the law's, whatever a tablet that did not know it better has said."""
    _one_of(columns, "severity", Severity)
    _one_of(columns, "found_during", FoundDuring)
    if not columns["label_fr"].strip():
        raise Refused("defect_without_words")
    due: Columns = {"due_at": None, "due_rule": None}
    if columns["severity"] == Severity.MINOR:
        # A tablet whose clock runs ahead gives nobody more time.
        found_at = min(moment(columns["found_at"]), draft.workspace.now)
        figures = figures_at(draft, found_at)
        due["due_at"] = instant(found_at + figures.minor_delay)
        due["due_rule"] = figures["minor_defect_delay"].named
    return {**columns, **due, "repair_order_id": repair_order_id(row)}


def _certificate(draft: Draft, row: str, columns: Columns, unit: Unit) -> Columns:
    _one_of(columns, "result", Certified)
    _check_about(draft, "defect", columns["defect_id"], unit, "defect_unknown")
    return columns


def _exception(draft: Draft, row: str, columns: Columns, unit: Unit) -> Columns:
    signed_at, until = moment(columns["signed_at"]), moment(columns["until"])
    longest = figures_at(draft, signed_at).exception_max
    ends = min(signed_at + longest, draft.workspace.now + longest + CLOCKS_APART)
    if not signed_at < until <= ends:
        raise Refused("exception_too_long", hours=longest.total_seconds() / 3_600)
    if not columns["word"].strip():
        raise Refused("reason_required", wanted="exception")
    if not all(isinstance(columns[name], list) for name in ("reasons", "covers")):
        raise Refused("check_unreadable", field="reasons", expected="[…]")
    return {**columns, "seen_at": None, "seen_by": None}


_PROVEN: dict[str, Any] = {
    "inspection": _inspection,
    "countersignature": _countersignature,
    "defect": _defect,
    "repair_certificate": _certificate,
    "service_exception": _exception,
}


def _check_about(draft: Draft, table: str, row: str, unit: Unit, code: str) -> None:
    about = draft.get(table, row)
    if about is None:
        raise Refused("row_unknown", row=row)
    if about.columns["asset_id"] != unit.id:
        raise Refused(code, field="asset_id", expected=unit.tag)


def _one_of(columns: Columns, field: str, words: Iterable[str]) -> None:
    if columns[field] not in list(words):
        raise Refused("check_unreadable", field=field, expected=", ".join(words))


def check_planned(draft: Draft, asset_ids: Iterable[str]) -> None:
    """Nobody at a desk gives work to a unit that is out of service.

    :raises Refused: ``unit_…``
    """
    for asset_id in asset_ids:
        if (unit := unit_of(draft, asset_id)) is not None:
            now = draft.workspace.now
            known, behind = known_at(draft, asset_id, now), trailers_at(draft, asset_id, now)
            check_may_be_planned(readiness(unit, known, None, now=now, beside=behind))


def any_out_of_service(draft: Draft, asset_ids: Iterable[str], at: datetime) -> bool:
    """Whether one of these units might not have gone, at that moment."""
    units = (unit_of(draft, asset_id) for asset_id in asset_ids)
    return any(
        not readiness(
            unit,
            known_at(draft, unit.id, at),
            None,
            now=at,
            beside=trailers_at(draft, unit.id, at),
        ).may_be_planned
        for unit in units
        if unit is not None
    )


def units_on(draft: Draft, order_id: str) -> list[str]:
    """The units that are assigned to an order and not released."""
    assigned = every(draft, UnitAssignment, work_order_id=order_id, released_at=None)
    return [image.columns["asset_id"] for image in assigned]
