"""Opening databases the same way on the tablet and on the server."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from asset_model.fair_lock import FairLock
from asset_model.troubles import Trouble, trouble_of

BUSY_TIMEOUT_MS = 15_000
"""How long a writer waits for another one; a bulk import may hold SQLite for seconds."""

HURRIED_MS = 20
"""How long PostgreSQL waits for a row that somebody else holds, where the write may be left."""


class Database:
    """Sessions on one database: `reading()` sees one moment, `writing()` is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        writer = engine.execution_options(sqlite_begin="IMMEDIATE")
        self._readers = sessionmaker(engine, expire_on_commit=False)
        self._writers = sessionmaker(writer, expire_on_commit=False)
        hurried = writer.execution_options(sqlite_wait_ms=0)
        self._hurried = sessionmaker(hurried, expire_on_commit=False)
        self._lock = FairLock() if engine.dialect.name == "sqlite" else None
        self.trouble: Trouble | None = None
        """Why the last write could not be kept, where the disk is to blame: known at no cost."""

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._readers() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Commits when the block ends, rolls all of it back when it raises.

        SQLite has one writer at a time: those of this process take turns.
        """
        try:
            with (
                self._lock.turn(BUSY_TIMEOUT_MS / 1000) if self._lock else nullcontext(),
                self._writers.begin() as session,
            ):
                yield session
        except DBAPIError as error:
            if (trouble := trouble_of(error)) in (Trouble.FULL, Trouble.UNWRITABLE):
                self.trouble = trouble
            raise
        self.trouble = None

    @contextmanager
    def writing_if_free(self) -> Iterator[Session]:
        """Like `writing`, for what may be left to the next time: it waits for nobody.

        :raises OperationalError: somebody else writes to this SQLite just now, or to this row
        """
        with self._hurried.begin() as session:
            if self.engine.dialect.name == "postgresql":
                session.execute(text(f"SET LOCAL lock_timeout = {HURRIED_MS}"))
            yield session

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str | URL, *, synchronous: str = "FULL") -> Database:
    """A database by its SQLAlchemy URL. In-memory SQLite keeps one connection, for tests."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return Database(create_engine(parsed, pool_pre_ping=True, hide_parameters=True))
    # Hidden: what people wrote would reach the log with every error.
    options: dict[str, Any] = {
        "connect_args": {"check_same_thread": False},
        "hide_parameters": True,
        "json_serializer": _to_json,
        "json_deserializer": _from_json,
    }
    if parsed.database in (None, "", ":memory:"):
        options["poolclass"] = StaticPool
    engine = create_engine(parsed, **options)
    _behave(engine, synchronous)
    return Database(engine)


def _to_json(value: Any) -> str:
    """Most of what a journal keeps as JSON is empty."""
    return "{}" if value == {} else json.dumps(value)


def _from_json(text: str) -> Any:
    return {} if text == "{}" else json.loads(text)


def _behave(engine: Engine, synchronous: str) -> None:
    """SQLite as we mean it: a write-ahead log, and writers that say so when they begin.

    So none fails half-way for another's lock. Foreign keys stay off: rows arrive in any order.
    """

    @event.listens_for(engine, "connect")
    def configure(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        # What was forgotten is overwritten, also where SQLite was not built to do so.
        connection.execute("PRAGMA secure_delete=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        kind, wait_ms = options.get("sqlite_begin", "DEFERRED"), options.get("sqlite_wait_ms")
        if wait_ms is None:
            connection.exec_driver_sql(f"BEGIN {kind}")
            return
        connection.exec_driver_sql(f"PRAGMA busy_timeout={wait_ms}")
        try:
            connection.exec_driver_sql(f"BEGIN {kind}")
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
