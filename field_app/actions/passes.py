"""A crew tells of a pass along a street, and takes back one that was told by mistake."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.codec import columns_of
from asset_model.errors import Refused
from asset_model.fleet import Inspection
from asset_model.ids import Author
from asset_model.passes import Pass, PassKind, RateUnit, check_pass
from asset_model.roles import check_insert
from asset_model.transitions import OFFICE
from field_app.actions.acting import role_of
from field_app.actions.units import on_order
from field_app.reads.closures import Street
from field_app.store.edits import recorded

SHIFT = timedelta(hours=16)
"""So long a circle check says which unit somebody drives."""


@dataclass(frozen=True)
class Load:
    """How a truck goes along: said once, and true of each pass until something is changed."""

    kind: str = PassKind.CLEARING
    blade_down: bool | None = True
    material: str | None = None
    rate: float | None = None
    rate_unit: str = RateUnit.KG_PER_KM


@dataclass(frozen=True)
class NewPass:
    """What is told. `to_m` None: to the end of the street."""

    street: Street
    load: Load
    direction: str | None = None
    from_m: float = 0.0
    to_m: float | None = None
    order_id: str | None = None


def tell_pass(session: Session, new: NewPass, *, by: Author) -> Pass:
    """Done by now, with the unit of the order, else with the one last checked by whoever tells.

    :raises Refused: ``role_not_allowed``, and those of `check_pass`
    """
    check_insert(role_of(session, by), "pass")
    load = new.load
    spreads = load.material is not None and load.rate is not None
    told = Pass(
        id=by.new_id(), asset_id=new.street.asset_id, order_id=new.order_id,
        person_id=by.person_id, unit_id=_unit(session, new.order_id, by), kind=load.kind,
        direction=new.direction, from_m=new.from_m,
        to_m=new.street.length_m if new.to_m is None else new.to_m, done_at=by.now,
        noted_at=by.now, blade_down=load.blade_down, material=load.material,
        rate=load.rate if spreads else None, rate_unit=load.rate_unit if spreads else None,
        source="person", place=new.street.name,
    )  # fmt: skip
    check_pass(columns_of(told))
    with recorded(session, by=by):
        session.add(told)
    return told


def take_back(session: Session, pass_id: str, *, by: Author) -> None:
    """The pass was not made, or not like that: it stays on record, and counts no more.

    :raises Refused: ``role_not_allowed``, ``pass_not_yours``
    """
    role = role_of(session, by)
    check_insert(role, "pass")
    told = session.get_one(Pass, pass_id)
    if told.person_id != by.person_id and role not in OFFICE:
        raise Refused("pass_not_yours")
    if session.scalar(select(Pass.id).where(Pass.reverses_id == pass_id)) is not None:
        return  # A finger pressed twice.
    same = {**columns_of(told), "person_id": by.person_id, "received_at": None}
    told_now = {"noted_at": by.now, "done_at": told.done_at, "reverses_id": pass_id}
    with recorded(session, by=by):
        session.add(Pass(id=by.new_id(), **{**same, **told_now}))


def _unit(session: Session, order_id: str | None, by: Author) -> str | None:
    given = on_order(session, order_id) if order_id else []
    if given:
        return given[0].asset_id
    checked = (
        select(Inspection.asset_id)
        .where(Inspection.person_id == by.person_id, Inspection.ended_at >= by.now - SHIFT)
        .order_by(Inspection.ended_at.desc(), Inspection.id)
    )
    return session.scalars(checked.limit(1)).first()
