"""What waits for a person to settle it: the foreman's list, and what an order has to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.matters import (
    NOT_TAKEN,
    TELLING,
    Choice,
    Matter,
    MatterKind,
    MatterState,
    Settlement,
)
from asset_model.people import Person
from asset_model.tables import OF_AN_ORDER, SYNCED
from asset_model.work_orders import WorkOrder
from field_app.reads.matter_page import MatterPage, matter_pages
from field_app.reads.searching import mentions
from field_app.store.local import UNSETTLED, LocalChange, State

MATTERS_MAX = 100
"""More than anyone settles in one sitting; beyond it, the list says how many there are."""


@dataclass(frozen=True)
class MatterList:
    pages: tuple[MatterPage, ...]
    total: int


def open_count(session: Session) -> int:
    """How many matters wait for a choice."""
    return session.scalar(select(func.count()).select_from(Matter).where(*_undecided())) or 0


def _undecided() -> list[ColumnElement[bool]]:
    """Open, and nothing chosen here is on its way to the server."""
    last = (
        select(Settlement.choice)
        .where(Settlement.matter_id == Matter.id, Settlement.result.is_(None))
        .order_by(Settlement.settled_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    return [Matter.state == MatterState.OPEN, or_(last.is_(None), last == Choice.REOPEN)]


def matters(session: Session, *, text: str = "") -> MatterList:
    """The gravest first, and of those the newest. `text`: words of the order, or of the author."""
    found = (
        select(Matter)
        .outerjoin(WorkOrder, WorkOrder.id == Matter.work_order_id)
        .outerjoin(Asset, Asset.id == WorkOrder.asset_id)
        .outerjoin(Person, Person.id == Matter.person_id)
        .where(*_undecided(), *(mentions(SAID, word) for word in text.split()))
    )
    newest = found.order_by(Matter.raised_at.desc(), Matter.id).limit(MATTERS_MAX)
    pages = matter_pages(session, session.scalars(newest).all())
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    return MatterList(tuple(sorted(pages, key=_gravity)), total)


SAID = (
    Asset.name,
    WorkOrder.place,
    WorkOrder.number,
    WorkOrder.alias,
    WorkOrder.title,
    Person.name,
    Matter.device_code,
)


def _gravity(page: MatterPage) -> int:
    """Work on an order that somebody else ended, before values, before tablets and notices."""
    if any(contest.column == "status" for contest in page.contests):
        return 0
    return 2 if page.matter.kind in TELLING else 1


def matters_of(session: Session, order_id: str) -> list[MatterPage]:
    """All that had, or has, to be settled on an order, the oldest first."""
    query = select(Matter).where(Matter.work_order_id == order_id)
    raised = session.scalars(query.order_by(Matter.raised_at, Matter.id)).all()
    known = {matter.act_id for matter in raised if matter.kind in NOT_TAKEN}
    own = [act for act in _own_acts(session, order_id) if act.act_id not in known]
    return matter_pages(session, raised) + matter_pages(session, own, raised=False)


def _own_acts(session: Session, order_id: str) -> list[Matter]:
    """Acts of this tablet on the order that were not taken, in the form of matters."""
    query = select(LocalChange).where(LocalChange.state.in_((*UNSETTLED, State.RETURNED)))
    changes = session.scalars(query.order_by(LocalChange.place)).all()
    about = {change.group_id for change in changes if _is_about(session, change, order_id)}
    by_group: dict[str, list[LocalChange]] = {}
    for change in changes:
        if change.group_id in about:
            by_group.setdefault(change.group_id, []).append(change)
    return [_as_matter(group, order_id) for group in by_group.values()]


def _is_about(session: Session, change: LocalChange, order_id: str) -> bool:
    if change.table == "work_order":
        return change.row == order_id
    if change.table not in OF_AN_ORDER:
        return False
    row = session.get(SYNCED[change.table], change.row)
    return order_id in (change.after.get("work_order_id"), getattr(row, "work_order_id", None))


def _as_matter(group: Sequence[LocalChange], order_id: str) -> Matter:
    first = next((change for change in group if change.code != "group_refused"), group[0])
    made_at = datetime.fromisoformat(first.made_at)
    returned = first.state == State.RETURNED
    return Matter(
        id=first.group_id,
        kind=MatterKind.PARKED if first.state == State.PARKED else MatterKind.REFUSED,
        state=MatterState.RETURNED if returned else MatterState.OPEN,
        work_order_id=order_id,
        act_id=first.group_id,
        person_id=first.person_id,
        made_at=made_at,
        raised_at=first.answered_at or made_at,
        changes=[_told(change) for change in group],
        code=first.code,
        details=first.details,
        choice=Choice.SEND_BACK if returned else None,
        word=first.details.get("word"),
    )


def _told(change: LocalChange) -> dict[str, object]:
    return {
        "change": change.id,
        "table": change.table,
        "row": change.row,
        "op": change.op,
        "before": change.before,
        "after": change.after,
    }
