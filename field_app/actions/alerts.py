"""Raising an alert, answering it, making an order of it, and closing it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from asset_model.alerts import Acknowledgement, Alert, Answer, check_callees
from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.geometry import middle
from asset_model.ids import Author
from asset_model.roles import check_edit, check_insert
from asset_model.vocabulary import WorkOrderKind, WorkOrderSource
from asset_model.work_orders import WorkOrder
from field_app.actions.acting import role_of
from field_app.actions.checklists import CHECKLISTS
from field_app.actions.new_orders import NewOrder
from field_app.actions.work_orders import create
from field_app.store.edits import recorded

TITLE_LENGTH_MAX = 200


@dataclass(frozen=True)
class NewAlert:
    """`people`: who is called, in that order, each for `minutes` before the next."""

    title: str
    people: Sequence[str]
    minutes: int
    asset_id: str | None = None
    place: str | None = None
    details: str | None = None


def raise_alert(session: Session, new: NewAlert, *, by: Author) -> Alert:
    """:raises Refused: ``role_not_allowed``, ``bad_value``, ``nobody_called``"""
    check_insert(role_of(session, by), "alert")
    if not new.title.strip() or len(new.title) > TITLE_LENGTH_MAX:
        raise Refused("bad_value", field="title", value=new.title[:20], why="1–200")
    if not new.people:
        raise Refused("nobody_called")
    callees = [{"person_id": person, "minutes": new.minutes} for person in new.people]
    check_callees(callees)
    asset = session.get(Asset, new.asset_id) if new.asset_id else None
    spot = middle(asset.geometry) if asset is not None and asset.geometry else (None, None)
    alert = Alert(
        id=by.new_id(),
        title=new.title.strip(),
        details=new.details,
        asset_id=new.asset_id,
        place=new.place or (asset.name if asset else None),
        longitude=spot[0],
        latitude=spot[1],
        callees=callees,
        created_at=by.now,
        created_by=by.person_id,
    )
    with recorded(session, by=by):
        session.add(alert)
    return alert


def answer(session: Session, alert_id: str, said: Answer, *, by: Author) -> None:
    """I have it; or I cannot, and the next one is called.

    :raises Refused: ``role_not_allowed``, ``alert_closed``
    """
    check_insert(role_of(session, by), "acknowledgement")
    if session.get_one(Alert, alert_id).closed_at is not None:
        raise Refused("alert_closed")
    with recorded(session, by=by):
        session.add(
            Acknowledgement(
                id=by.new_id(),
                alert_id=alert_id,
                person_id=by.person_id,
                answer=said,
                acknowledged_at=by.now,
            )
        )


def assign(
    session: Session, alert_id: str, crew_id: str, *, by: Author, device_code: str
) -> WorkOrder:
    """An emergency order of the alert, dispatched to a crew.

    :raises Refused: ``role_not_allowed``, ``alert_closed``
    """
    check_edit(role_of(session, by), "alert", frozenset({"order_id"}))
    alert = session.get_one(Alert, alert_id)
    if alert.closed_at is not None:
        raise Refused("alert_closed")
    new = NewOrder(
        title=alert.title,
        asset_id=alert.asset_id,
        kind=WorkOrderKind.EMERGENCY,
        priority=1,
        description=alert.details,
        place=alert.place,
        crew_id=crew_id,
        source=WorkOrderSource.ALERT,
        steps=CHECKLISTS[WorkOrderKind.EMERGENCY],
    )
    order = create(session, new, by=by, device_code=device_code, dispatch=True)
    with recorded(session, by=by):
        alert.order_id = order.id
    return order


def close(session: Session, alert_id: str, word: str, *, by: Author) -> None:
    """Nobody is called any more; `word` says how it ended.

    :raises Refused: ``role_not_allowed``, ``bad_value``
    """
    columns = frozenset({"closed_at", "closed_by", "closing_word"})
    check_edit(role_of(session, by), "alert", columns)
    if not word.strip():
        raise Refused("bad_value", field="closing_word", value="", why="…")
    alert = session.get_one(Alert, alert_id)
    with recorded(session, by=by):
        alert.closed_at, alert.closed_by, alert.closing_word = by.now, by.person_id, word.strip()
