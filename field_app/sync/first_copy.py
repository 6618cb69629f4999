"""The first copy: a ready file instead of pages, where there is one and the link is good enough.

Nothing here can hold synchronization up: whatever goes wrong, pages follow in the same round or
in one of the next. It is taken by a replica that has read nothing yet, or nothing for long; what
waits to be sent is kept and laid over it (docs/decisions/0009).
"""

import logging
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from asset_model.database import Database
from asset_model.shape import shape
from asset_model.sync.offer import Asked, Offer
from field_app.store.bulk_intake import Unfit, examine, take_copy
from field_app.store.local import BucketPosition, Replica
from field_app.sync.part_file import PartFile, Spoiled
from field_app.sync.transport import LinkDown

log = logging.getLogger(__name__)

FAR_BEHIND = timedelta(days=7)
"""Since the replica last read to the end: the server then compares what is missing with all."""

GAIN_BYTES = 256 * 1024
"""A try that brought so much was worth it, and is continued at once."""

JUDGED_AFTER = timedelta(seconds=5)
TOO_LONG = timedelta(seconds=60)
"""A link that needs longer for the rest gets pages: the crew sees its first rows sooner."""

TRIES = 2
"""Of different files in one round: the first may have been replaced on the server."""


class Gone(Exception):
    """The server does not give this file any more."""


@dataclass(frozen=True)
class Copying:
    """How far the first copy is: bytes while fetching, tables while taking."""

    stage: Literal["fetching", "taking"]
    done: int
    total: int


Told = Callable[[Copying], None]


@runtime_checkable
class CopySource(Protocol):
    """A transport that can bring ready files."""

    def offer(self, asked: Asked) -> Offer | None:
        """None where pages serve better.

        :raises LinkDown, NotEnrolled:
        """

    def fetch(self, offer: Offer, start: int) -> Iterator[bytes]:
        """The file from this byte on.

        :raises Gone, LinkDown, NotEnrolled: after the pieces that came
        """


@dataclass(frozen=True)
class FirstCopy:
    """One attempt: where it comes from, where it goes, and who is told."""

    database: Database
    source: CopySource
    part: PartFile
    clock: Callable[[], datetime]
    told: Told
    stop: threading.Event | None

    def attempt(self, asked: Asked) -> int:
        """How many rows were taken.

        :raises LinkDown: try again later, and go on from what has come
        """
        for _ in range(TRIES):
            offer = self._offered(asked)
            if offer is None:
                break
            try:
                return self._take(offer) if self._fetched(offer) else 0
            except Gone:
                self.part.begin(None)
            except (Spoiled, Unfit) as error:
                log.warning("the first copy cannot be used: %s", error)
                self.part.begin(None)
                if self.part.count_failure(None):
                    break
        return 0

    def _offered(self, asked: Asked) -> Offer | None:
        """What to fetch: the file that has begun to come, or else the one offered now.

        An offer that fails is none: the pull that follows tells how the link is.
        """
        try:
            offer = self.source.offer(asked)
        except LinkDown as error:
            log.info("no first copy is offered: %s", error)
            return None
        if offer is None:
            self.part.clear()
            return None
        begun = self.part.offer
        if begun and (begun.epoch, begun.scope, begun.buckets) == _terms(offer):
            return begun
        if shutil.disk_usage(self.part.folder.parent).free < _room(offer):
            log.warning("no room for a first copy by file; pages take less")
            return None
        self.part.begin(offer)
        return offer

    def _fetched(self, offer: Offer) -> bool:
        """Whether the file is whole on disk."""
        while (before := self.part.size) < offer.bytes:
            try:
                if not self._fetch_on(offer, before):
                    return False
                if self.part.size < offer.bytes:
                    raise LinkDown("the file ended early")
            except LinkDown:
                if self.part.size - before >= GAIN_BYTES:
                    self.part.forget_failures(offer)
                elif self.part.count_failure(offer):
                    self.part.give_up()
                    return False
                else:
                    raise
        return True

    def _fetch_on(self, offer: Offer, start: int) -> bool:
        """Fetch until the answer ends. False when asked to stop, or when it would take too long."""
        began, shown = self.clock(), -1
        with closing(self.part.append(self.source.fetch(offer, start), offer)) as sizes:
            for size in sizes:
                if self.stop and self.stop.is_set():
                    return False
                if shown != (shown := size * 100 // offer.bytes):
                    self.told(Copying("fetching", size, offer.bytes))
                if is_too_slow(size - start, offer.bytes - size, self.clock() - began):
                    break
            else:
                return True
        log.info("the link is slow: pages instead of a first copy by file")
        self.part.give_up()
        return False

    def _take(self, offer: Offer) -> int:
        file = self.part.unpack(offer)
        examine(file)
        rows = take_copy(
            self.database,
            file,
            offer,
            told=lambda done, total: self.told(Copying("taking", done, total)),
        )
        self.part.clear()
        return rows


def take_if_due(
    database: Database,
    transport: object,
    clock: Callable[[], datetime],
    told: Told = lambda _: None,
    stop: threading.Event | None = None,
) -> int:
    """Take a ready copy where this replica has read nothing yet; otherwise do nothing. Its rows.

    :raises LinkDown: the file is on its way, and the link broke; the next round goes on
    """
    folder = _folder(database)
    if folder is None or not isinstance(transport, CopySource):
        return 0
    part = PartFile(folder)
    asked = _due(database, clock())
    if asked is None:
        part.clear()
    if asked is None or part.given_up:
        return 0
    try:
        return FirstCopy(database, transport, part, clock, told, stop).attempt(asked)
    except (OSError, SQLAlchemyError, sqlite3.Error):
        log.exception("the first copy by file failed; taking pages")
        part.give_up()
        return 0


def is_too_slow(came: int, missing: int, took: timedelta) -> bool:
    """Whether, at the rate at which this much came, the rest would take too long."""
    return took >= JUDGED_AFTER and missing * took > TOO_LONG * came


def _folder(database: Database) -> Path | None:
    """Beside the database; a database in memory has no place for files."""
    name = database.engine.url.database
    return None if name in (None, "", ":memory:") else Path(str(name)).parent / "first-copy"


def _due(database: Database, now: datetime) -> Asked | None:
    """What to ask for; None for a replica that pages serve better, or that has no terms yet."""
    with database.reading() as session:
        replica = session.get_one(Replica, 1)
        positions = session.scalars(select(BucketPosition.position)).all()
    if replica.epoch is None or replica.scope is None or not positions:
        return None
    is_first = not any(positions)
    is_behind = replica.pulled_at is not None and abs(now - replica.pulled_at) > FAR_BEHIND
    if not is_first and not is_behind:
        return None
    return Asked(epoch=replica.epoch, scope=replica.scope, position=min(positions), shape=shape())


def _terms(offer: Offer) -> tuple[str, str, tuple[str, ...]]:
    return offer.epoch, offer.scope, offer.buckets


def _room(offer: Offer) -> int:
    """The packed and the plain file, the database's log, and the database itself with indexes."""
    return offer.bytes + 4 * offer.plain_bytes
