"""What a crew adds to an order: time, material, words. Facts are only ever added."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.facts import Comment, MaterialUsed, TimeWorked
from asset_model.ids import Author
from field_app.store.edits import recorded

SHIFT_HOURS_MAX = 24


def log_time(
    session: Session,
    order_id: str,
    started_at: datetime,
    ended_at: datetime,
    *,
    by: Author,
    activity: str | None = None,
    overtime: bool = False,
) -> None:
    """Time worked on an order by the author.

    :raises Refused: ``bad_value`` when it ends before it starts, or spans more than 24 h
    """
    _check_hours((ended_at - started_at) / timedelta(hours=1))
    with recorded(session, by=by):
        session.add(
            TimeWorked(
                id=by.new_id(),
                work_order_id=order_id,
                person_id=by.person_id,
                started_at=started_at,
                ended_at=ended_at,
                activity=activity,
                overtime=overtime,
            )
        )


def log_hours(session: Session, order_id: str, hours: float, *, by: Author) -> None:
    """So many hours until now.

    :raises Refused: ``bad_value``
    """
    _check_hours(hours)
    log_time(session, order_id, by.now - timedelta(hours=hours), by.now, by=by)


def _check_hours(hours: float) -> None:
    if not 0 < hours <= SHIFT_HOURS_MAX:
        raise Refused("bad_value", field="h", value=hours, why="0 < h ≤ 24")


def use_material(
    session: Session, order_id: str, part_id: str, quantity: float, *, by: Author
) -> None:
    """:raises Refused: ``bad_value`` when the quantity is not above zero"""
    if not 0 < quantity < 1_000_000:
        raise Refused("bad_value", field="quantity", value=quantity, why="> 0")
    with recorded(session, by=by):
        session.add(
            MaterialUsed(
                id=by.new_id(),
                work_order_id=order_id,
                person_id=by.person_id,
                part_id=part_id,
                quantity=quantity,
                used_at=by.now,
            )
        )


def comment(session: Session, order_id: str, text: str, *, by: Author) -> None:
    """:raises Refused: ``bad_value`` when nothing is said"""
    if not text.strip():
        raise Refused("bad_value", field="text", value="", why="…")
    with recorded(session, by=by):
        session.add(
            Comment(
                id=by.new_id(),
                work_order_id=order_id,
                person_id=by.person_id,
                text=text.strip(),
                written_at=by.now,
            )
        )
