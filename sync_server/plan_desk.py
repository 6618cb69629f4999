"""What follows for plans: each is checked before it is kept; an order's end is its occurrence's."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from asset_model.assets import Asset, AssetClass
from asset_model.meters import Meter
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.sync.wire import Columns
from asset_model.vocabulary import AssetStatus, OccurrenceStatus, WorkOrderSource
from asset_model.vocabulary import WorkOrderStatus as S
from maintenance.filters import fits
from maintenance.saving import Surroundings, check_plan
from sync_server.workspace import Draft

LOOKED_AFTER = (AssetStatus.IN_SERVICE, AssetStatus.OUT_OF_SERVICE)
ENDS = {
    S.DONE: OccurrenceStatus.DONE,
    S.CLOSED: OccurrenceStatus.DONE,
    S.CANCELLED: OccurrenceStatus.SKIPPED,
}


def check(draft: Draft, row: str, columns: Columns) -> None:
    """A plan at rest may be anything: it asks for nothing, and can always be put to rest.

    :raises Refused: a code ``plan_…`` that says what is wrong, and how to mend it
    """
    if not columns["active"]:
        return
    plan = plan_of(row, columns)
    check_plan(plan, _surroundings(draft, plan))


def plan_of(row: str, columns: Columns) -> MaintenancePlan:
    starts_on = date.fromisoformat(columns["starts_on"])
    return MaintenancePlan(id=row, **{**columns, "starts_on": starts_on})


def _surroundings(draft: Draft, plan: MaintenancePlan) -> Surroundings:
    assets = _assets(draft, plan)
    every = _all(draft, MaintenancePlan, ("code", "nests"))
    return Surroundings(
        attributes=_attributes(draft, plan.class_code),
        assets={id: columns["tag"] for id, columns in assets.items()},
        metered=_metered(draft, plan, set(assets)),
        nests={other["code"]: other["nests"] for id, other in every.items() if id != plan.id},
    )


def _assets(draft: Draft, plan: MaintenancePlan) -> dict[str, Columns]:
    """The assets that the plan concerns, by id."""
    names = ("tag", "class_code", "status", "attributes")
    if plan.asset_id is not None:
        found = _all(draft, Asset, names, Asset.id == plan.asset_id)
        return {id: each for id, each in found.items() if id == plan.asset_id and _served(each)}
    if plan.class_code is None:
        return {}
    return {
        id: each
        for id, each in _all(draft, Asset, names, Asset.class_code == plan.class_code).items()
        if each["class_code"] == plan.class_code
        and _served(each)
        and fits(plan.asset_filter, each["attributes"])
    }


def _served(columns: Columns) -> bool:
    return columns["status"] in LOOKED_AFTER


def _attributes(draft: Draft, class_code: str | None) -> list[Columns] | None:
    found = _all(draft, AssetClass, ("code", "attributes"), AssetClass.code == class_code)
    every = (each["attributes"] for each in found.values() if each["code"] == class_code)
    return next(every, None)


def _metered(draft: Draft, plan: MaintenancePlan, assets: set[str]) -> dict[str, set[str]]:
    metered: dict[str, set[str]] = {}
    if not plan.triggers:
        return metered
    names = ("asset_id", "measure", "removed_at")
    for meter in _all(draft, Meter, names, Meter.removed_at.is_(None)).values():
        if meter["asset_id"] in assets and meter["removed_at"] is None:
            metered.setdefault(meter["measure"], set()).add(meter["asset_id"])
    return metered


def _all(draft: Draft, model: Any, names: Sequence[str], *where: Any) -> dict[str, Columns]:
    """Some columns of rows by id: of those in the database, and of those of this write."""
    columns = [getattr(model, name) for name in names]
    rows = draft.workspace.session.execute(select(model.id, *columns).where(*where))
    found = {id: dict(zip(names, values, strict=True)) for id, *values in rows}
    return found | {image.row: image.columns for image in draft.touched(model.__tablename__)}


def of_order(draft: Draft, row: str, columns: Columns) -> None:
    """An order of a plan moved on: its occurrence does too, and what it absorbed goes along.

    Where the order is cancelled, what it had absorbed asks for its own work again.
    """
    occurrence = draft.get("occurrence", row)
    if columns["source"] != WorkOrderSource.PLAN or occurrence is None:
        return
    status = ENDS.get(columns["status"], OccurrenceStatus.GENERATED)
    done_at = columns["completed_at"] if status == OccurrenceStatus.DONE else None
    moved = {"status": status, "done_at": done_at}
    draft.put(replace(occurrence, columns={**occurrence.columns, **moved}))
    session = draft.workspace.session
    inside = session.scalars(select(Occurrence.id).where(Occurrence.absorbed_by == row)).all()
    if status == OccurrenceStatus.SKIPPED:
        moved = {"status": OccurrenceStatus.FORECAST, "done_at": None, "absorbed_by": None}
    elif status == OccurrenceStatus.GENERATED:
        moved = {"status": OccurrenceStatus.ABSORBED, "done_at": None}
    for id in inside:
        absorbed = draft.get("occurrence", id)
        assert absorbed is not None
        draft.put(replace(absorbed, columns={**absorbed.columns, **moved}))
