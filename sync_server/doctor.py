"""Examining a server: its database, its feed, its devices, what waits for a person.

Nothing is changed unless asked; what is mended then can be worked out anew from what stands.
"""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.database import Database
from asset_model.facts import ContestedValue
from asset_model.findings import Finding
from sync_server import feed, high_water
from sync_server.feed_check import feed_findings
from sync_server.notices.condition import notice_findings
from sync_server.photo_depot import Depot
from sync_server.table_history import newest_revisions, revisions_of
from sync_server.tables import Device, DeviceReport, JournalEntry, StoredPhoto

SILENT_AFTER = timedelta(days=7)
REPORTS_TOLD_FOR = timedelta(days=7)
STALE_AFTER = timedelta(days=1)
CLOCK_ERROR_MAX_S = 300
FREE_BYTES_MIN = 1 << 30

STALE = ("*.new", "*.part", "*.kept")
"""What a process that died leaves of a file it was writing."""


def examine(
    database: Database,
    folder: Path,
    *,
    now: datetime,
    depot: Depot | None = None,
    mend: bool = False,
) -> Iterator[Finding]:
    """Everything found, the gravest first: what follows a damaged database is not looked at."""
    damage = list(_integrity(database))
    yield from damage
    if damage:
        return
    revisions = _revisions(database)
    yield from revisions
    yield from _disk(folder, now, mend=mend)
    if revisions:
        return
    with database.reading() as session:
        yield from _mark(session, folder)
        yield from _waiting(session)
        yield from _devices(session, now)
        yield from _photos(session, depot)
        yield from notice_findings(session, now=now)
    yield from feed_findings(database, mend=mend)


def _integrity(database: Database) -> Iterator[Finding]:
    """SQLite checks its own pages. PostgreSQL checks none unless they are read: the feed's are."""
    if database.engine.dialect.name != "sqlite":
        return
    try:
        with database.reading() as session:
            for error in session.scalars(text("PRAGMA quick_check(10)")):
                if error != "ok":
                    yield Finding("damage", {"error": error})
    except DatabaseError as error:
        yield Finding("damage", {"error": str(error.orig)})


def _revisions(database: Database) -> list[Finding]:
    with database.engine.connect() as connection:
        stand, newest = revisions_of(connection), newest_revisions()
        tables = inspect(connection).get_table_names()
    if stand == newest and tables:
        return []
    details = {"stand": ", ".join(stand) or "–", "newest": ", ".join(newest)}
    return [Finding("schema_differs", details)]


def _disk(folder: Path, now: datetime, *, mend: bool) -> Iterator[Finding]:
    if not folder.is_dir():
        return
    free = shutil.disk_usage(folder).free
    if free < FREE_BYTES_MIN:
        yield Finding("disk_low", {"free_mb": free >> 20})
    for pattern in STALE:
        for file in sorted(folder.rglob(pattern)):
            # The parts of uploads are the upload's own until it has expired.
            if file.parent.name != "parts" and file.stat().st_mtime < _then(now):
                if mend:
                    file.unlink(missing_ok=True)
                yield Finding("stale_file", {"file": str(file)}, mended=mend)


def _then(now: datetime) -> float:
    return (now - STALE_AFTER).timestamp()


def _mark(session: Session, folder: Path) -> Iterator[Finding]:
    behind = high_water.compare(high_water.read(folder), *feed.state(session))
    if behind is not None:
        yield Finding("behind_mark", {"position": behind.position, "seen": behind.seen})


def _waiting(session: Session) -> Iterator[Finding]:
    groups = func.count(JournalEntry.group_id.distinct())
    parked = session.execute(
        select(JournalEntry.code, groups, func.min(JournalEntry.received_at))
        .where(JournalEntry.result == "parked", JournalEntry.code != "group_refused")
        .group_by(JournalEntry.code)
        .order_by(JournalEntry.code)
    )
    for code, count, since in parked:
        yield Finding("parked", {"code": code, "count": count, "since": _day(since)})
    refused = select(groups).where(
        JournalEntry.result == "refused", JournalEntry.code.not_in(("dropped", "sent_back"))
    )
    if acts := session.scalar(refused):
        yield Finding("refused", {"count": acts}, grave=False)
    open_ones = select(func.count(), func.min(ContestedValue.contested_at)).where(
        ContestedValue.settled_at.is_(None)
    )
    count, since = session.execute(open_ones).one()
    if count:
        yield Finding("contested", {"count": count, "since": _day(since)})


def _devices(session: Session, now: datetime) -> Iterator[Finding]:
    devices = session.scalars(select(Device).order_by(Device.code)).all()
    names = {device.id: device.code for device in devices if device.revoked_at is None}
    for device in devices:
        if device.id not in names:
            continue
        if device.seen_at is None and device.enrolled_at < now - SILENT_AFTER:
            yield Finding("device_never", {"device": device.code, "day": _day(device.enrolled_at)})
        elif device.seen_at is not None and device.seen_at < now - SILENT_AFTER:
            yield Finding("device_silent", {"device": device.code, "day": _day(device.seen_at)})
    yield from _clocks(session, names)
    recent = select(DeviceReport).where(DeviceReport.reported_at > now - REPORTS_TOLD_FOR)
    for report in session.scalars(recent.order_by(DeviceReport.id)):
        if report.device_id in names:
            yield _reported(report, names[report.device_id])


def _reported(report: DeviceReport, device: str) -> Finding:
    told = {"device": device, "day": _day(report.reported_at)}
    if report.kind == "ahead":
        return Finding("device_ahead", {**told, **report.details})
    return Finding("device_report", {**told, "kind": report.kind})


def _clocks(session: Session, names: dict[str, str]) -> Iterator[Finding]:
    """The clock of each device as it was when it last sent something."""
    last = (
        select(JournalEntry.device_id, func.max(JournalEntry.received_at).label("at"))
        .group_by(JournalEntry.device_id)
        .subquery()
    )
    query = (
        select(JournalEntry.device_id, func.max(JournalEntry.clock_error_s))
        .join(
            last,
            (last.c.device_id == JournalEntry.device_id) & (last.c.at == JournalEntry.received_at),
        )
        .group_by(JournalEntry.device_id)
        .order_by(JournalEntry.device_id)
    )
    for device_id, error_s in session.execute(query):
        if device_id in names and error_s is not None and abs(error_s) > CLOCK_ERROR_MAX_S:
            minutes = round(error_s / 60)
            yield Finding("device_clock", {"device": names[device_id], "minutes": minutes})


def _photos(session: Session, depot: Depot | None) -> Iterator[Finding]:
    if depot is None:
        return
    kept = set(depot.names())
    lost = [name for name in session.scalars(select(StoredPhoto.sha256)) if name not in kept]
    if lost:
        yield Finding("photos_lost", {"count": len(lost), "first": lost[0]})


def _day(moment: datetime) -> str:
    return instant(moment)[:10]
