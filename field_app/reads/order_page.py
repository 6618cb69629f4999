"""Everything one order's page shows, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from asset_model.assets import Asset, AssetClass
from asset_model.catalogue import Part
from asset_model.facts import (
    Comment,
    EquipmentUsed,
    MaterialUsed,
    OrderTransfer,
    StatusChange,
    TimeWorked,
)
from asset_model.people import Crew, Person
from asset_model.work_orders import Step, WorkOrder
from field_app.reads.families import Family, family_of
from field_app.reads.templates import part_names

FACTS_MAX = 200
"""Of each kind; an order with more has a problem that a longer page does not solve."""


@dataclass(frozen=True)
class TimeLine:
    person: str
    started_at: datetime
    length: timedelta
    activity: str | None


@dataclass(frozen=True)
class MaterialLine:
    person: str
    part: Part
    quantity: float


@dataclass(frozen=True)
class EquipmentLine:
    """`unit` is as crews call it: its name."""

    person: str
    unit: str
    hours: float | None
    km: float | None


@dataclass(frozen=True)
class Said:
    """Someone, some time, something: a comment, a status change, or that it was handed over.

    `status` is None for words; `to` says to whom it was handed.
    """

    person: str
    at: datetime
    text: str | None
    status: str | None = None
    received_at: datetime | None = None
    to: str | None = None


@dataclass(frozen=True)
class OrderPage:
    order: WorkOrder
    asset: Asset | None
    asset_class: AssetClass | None
    crew: str | None
    created_by: str | None
    steps: tuple[Step, ...]
    time: tuple[TimeLine, ...]
    material: tuple[MaterialLine, ...]
    history: tuple[Said, ...]
    equipment: tuple[EquipmentLine, ...] = ()
    assignee: str | None = None
    family: Family | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)
    """Those that it should take, by the code under which the order names them."""

    @property
    def street(self) -> str:
        return (self.asset.name if self.asset else None) or self.order.place or ""


def order_page(session: Session, order_id: str) -> OrderPage | None:
    order = session.get(WorkOrder, order_id)
    if order is None:
        return None
    asset = session.get(Asset, order.asset_id) if order.asset_id else None
    return OrderPage(
        order=order,
        asset=asset,
        asset_class=_class_of(session, asset),
        crew=_name(session, Crew, order.crew_id),
        created_by=_name(session, Person, order.created_by),
        steps=tuple(
            session.scalars(
                select(Step)
                .where(Step.work_order_id == order_id, Step.withdrawn.is_(False))
                .order_by(Step.rank, Step.id)
            )
        ),
        time=_time(session, order_id),
        material=_material(session, order_id),
        history=_history(session, order_id),
        equipment=_equipment(session, order_id),
        assignee=_name(session, Person, order.assignee_id),
        family=family_of(session, order),
        parts=part_names(session, [line["part"] for line in order.materials or ()]),
    )


def _class_of(session: Session, asset: Asset | None) -> AssetClass | None:
    if asset is None:
        return None
    return session.scalar(select(AssetClass).where(AssetClass.code == asset.class_code))


def _name(session: Session, model: type[Crew | Person], row_id: str | None) -> str | None:
    row: Any = session.get(model, row_id) if row_id else None
    return row.name if row else None


def _time(session: Session, order_id: str) -> tuple[TimeLine, ...]:
    query = (
        select(TimeWorked, Person.name)
        .outerjoin(Person, Person.id == TimeWorked.person_id)
        .where(TimeWorked.work_order_id == order_id)
        .order_by(TimeWorked.started_at)
        .limit(FACTS_MAX)
    )
    return tuple(
        TimeLine(name or "", fact.started_at, fact.ended_at - fact.started_at, fact.activity)
        for fact, name in session.execute(query)
    )


def _material(session: Session, order_id: str) -> tuple[MaterialLine, ...]:
    query = (
        select(MaterialUsed, Part, Person.name)
        .join(Part, Part.id == MaterialUsed.part_id)
        .outerjoin(Person, Person.id == MaterialUsed.person_id)
        .where(MaterialUsed.work_order_id == order_id)
        .order_by(MaterialUsed.used_at)
        .limit(FACTS_MAX)
    )
    return tuple(
        MaterialLine(name or "", part, fact.quantity) for fact, part, name in session.execute(query)
    )


def _equipment(session: Session, order_id: str) -> tuple[EquipmentLine, ...]:
    query = (
        select(EquipmentUsed, Asset.name, Person.name)
        .outerjoin(Asset, Asset.id == EquipmentUsed.asset_id)
        .outerjoin(Person, Person.id == EquipmentUsed.person_id)
        .where(EquipmentUsed.work_order_id == order_id)
        .order_by(EquipmentUsed.used_at)
        .limit(FACTS_MAX)
    )
    return tuple(
        EquipmentLine(name or "", unit or "", fact.hours, fact.km)
        for fact, unit, name in session.execute(query)
    )


def _history(session: Session, order_id: str) -> tuple[Said, ...]:
    """Words and status changes together, newest first."""
    words = session.execute(
        select(Comment, Person.name)
        .outerjoin(Person, Person.id == Comment.person_id)
        .where(Comment.work_order_id == order_id)
        .order_by(Comment.written_at.desc())
        .limit(FACTS_MAX)
    )
    moves = session.execute(
        select(StatusChange, Person.name)
        .outerjoin(Person, Person.id == StatusChange.person_id)
        .where(StatusChange.work_order_id == order_id)
        .order_by(StatusChange.changed_at.desc())
        .limit(FACTS_MAX)
    )
    said = [Said(name or "", fact.written_at, fact.text) for fact, name in words]
    said += [
        Said(name or "", fact.changed_at, fact.reason, fact.to_status, fact.received_at)
        for fact, name in moves
    ]
    said += _handed(session, order_id)
    return tuple(sorted(said, key=lambda line: line.at, reverse=True)[:FACTS_MAX])


def _handed(session: Session, order_id: str) -> list[Said]:
    giver, taker = aliased(Person), aliased(Person)
    query = (
        select(OrderTransfer, giver.name, taker.name, Crew.name)
        .outerjoin(giver, giver.id == OrderTransfer.person_id)
        .outerjoin(taker, taker.id == OrderTransfer.to_person_id)
        .outerjoin(Crew, Crew.id == OrderTransfer.to_crew_id)
        .where(OrderTransfer.work_order_id == order_id)
    )
    return [
        Said(name or "", fact.handed_at, fact.note, to=person or crew or "")
        for fact, name, person, crew in session.execute(query)
    ]
