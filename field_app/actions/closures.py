"""Closing a street to traffic for an order, saying that it takes longer, and lifting it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from asset_model.closures import Closure, ClosureKind, ClosureStatus
from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.roles import check_edit, check_insert
from field_app.actions.acting import role_of
from field_app.reads.closures import Street
from field_app.store.edits import recorded


@dataclass(frozen=True)
class NewClosure:
    """What is asked for. `begins_at` None: from now on; `ends_at` None: nobody knows yet."""

    order_id: str
    street: Street
    from_m: float
    to_m: float
    kind: str = ClosureKind.CLOSED
    side: str | None = None
    cause: str = "works"
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    detour: str = ""


def close_street(session: Session, new: NewClosure, *, by: Author) -> None:
    """:raises Refused: ``role_not_allowed``, ``closure_no_stretch``, ``closure_backwards``"""
    check_insert(role_of(session, by), "closure")
    if not 0 <= new.from_m < new.to_m:
        raise Refused("closure_no_stretch", from_m=new.from_m, to_m=new.to_m)
    begins = new.begins_at or by.now
    if new.ends_at is not None and new.ends_at <= begins:
        raise Refused("closure_backwards", begins_at=begins, ends_at=new.ends_at)
    ahead = begins > by.now
    with recorded(session, by=by):
        session.add(
            Closure(
                id=by.new_id(),
                asset_id=new.street.asset_id,
                order_id=new.order_id,
                person_id=by.person_id,
                made_at=by.now,
                place=new.street.name,
                kind=new.kind,
                status=ClosureStatus.PLANNED if ahead else ClosureStatus.IN_FORCE,
                from_m=new.from_m,
                to_m=new.to_m,
                side=new.side,
                begins_at=begins,
                ends_at=new.ends_at,
                cause=new.cause,
                detour=new.detour.strip() or None,
            )
        )


def put_in_force(session: Session, closure_id: str, *, by: Author) -> None:
    """A planned closure has begun: the signs are out.

    :raises Refused: ``role_not_allowed``, ``closure_lifted``
    """
    closure = _standing(session, closure_id, by)
    with recorded(session, by=by):
        closure.status = ClosureStatus.IN_FORCE


def lift(session: Session, closure_id: str, *, by: Author) -> None:
    """The street is open again.

    :raises Refused: ``role_not_allowed``, ``closure_lifted``
    """
    closure = _standing(session, closure_id, by)
    with recorded(session, by=by):
        closure.status = ClosureStatus.LIFTED
        closure.lifted_at, closure.lifted_by = by.now, by.person_id


def _standing(session: Session, closure_id: str, by: Author) -> Closure:
    check_edit(role_of(session, by), "closure", frozenset({"status"}))
    closure = session.get_one(Closure, closure_id)
    if closure.status == ClosureStatus.LIFTED:
        raise Refused("closure_lifted")
    return closure
