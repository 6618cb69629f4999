"""Plans of an asset that is cut or joined, and how far each has come on it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.codec import columns_of
from asset_model.ids import NewId, derived_id
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.sync.wire import Change
from asset_model.vocabulary import OccurrenceStatus as S
from asset_model.work_orders import WorkOrder
from sync_server import desk
from sync_server.segments.edit import Edit, placed
from sync_server.segments.shaping import length_of

ENDED = (S.DONE, S.SKIPPED, S.MISSED)


def plans(session: Session, edit: Edit, new_id: NewId) -> Iterator[Change]:
    """A plan of one asset by name goes on at its longest heir, and its like at each other one."""
    ids = [old.id for old in edit.olds]
    query = select(MaintenancePlan).where(MaintenancePlan.asset_id.in_(ids))
    named = session.scalars(query.order_by(MaintenancePlan.code, MaintenancePlan.id)).all()
    likes = {like_of(plan.id, old.tag) for plan in named for old in edit.olds}
    for plan in named:
        old = next(old for old in edit.olds if old.id == plan.asset_id)
        if plan.id in likes:  # Its pieces are one again.
            yield desk.edited("maintenance_plan", plan.id, {"active": plan.active},
                              {"active": False}, new_id=new_id)  # fmt: skip
            continue
        longest = edit.longest(old)
        for tag in dict.fromkeys(heir.new for heir in edit.heirs if heir.old == old.tag):
            yield _go_on(plan, tag, edit.ids[tag], new_id, itself=tag == longest)


def _go_on(
    plan: MaintenancePlan, tag: str, asset_id: str, new_id: NewId, *, itself: bool
) -> Change:
    if itself:
        before, after = {"asset_id": plan.asset_id}, {"asset_id": asset_id}
        return desk.edited("maintenance_plan", plan.id, before, after, new_id=new_id)
    told = columns_of(plan) | {"asset_id": asset_id, "code": f"{plan.code}-{tag}"}
    like = MaintenancePlan(id=like_of(plan.id, tag), **told)
    return desk.inserted(like, new_id=new_id)


def like_of(plan_id: str, tag: str) -> str:
    """The id of the plan that does on another piece what a plan of one asset does."""
    return derived_id("plan of a piece", plan_id, tag)


def turns(session: Session, edit: Edit, new_id: NewId) -> Iterator[Change]:
    """Open work's occurrence goes with its order; each heir counts on from when it was done last.

    Of several parts it is the one that was done longest ago, and never where one never was.
    """
    for old in edit.olds:
        yield from _open(session, edit, old, new_id)
    for tag, asset_id in edit.ids.items():
        parts = [old for old, _ in edit.shares(tag)]
        found = [_ended(session, old) for old in parts]
        for plan_id in {plan for one in found for plan in one}:
            last = [one[plan_id] for one in found if plan_id in one]
            named = session.get_one(MaintenancePlan, plan_id).asset_id is not None
            if len(last) == len(found) or named:
                first = min(last, key=_moment)
                owner = next(old for old in parts if old.id == first.asset_id)
                apart = named and len(parts) == 1 and edit.longest(owner) != tag
                counted = like_of(plan_id, tag) if apart else plan_id
                yield from _counted(session, first, counted, asset_id, owner.tag, new_id)


def _moment(each: Occurrence) -> tuple[date, date]:
    """When it counts from: the day it was done, else the one it was due."""
    return (each.done_at.date() if each.done_at else each.due_on), each.due_on


def _open(session: Session, edit: Edit, old: Asset, new_id: NewId) -> Iterator[Change]:
    query = select(Occurrence).where(Occurrence.asset_id == old.id, Occurrence.status.not_in(ENDED))
    for each in session.scalars(query.order_by(Occurrence.id)):
        order = session.get(WorkOrder, each.absorbed_by or each.id)
        told = placed(order, old.tag, length_of(old), edit) if order else {}
        where: Any = told.get("asset_id") or edit.ids.get(edit.longest(old) or "")
        if where is not None and where != each.asset_id:
            before, after = {"asset_id": each.asset_id}, {"asset_id": where}
            yield desk.edited("occurrence", each.id, before, after, new_id=new_id)


def _ended(session: Session, old: Asset) -> dict[str, Occurrence]:
    """The last of each plan's occurrences on an asset that is over."""
    query = select(Occurrence).where(Occurrence.asset_id == old.id, Occurrence.status.in_(ENDED))
    ordered: Sequence[Occurrence] = session.scalars(
        query.order_by(Occurrence.due_on, Occurrence.id)
    ).all()
    return {each.plan_id: each for each in ordered}


def _counted(
    session: Session, last: Occurrence, plan_id: str, asset_id: str, tag: str, new_id: NewId
) -> Iterator[Change]:
    known = session.scalar(
        select(func.max(Occurrence.due_on)).where(
            Occurrence.plan_id == plan_id, Occurrence.asset_id == asset_id
        )
    )
    if known is not None and known >= last.due_on:
        return
    told = columns_of(last) | {
        "plan_id": plan_id,
        "asset_id": asset_id,
        "absorbed_by": None,
        "reasons": [{"code": "carried", "tag": tag}],
    }
    id = derived_id("occurrence of a piece", plan_id, asset_id, last.id)
    yield desk.inserted(Occurrence(id=id, **told), new_id=new_id)
