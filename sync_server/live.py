"""Telling connected tablets that something is new, the moment it is committed.

One thread asks the database four times a second how far the feed has come: one look-up by key,
however many tablets listen, and whichever process wrote. Only those are told whose buckets moved.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from asset_model.database import Database
from sync_server.tables import BucketDigest, ServerState

ASK_EVERY_S = 0.25
log = logging.getLogger(__name__)


class Listener:
    """One connected device, and the buckets it wants to hear of."""

    def __init__(self, buckets: Iterable[str]) -> None:
        self.buckets = frozenset(buckets)
        self.news = asyncio.Event()


class Live:
    """Runs while the server does: `async with live.running(): ...`."""

    def __init__(self, database: Database, *, ask_every_s: float = ASK_EVERY_S) -> None:
        self._database = database
        self._ask_every_s = ask_every_s
        self._listeners: set[Listener] = set()
        self._stop = threading.Event()
        self._head = -1

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        self._stop.clear()
        self._head = await asyncio.to_thread(self._ask_head)
        thread = threading.Thread(target=self._watch, args=(loop,), name="voirie-live", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.hang_up()
            await asyncio.to_thread(thread.join)

    def hang_up(self) -> None:
        """The server is about to end: every line ends by itself, before it would be cut."""
        self._stop.set()
        for listener in list(self._listeners):
            listener.news.set()

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    @property
    def connected(self) -> int:
        return len(self._listeners)

    @asynccontextmanager
    async def listening(self, buckets: Iterable[str]) -> AsyncIterator[Listener]:
        listener = Listener(buckets)
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._stop.wait(self._ask_every_s):
            try:
                moved = self._moved()
            except SQLAlchemyError:
                log.exception("the feed could not be read; tablets ask by themselves meanwhile")
                continue
            if moved:
                loop.call_soon_threadsafe(self._tell, moved)

    def _ask_head(self) -> int:
        with self._database.reading() as session:
            return session.scalar(select(ServerState.position)) or 0

    def _moved(self) -> frozenset[str]:
        """The buckets that have moved since the last time."""
        with self._database.reading() as session:
            head = session.scalar(select(ServerState.position)) or 0
            if head == self._head:
                return frozenset()
            # A lower head is another history: then every bucket is news.
            since = self._head if head > self._head else -1
            query = select(BucketDigest.bucket).where(BucketDigest.position > since)
            self._head = head
            return frozenset(session.scalars(query))

    def _tell(self, moved: frozenset[str]) -> None:
        for listener in self._listeners:
            if not moved.isdisjoint(listener.buckets):
                listener.news.set()
