"""The mark outside the database: how far each history had come when it was last seen.

Someone who copies yesterday's file back by hand tells nobody. The mark lies in the data folder, so
the database that comes back is behind it; then a new history begins, and the tablets bring back
what was lost.
"""

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from asset_model.database import Database
from asset_model.ids import NewId
from sync_server import feed
from sync_server.file_lock import locked
from sync_server.tables import ServerState

log = logging.getLogger(__name__)

FILE = "high-water.json"
LOCK = "high-water.lock"

EVERY_S = 5.0
"""How much of a history may go unmarked when the process is killed; a tablet that has seen more
than the database holds is proof as well."""


@dataclass(frozen=True)
class Mark:
    """The history seen last, and how far each one ever seen here had come."""

    epoch: str
    positions: dict[str, int]


@dataclass(frozen=True)
class Behind:
    """The database is an earlier one than the mark has seen."""

    epoch: str
    position: int
    seen: int
    """How far this history had come; as far as it stands where another one followed it."""


def check(database: Database, folder: Path, *, new_epoch: NewId) -> Behind | None:
    """Begin a new history where the database is behind its mark, say so, and move the mark."""
    with database.writing() as session:
        session.execute(select(ServerState.epoch).with_for_update())
        behind = compare(read(folder), *feed.state(session))
        if behind is not None:
            feed.begin_history(session, new_epoch())
    if behind is not None:
        log.warning(
            "the database stands at position %d of its history, and was seen at %d: an earlier"
            " copy was put in its place. A new history begins; tablets will offer again what they"
            " had sent.",
            behind.position,
            behind.seen,
        )
    note(database, folder)
    return behind


def compare(mark: Mark | None, epoch: str, position: int) -> Behind | None:
    """Whether a database that says this of itself is an earlier one than the mark has seen.

    A history that was never seen here is not: another database, or one restored properly.
    """
    seen = mark.positions.get(epoch) if mark else None
    if mark is None or seen is None or (position >= seen and epoch == mark.epoch):
        return None
    return Behind(epoch, position, seen)


def note(database: Database, folder: Path) -> None:
    """Bring the mark up to where the database stands. Costs one row read where nothing moved."""
    if _has_reached(read(folder), *_state(database)):
        return
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(folder / LOCK):  # Several servers may share the folder, and come here at once.
            mark, (epoch, position) = read(folder), _state(database)
            if not _has_reached(mark, epoch, position):
                positions = mark.positions if mark else {}
                reached = max(position, positions.get(epoch, 0))
                _write(folder / FILE, Mark(epoch, {**positions, epoch: reached}))
    except OSError as error:
        log.warning("the high-water mark in %s cannot be written: %s", folder, error.strerror)


def _state(database: Database) -> tuple[str, int]:
    with database.reading() as session:
        return feed.state(session)


def _has_reached(mark: Mark | None, epoch: str, position: int) -> bool:
    return mark is not None and mark.epoch == epoch and mark.positions.get(epoch, -1) >= position


@asynccontextmanager
async def kept(
    database: Database, folder: Path, *, every_s: float = EVERY_S
) -> AsyncIterator[None]:
    """The mark follows the database while the block runs, and stands at its end."""
    ended = asyncio.Event()

    async def follow() -> None:
        while not ended.is_set():
            try:
                await asyncio.wait_for(ended.wait(), every_s)
            except TimeoutError:
                pass
            await asyncio.to_thread(_note_or_warn, database, folder)

    following = asyncio.create_task(follow())
    try:
        yield
    finally:
        ended.set()
        await following


def _note_or_warn(database: Database, folder: Path) -> None:
    try:
        note(database, folder)
    except SQLAlchemyError as error:
        log.warning("the high-water mark could not follow: %s", error)


def read(folder: Path) -> Mark | None:
    """The mark; None where there is none that can be read."""
    try:
        told = json.loads((folder / FILE).read_text())
        return Mark(str(told["epoch"]), {str(k): int(v) for k, v in told["positions"].items()})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        log.warning("the high-water mark %s cannot be read; it is made anew", folder / FILE)
        return None


def _write(file: Path, mark: Mark) -> None:
    """Whole or not at all, and on the disk when this returns."""
    draft = file.with_suffix(".new")
    with draft.open("w") as stream:
        json.dump({"epoch": mark.epoch, "positions": mark.positions}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)
