"""Removals are remembered for half a year, so that the feed never grows with history.

Who has read less far than a forgotten one cannot be told of it, and reads all anew (`pull.py`).
"""

import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete, select, tuple_
from sqlalchemy.exc import SQLAlchemyError

from asset_model.database import Database
from sync_server.recurring import recurring
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


def running(
    database: Database, clock: Callable[[], datetime], *, every_s: float = EVERY_S
) -> AbstractAsyncContextManager[None]:
    """Forgets at the start and every hour while the block runs; several servers may."""
    return recurring(partial(_forget_or_warn, database, clock), every_s)


def _forget_or_warn(database: Database, clock: Callable[[], datetime]) -> None:
    try:
        forget_removals(database, now=clock())
    except SQLAlchemyError as error:
        log.warning("old removals could not be forgotten: %s", error)
