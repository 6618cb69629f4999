"""The time of one person on one order, running: it goes on across pages, locks and restarts.

It is this tablet's until it is stopped; then it becomes a fact of the order like any other.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.errors import Refused
from asset_model.ids import Author
from field_app.actions import facts
from field_app.store.local import LocalSetting

SHORTEST = timedelta(minutes=1)
"""Less was a touch by mistake: nothing is noted."""
LONGEST = timedelta(hours=facts.SHIFT_HOURS_MAX)


@dataclass(frozen=True)
class Running:
    order_id: str
    since: datetime


def running(session: Session, person_id: str) -> Running | None:
    setting = session.get(LocalSetting, _name(person_id))
    if setting is None:
        return None
    order_id, _, since = setting.value.partition(" ")
    return Running(order_id, datetime.fromisoformat(since))


def start(session: Session, order_id: str, *, by: Author) -> None:
    """Starts the author's time on an order; what ran on another is noted there first."""
    if running(session, by.person_id) is not None:
        stop(session, by=by)
    value = f"{order_id} {instant(by.now)}"
    session.merge(LocalSetting(name=_name(by.person_id), value=value))
    session.flush()


def stop(session: Session, *, by: Author) -> timedelta | None:
    """Stops it and notes it on its order; how long it was, None where nothing was noted.

    :raises Refused: ``time_ran_too_long`` after more than a day: the hours are to be written
    """
    found = running(session, by.person_id)
    if found is None:
        return None
    length = by.now - found.since
    if length > LONGEST:
        raise Refused("time_ran_too_long", hours=facts.SHIFT_HOURS_MAX)
    forget(session, by=by)
    if length < SHORTEST:
        return None
    facts.log_time(session, found.order_id, found.since, by.now, by=by)
    return length


def stop_on(session: Session, order_id: str, *, by: Author) -> timedelta | None:
    """Stops it if it runs on this order: the work there is over, or rests."""
    found = running(session, by.person_id)
    if found is None or found.order_id != order_id or by.now - found.since > LONGEST:
        return None
    return stop(session, by=by)


def forget(session: Session, *, by: Author) -> None:
    """Stops it and notes nothing."""
    setting = session.get(LocalSetting, _name(by.person_id))
    if setting is not None:
        session.delete(setting)
        session.flush()


def _name(person_id: str) -> str:
    return f"timer/{person_id}"
