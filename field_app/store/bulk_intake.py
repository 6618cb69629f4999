"""The way in for a whole copy: the rows of a ready file take the place of all synchronized rows.

One transaction of the database itself, so that a crash, a full disk or a refusal leaves what was
there, the screens read on meanwhile, and the outbox is never touched (docs/decisions/0009).
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, delete, insert, select
from sqlalchemy.orm import Session

from asset_model.base import BOOKKEEPING
from asset_model.codec import table_of, wire_columns
from asset_model.database import Database
from asset_model.sync.offer import Offer
from asset_model.tables import SYNCED
from field_app.store import digests, outbox
from field_app.store.images import rebuild, stored
from field_app.store.local import BucketPosition, Replica, ServerImage

CACHE_KB = 16_384
"""For indexes that are made at once; given back with the connection."""

Told = Callable[[int, int], None]


class Unfit(Exception):
    """The file is damaged, or its tables are not ours."""


def examine(file: Path) -> None:
    """:raises Unfit: SQLite finds it damaged, or its columns are not those of this version"""
    try:
        with closing(sqlite3.connect(file)) as copy:
            verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
            held = {name: _columns_in(copy, name) for name in SYNCED}
    except sqlite3.DatabaseError as error:
        raise Unfit(str(error)) from error
    if verdict != "ok":
        raise Unfit(str(verdict))
    strange = [name for name in SYNCED if held[name] != BOOKKEEPING | {*wire_columns(name)}]
    if strange:
        raise Unfit(f"other columns in {', '.join(strange)}")


def _columns_in(copy: sqlite3.Connection, table: str) -> set[str]:
    return {name for _, name, *_ in copy.execute(f'PRAGMA table_info("{table}")')}


def take_copy(database: Database, file: Path, offer: Offer, *, told: Told = lambda *_: None) -> int:
    """Take the rows of an examined file, with what waits here laid over them; how many they are.

    None, and nothing is done, unless the replica is still of the offer's history and scope, and has
    not read further.
    """
    rows = 0
    with _beside(database, file) as session:
        if not _still_holds(session, offer):
            return 0
        indexes = _without_indexes(session)
        for done, name in enumerate(SYNCED):
            told(done, len(SYNCED))
            rows += _replace_rows(session, name)
        for statement in indexes:
            session.connection().exec_driver_sql(statement)
        _lay_over(session)
        for bucket in session.scalars(select(BucketPosition)):
            bucket.position, bucket.since, bucket.differed = offer.position, 0, 0
        outbox.settle(session, offer.position)
        digests.doubt(session, set(offer.buckets))
    told(len(SYNCED), len(SYNCED))
    _settle_log(database)
    return rows


@contextmanager
def _beside(database: Database, file: Path) -> Iterator[Session]:
    """A writing session on a connection of its own, which has the file at hand as `ready`."""
    with database.engine.connect() as connection:
        raw = _alone(connection)
        raw.execute("ATTACH DATABASE ? AS ready", (str(file),))
        raw.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        raw.execute("PRAGMA wal_autocheckpoint = 0")
        writer = connection.execution_options(sqlite_begin="IMMEDIATE")
        with Session(writer, expire_on_commit=False) as session, session.begin():
            yield session


def _alone(connection: Connection) -> sqlite3.Connection:
    """Out of the pool, and closed after use: nothing of what is set on it lives on."""
    connection.detach()
    raw: Any = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def _still_holds(session: Session, offer: Offer) -> bool:
    replica = session.get_one(Replica, 1)
    held = {bucket.bucket: bucket.position for bucket in session.scalars(select(BucketPosition))}
    return (
        (replica.epoch, replica.scope) == (offer.epoch, offer.scope)
        and set(held) == set(offer.buckets)
        and all(position <= offer.position for position in held.values())
    )


def _without_indexes(session: Session) -> list[str]:
    """Drop the indexes of the tables to be filled; what makes them again."""
    found = session.connection().exec_driver_sql(
        "SELECT name, tbl_name, sql FROM main.sqlite_master"
        " WHERE type = 'index' AND sql IS NOT NULL"
    )
    ours = [(name, sql) for name, table, sql in found.all() if table in SYNCED]
    for name, _ in ours:
        session.connection().exec_driver_sql(f'DROP INDEX main."{name}"')
    return [sql for _, sql in ours]


def _replace_rows(session: Session, name: str) -> int:
    """Values go over as they lie: the file's columns have the types of ours."""
    table = table_of(name)
    ready = table.to_metadata(MetaData(), schema="ready")
    names = [column.name for column in table.columns]
    connection = session.connection()
    connection.execute(delete(table))
    return connection.execute(insert(table).from_select(names, select(*ready.columns))).rowcount


def _lay_over(session: Session) -> None:
    """Give each image its row as the copy tells it, and lay over it again what waits.

    A row that the copy has not has left our scope, unless it was born here (version 0).
    """
    images = session.scalars(select(ServerImage)).all()
    for image in images:
        told = stored(session, image.table, image.row)
        if told is not None:
            columns = table_of(image.table).columns
            query = select(columns.version, columns.buckets).where(columns.id == image.row)
            image.version, image.buckets = session.execute(query).one()
            image.columns, image.gone = told, False
        elif image.version:
            image.buckets, image.gone = "", True
    rebuild(session, [(image.table, image.row) for image in images])


def _settle_log(database: Database) -> None:
    """Bring what was written from the log into the database, and give the log's room back.

    Readers are not waited for: SQLite itself does later what cannot be done now.
    """
    with database.engine.connect() as connection:
        raw = _alone(connection)
        raw.execute("PRAGMA busy_timeout = 0")
        for how in ("PASSIVE", "TRUNCATE"):
            with suppress(sqlite3.OperationalError):
                raw.execute(f"PRAGMA wal_checkpoint({how})").fetchall()
