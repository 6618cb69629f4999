"""Examining a tablet: its database, what waits on it, how it stands with the server, its disk.

Nothing is changed unless asked; what is mended is what the server can tell again, or nobody needs.
"""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from datetime import datetime, timedelta
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.database import Database, open_database
from asset_model.facts import ContestedValue
from asset_model.findings import Finding
from asset_model.migrations import configuration
from field_app.store import intake
from field_app.store.images import rebuild
from field_app.store.local import (
    LAID_OVER,
    BucketPosition,
    FileState,
    LocalChange,
    PhotoFile,
    Replica,
    ServerImage,
    State,
)
from field_app.store.salvage import DATABASE
from field_app.store.schema import VERSIONS

WAITING_LONG = timedelta(days=1)
SILENT_AFTER = timedelta(days=3)
STALE_AFTER = timedelta(days=1)
CLOCK_ERROR_MAX_MS = 5 * 60 * 1000
FREE_BYTES_MIN = 500 << 20


def examine(folder: Path, *, now: datetime, mend: bool = False) -> Iterator[Finding]:
    """Everything found; what follows a damaged database is not looked at.

    :raises FileNotFoundError: there is no tablet's database in the folder
    """
    if not (folder / DATABASE).exists():
        raise FileNotFoundError(folder / DATABASE)
    standing = list(_integrity(folder / DATABASE))
    yield from standing
    yield from _disk(folder, now, mend=mend)
    yield from _identity(folder)
    if standing:
        return
    database = open_database(f"sqlite:///{(folder / DATABASE).absolute()}")
    try:
        with _opened(database, mend=mend) as session:
            yield from _waiting(session, now)
            yield from _server(session, now)
            yield from _buckets(session, mend=mend)
            yield from _images(session, mend=mend)
            yield from _photos(session)
    finally:
        database.close()


def _opened(database: Database, *, mend: bool) -> AbstractContextManager[Session]:
    return database.writing() if mend else database.reading()


def _integrity(file: Path) -> Iterator[Finding]:
    """SQLite's own check, and whether the tables are of this version."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            for (error,) in connection.execute("PRAGMA quick_check(10)").fetchall():
                if error != "ok":
                    yield Finding("damage", {"error": error})
            stand = {
                row[0] for row in connection.execute("SELECT version_num FROM alembic_version")
            }
        except sqlite3.Error as error:
            yield Finding("damage", {"error": str(error)})
            return
    newest = set(ScriptDirectory.from_config(configuration(VERSIONS)).get_heads())
    if stand != newest:
        details = {"stand": ", ".join(sorted(stand)), "newest": ", ".join(sorted(newest))}
        yield Finding("schema_differs", details)


def _disk(folder: Path, now: datetime, *, mend: bool) -> Iterator[Finding]:
    free = shutil.disk_usage(folder).free
    if free < FREE_BYTES_MIN:
        yield Finding("disk_low", {"free_mb": free >> 20})
    for pattern in ("*.new", "*.part"):
        for file in sorted(folder.rglob(pattern)):
            if file.stat().st_mtime < (now - STALE_AFTER).timestamp():
                if mend:
                    file.unlink(missing_ok=True)
                yield Finding("stale_file", {"file": str(file)}, mended=mend)


def _identity(folder: Path) -> Iterator[Finding]:
    """The two small files beside the database."""
    for name, missing in (("device.json", "not_enrolled"), ("install.json", "no_marker")):
        try:
            json.loads((folder / name).read_text())
        except FileNotFoundError:
            yield Finding(missing, grave=False)
        except (OSError, ValueError) as error:
            yield Finding("file_unreadable", {"file": name, "error": str(error)})


def _waiting(session: Session, now: datetime) -> Iterator[Finding]:
    groups = func.count(LocalChange.group_id.distinct())
    query = select(LocalChange.state, groups, func.min(LocalChange.made_at))
    for state, count, since in session.execute(query.group_by(LocalChange.state)):
        long = since < instant(now - WAITING_LONG)
        if state == State.PENDING:
            yield Finding("pending", {"count": count, "since": since[:16]}, grave=long)
        elif state in (State.PARKED, State.REFUSED):
            yield Finding(str(state), {"count": count, "since": since[:16]})
    contested = select(func.count()).where(ContestedValue.settled_at.is_(None))
    if values := session.scalar(contested):
        yield Finding("contested", {"count": values})


def _server(session: Session, now: datetime) -> Iterator[Finding]:
    replica = session.get(Replica, 1)
    if replica is None or replica.heard_at is None:
        yield Finding("never_heard", grave=False)
        return
    if replica.heard_at < now - SILENT_AFTER:
        yield Finding("silent", {"since": instant(replica.heard_at)[:16]})
    if abs(replica.clock_error_ms or 0) > CLOCK_ERROR_MAX_MS:
        yield Finding("clock", {"minutes": round((replica.clock_error_ms or 0) / 60_000)})
    if replica.sweeping:
        yield Finding("reading_again", grave=False)


def _buckets(session: Session, *, mend: bool) -> Iterator[Finding]:
    """Those that the server found different are read again from their beginning."""
    differing = select(BucketPosition).where(BucketPosition.differed > 0)
    for held in session.scalars(differing.order_by(BucketPosition.bucket)).all():
        if mend:
            intake.unconfirm_bucket(session, held.bucket)
            held.position = held.differed = 0
            held.verified = -1
            session.get_one(Replica, 1).sweeping = True
        yield Finding("bucket_differs", {"bucket": held.bucket}, mended=mend)


def _images(session: Session, *, mend: bool) -> Iterator[Finding]:
    """Images with nothing over them any more: their rows are to be shown as the server told."""
    over = select(LocalChange.id).where(
        LocalChange.table == ServerImage.table,
        LocalChange.row == ServerImage.row,
        LocalChange.state.in_(LAID_OVER),
    )
    orphans = session.scalars(select(ServerImage).where(~over.exists())).all()
    if mend:
        rebuild(session, [(image.table, image.row) for image in orphans])
    if orphans:
        yield Finding("orphan_images", {"count": len(orphans)}, mended=mend)


def _photos(session: Session) -> Iterator[Finding]:
    query = select(PhotoFile.state, func.count()).group_by(PhotoFile.state)
    for state, count in session.execute(query):
        if state == FileState.WAITING:
            yield Finding("photos_waiting", {"count": count}, grave=False)
        elif state in (FileState.REFUSED, FileState.LOST):
            yield Finding(f"photos_{state}", {"count": count})
