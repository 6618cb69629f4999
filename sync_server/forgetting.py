"""Removals are remembered for half a year, so that the feed never grows with history.

Who has read less far than a forgotten one cannot be told of it, and reads all anew (`pull.py`).
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy import delete, select, tuple_
from sqlalchemy.exc import SQLAlchemyError

from asset_model.database import Database
from sync_server.tables import FeedEntry, ServerState

log = logging.getLogger(__name__)

REMEMBERED_FOR = timedelta(days=180)

AT_ONCE = 500
"""In one transaction: writers wait for it, some milliseconds."""

EVERY_S = 3_600.0


def forget_removals(database: Database, *, now: datetime) -> int:
    """Forget what left its bucket too long ago; how many removals that were."""
    forgotten = 0
    while count := _forget_some(database, now - REMEMBERED_FOR):
        forgotten += count
    return forgotten


def _forget_some(database: Database, before: datetime) -> int:
    """The oldest ones, and the floor above them, in one transaction.

    The lock of the positions comes first: a row that comes back now is seen to be back.
    """
    key = (FeedEntry.bucket, FeedEntry.table, FeedEntry.row)
    with database.writing() as session:
        state = session.execute(select(ServerState).with_for_update()).scalar_one()
        oldest = (
            select(FeedEntry.position, *key)
            .where(FeedEntry.gone_at < before, FeedEntry.gone.is_not(None))
            .order_by(FeedEntry.gone_at)
            .limit(AT_ONCE)
        )
        found = session.execute(oldest).all()
        if found:
            gone = [tuple(entry)[1:] for entry in found]
            session.execute(delete(FeedEntry).where(tuple_(*key).in_(gone)))
            state.floor = max(state.floor, *(entry.position for entry in found))
        return len(found)


@asynccontextmanager
async def running(
    database: Database, clock: Callable[[], datetime], *, every_s: float = EVERY_S
) -> AsyncIterator[None]:
    """Forgets at the start and every hour while the block runs; several servers may."""
    ended = asyncio.Event()

    async def forget() -> None:
        while True:
            await asyncio.to_thread(_forget_or_warn, database, clock())
            try:
                await asyncio.wait_for(ended.wait(), every_s)
            except TimeoutError:
                continue
            return

    forgetting = asyncio.create_task(forget())
    try:
        yield
    finally:
        ended.set()
        await forgetting


def _forget_or_warn(database: Database, now: datetime) -> None:
    try:
        forget_removals(database, now=now)
    except SQLAlchemyError as error:
        log.warning("old removals could not be forgotten: %s", error)
