"""The repair order of a defect: made with it, in the same transaction, and only once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from asset_model.fleet_vocabulary import Severity
from asset_model.ids import derived_id
from asset_model.people import Crew, District
from asset_model.sync.wire import Change, Columns, Group, Outcome
from asset_model.vocabulary import Flag, Role, WorkOrderKind, WorkOrderSource
from asset_model.vocabulary import WorkOrderStatus as S
from sync_server.decide import Maker, decide
from sync_server.feed import Image
from sync_server.fleet_desk import any_out_of_service, units_on
from sync_server.fleet_facts import every, figures_at, moment
from sync_server.workspace import Draft

LANGUAGE = "fr"
"""The town's: an order's title and reason are one text that everyone reads."""
PRIORITY = {Severity.MAJOR: 1, Severity.MINOR: 2}
REASONS = {
    Severity.MAJOR: "Défectuosité majeure\u00a0: unité hors service jusqu’à l’attestation",
    Severity.MINOR: "Défectuosité mineure\u00a0: à réparer dans les {hours:g}\u00a0h",
}


def follow(draft: Draft, change: Change, maker: Maker) -> None:
    """What a change that stands asks for beyond its own row."""
    if change.table == "defect" and change.op == "insert":
        _order_repair(draft, change.row)
    if change.table == "unit_assignment" and change.op == "insert":
        _look(draft, change.after["work_order_id"], change.after["assigned_at"])
    if change.table == "work_order" and change.after.get("status") == S.IN_PROGRESS:
        _look(draft, change.row, maker.made_at)


def _order_repair(draft: Draft, defect_id: str) -> None:
    defect = draft.get("defect", defect_id)
    assert defect is not None
    order_id = defect.columns["repair_order_id"]
    if draft.get("work_order", order_id) is not None:
        return
    change = Change(
        id=derived_id("change of a repair order", defect_id),
        table="work_order",
        row=order_id,
        op="insert",
        after=_order(draft, defect),
    )
    outcomes: Sequence[Outcome] = [decide(draft, change, _OWN_HAND)]
    group = Group(
        id=derived_id("group of a repair order", defect_id),
        person="",
        made_at=defect.columns["received_at"],
        changes=(change,),
    )
    draft.ensuing.entailed.append((group, list(outcomes)))


_OWN_HAND = Maker(None, Role.ADMINISTRATOR, None, None)


def _order(draft: Draft, defect: Image) -> Columns:
    """Sent to the garage's crew at once: at three in the morning nobody is there to dispatch it."""
    said = defect.columns
    unit: Any = draft.get("asset", said["asset_id"])
    severity = Severity(said["severity"])
    figures = figures_at(draft, moment(said["found_at"]))
    crews = every(draft, Crew, shop=figures.repair_shop)
    crew = min(crews, key=lambda each: str(each.columns["code"]), default=None)
    title = f"{unit.columns['tag']}\u00a0: {said[f'label_{LANGUAGE}']}"
    return {
        "title": title[:200],
        "description": said["note"],
        "kind": WorkOrderKind.CORRECTIVE,
        "priority": PRIORITY[severity],
        "status": S.DISPATCHED if crew else S.PLANNED,
        "source": WorkOrderSource.DEFECT,
        "asset_id": unit.row,
        "crew_id": crew.row if crew else None,
        "district_id": _district(draft, said["person_id"]),
        "place": unit.columns["address"] or unit.columns["name"],
        "due_at": said["due_at"],
        "due_reason": REASONS[severity].format(hours=figures.minor_delay.total_seconds() / 3_600),
        "created_at": said["found_at"],
        "created_by": said["person_id"],
    }


def _district(draft: Draft, person_id: str) -> str | None:
    """That of whoever found it: on their tablet they see what becomes of it, and add pictures.

    Tablets of crews without a district hold every district, so any will do for theirs.
    """
    person = draft.get("person", person_id)
    crew_id = person.columns["crew_id"] if person else None
    crew = draft.get("crew", crew_id) if crew_id else None
    if crew is not None and crew.columns["district_id"]:
        return str(crew.columns["district_id"])
    districts = every(draft, District)
    return min((each.row for each in districts), default=None) if crew else None


def _look(draft: Draft, order_id: str, at: str | None) -> None:
    """Work that began with a unit out of service stays as it was told, and its order says so."""
    order = draft.get("work_order", order_id)
    when: datetime = moment(at) if at else draft.workspace.now
    if order is None or order.columns["status"] not in (S.IN_PROGRESS, S.ON_HOLD, S.DONE):
        return
    if any_out_of_service(draft, units_on(draft, order_id), when):
        flagged = {**order.columns, "flag": Flag.UNIT_OUT_OF_SERVICE}
        draft.put(replace(order, columns=flagged))
