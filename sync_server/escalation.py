"""Alerts that nobody has taken: whose turn it is next, noted once by one server.

Whose turn it is follows from the rows (`asset_model/alerts.py`); a tablet without signal works it
out the same. The note wakes the tablets, and stays as proof. Its id is that of the alert and the
rank: two servers that note it at once write one row.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.alerts import Acknowledgement, Alert, AlertCall, turns
from asset_model.database import Database
from asset_model.ids import NewId, derived_id
from sync_server import feed
from sync_server.desk import inserted, write


def escalate(database: Database, *, now: datetime, new_id: NewId) -> int:
    """Note the calls that are due and not noted yet; how many this server has written."""
    with database.reading() as session:
        waiting = {row.alert_id for row in due_calls(session, now=now)}
    if not waiting:
        return 0
    with database.writing() as session:
        # Whoever else notes calls of these alerts waits here, and then finds them noted.
        feed.images(session, [("alert", id) for id in waiting], lock=True)
        rows = due_calls(session, now=now)
        write(session, [inserted(row, new_id=new_id) for row in rows], now=now, new_id=new_id)
        return len(rows)


def due_calls(session: Session, *, now: datetime) -> list[AlertCall]:
    """Calls whose time has come, as rows to be added."""
    opened = session.scalars(select(Alert).where(Alert.closed_at.is_(None))).all()
    answers = _by_alert(session, Acknowledgement, opened)
    noted = _by_alert(session, AlertCall, opened)
    return [row for alert in opened for row in _due(alert, answers[alert.id], noted[alert.id], now)]


def _by_alert(session: Session, model: Any, opened: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    query = select(model).where(model.alert_id.in_([alert.id for alert in opened]))
    for row in session.scalars(query) if opened else ():
        found[row.alert_id].append(row)
    return found


def _due(
    alert: Alert, answers: list[Acknowledgement], noted: list[AlertCall], now: datetime
) -> Iterator[AlertCall]:
    known = {call.rank for call in noted}
    for call in turns(alert, answers, now=now, noted=noted).calls:
        if call.rank not in known:
            yield AlertCall(
                id=derived_id("alert call", alert.id, str(call.rank)),
                alert_id=alert.id,
                person_id=call.person_id,
                rank=call.rank,
                called_at=call.at,
                noted_at=now,
            )
