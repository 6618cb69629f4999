"""How far each tablet has read, told to the office: what it says it holds, and since when it is
silent. Nothing here is a guess: a row is on a tablet when the tablet has asked for what follows it.

A pull notes it on the device, which no tablet is sent; a job tells the office now and then, so that
an idle round moves nothing in the feed.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.database import Database
from asset_model.dispatching import TabletStanding
from asset_model.ids import NewId, derived_id
from asset_model.sync.wire import Columns
from sync_server.desk import edited, inserted, write
from sync_server.feed import Image, images
from sync_server.tables import Device

TABLE = "tablet_standing"
SILENT_AFTER = timedelta(minutes=15)
"""A tablet with signal asks four times a minute, and that it was here is noted every five."""


def noted(device: Device, *, held: int, sent_to: int, now: datetime) -> dict[str, Any]:
    """What a pull moves in the row of its device.

    It says that it holds everything up to `held`. Rows up to `sent_to` are on their way to it:
    until it asks for more, it has not said that it holds them.
    """
    read = {"read_to": held, "read_at": now} if _has_read(device, held) else {}
    return {**read, "sent_to": sent_to} if sent_to > (device.sent_to or 0) else read


def _has_read(device: Device, held: int) -> bool:
    """Whether this is news: it has what was sent, or is heard for the first time."""
    first = device.read_at is None and held > 0
    return first or (device.read_to or 0) < (device.sent_to or 0) <= held


def tell_office(database: Database, *, now: datetime, new_id: NewId) -> int:
    """Bring what the office is told of tablets in step; how many of them had moved."""
    with database.reading() as session:
        if not list(_moves(session, now)):
            return 0
    with database.writing() as session:
        moves = list(_moves(session, now))
        changes = [
            edited(TABLE, row, before, after, new_id=new_id)
            if before is not None
            else inserted(_born(row, after), new_id=new_id)
            for row, before, after in moves
        ]
        write(session, changes, now=now, new_id=new_id)
    return len(moves)


def _moves(session: Session, now: datetime) -> Iterator[tuple[str, Columns | None, Columns]]:
    query = select(Device).where(Device.kind != "office", Device.revoked_at.is_(None))
    devices = [one for one in session.scalars(query) if one.read_at is not None]
    ids = {device.id: derived_id("standing", device.id) for device in devices}
    told: dict[str, Image] = {
        image.row: image
        for image in images(session, [(TABLE, row) for row in ids.values()], lock=False)
    }
    for device in devices:
        row, after = ids[device.id], _told(device, now)
        before = told[row].columns if row in told else None
        if before != after:
            yield row, before, after


def _told(device: Device, now: datetime) -> Columns:
    heard = device.seen_at or device.read_at
    assert heard is not None
    assert device.read_at is not None
    silent = now - heard > SILENT_AFTER
    return {
        "code": device.code,
        "crew_id": device.crew_id,
        "district_id": device.district_id,
        "read_to": device.read_to,
        "read_at": instant(device.read_at),
        "silent_since": instant(heard) if silent else None,
    }


def _born(row: str, columns: Columns) -> object:
    times = {name: _time(columns[name]) for name in ("read_at", "silent_since")}
    return TabletStanding(id=row, **{**columns, **times})


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
