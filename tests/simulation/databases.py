"""Databases in memory that processes die with, that fill up, and that copies are taken of."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy.orm import Session

from asset_model.database import Database, open_database

PAGE_BYTES = 512
"""The smallest that SQLite has: nearly every write needs a new one, and may find the disk full."""

NO_LIMIT = 1_000_000


class Crash(BaseException):
    """The process died here; what was committed stays, the rest is gone."""


class Fragile(Database):
    """A database whose process may die just before or just after one of its commits."""

    def __init__(self) -> None:
        super().__init__(open_database("sqlite://").engine)
        connection = self.engine.raw_connection().driver_connection
        assert isinstance(connection, sqlite3.Connection)
        self.raw = connection
        self.raw.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        self._dies: tuple[int, bool] | None = None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with super().writing() as session:
            session.info["database"] = self
            yield session
            self._commits(now=False)
        self._commits(now=True)

    def commit_too_early(self, session: Session) -> None:
        """In the middle of a transaction, as one of the planted bugs does."""
        session.flush()
        self._commits(now=False)
        self.raw.execute("COMMIT")
        self._commits(now=True)
        self.raw.execute("BEGIN IMMEDIATE")

    def die_at(self, commit: int, *, after: bool) -> None:
        """Die before or after the n-th commit from now on, if it comes to that."""
        self._dies = (commit, after)

    def have_room(self, pages: int) -> None:
        """The disk takes so many pages more, and is full then."""
        (count,) = self.raw.execute("PRAGMA page_count").fetchone()
        self.raw.execute(f"PRAGMA max_page_count = {count + pages}")

    def recover(self) -> None:
        """Whatever was to go wrong will not."""
        self._dies = None
        self.raw.execute(f"PRAGMA max_page_count = {NO_LIMIT}")

    def become(self, other: sqlite3.Connection) -> None:
        """Hold what the other one holds, whole."""
        self.recover()
        other.backup(self.raw)

    def _commits(self, *, now: bool) -> None:
        if self._dies is None:
            return
        left, after = self._dies
        if left == 0 and now == after:
            self._dies = None
            raise Crash("after the commit" if after else "before the commit")
        if now:
            self._dies = (left - 1, after)


@cache
def reused(name: str) -> Fragile:
    """Engines are used again from schedule to schedule: they remember the statements they built."""
    return Fragile()


def copied(connection: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    copy.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    connection.backup(copy)
    return copy
