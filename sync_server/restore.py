"""Filling a database from an archive, all or nothing, and beginning a new history there.

Everything happens in one transaction, the making of the tables too: whatever breaks, the database
is as it was. An archive of an older version is filled into the tables of its day, which are then
upgraded like any other database.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, column, func, insert, inspect, select, table, text
from sqlalchemy.orm import Session

from asset_model.database import Database
from sync_server import feed
from sync_server.archive import Archive, BadArchive
from sync_server.backup import ROWS_AT_ONCE, Photos
from sync_server.table_history import (
    REVISIONS_TABLE,
    NewerVersion,
    as_it_stands,
    bring_to,
    check_known,
    our_tables,
)

BOOKKEEPING = {REVISIONS_TABLE, "server_state"}
"""What a database holds that was made and never used."""


class NotEmpty(Exception):
    """The database holds something that a restore would replace."""


def restore(
    archive: Archive,
    database: Database,
    *,
    epoch: str,
    force: bool = False,
    photos: Photos | None = None,
) -> None:
    """Fill the database with the archive and give it the new `epoch`.

    :raises BadArchive: it was made by a newer version, or its rows are not what it says
    :raises NotEmpty: the database is in use, and `force` was not given
    """
    _check_revisions(archive)
    with database.engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        if not force and not is_empty(connection):
            raise NotEmpty
        # Named by their hashes: one that comes too early, or twice, harms nobody.
        _keep_photos(archive, photos)
        _make_tables(connection, archive)
        for name in archive.manifest.rows:
            _fill(connection, archive, name)
        bring_to(connection)
        with Session(connection) as session:
            feed.begin_history(session, epoch)
            session.flush()


def is_empty(connection: Connection) -> bool:
    there = set(inspect(connection).get_table_names())
    used = [made for made in our_tables() if made.name in there - BOOKKEEPING]
    return not any(connection.execute(select(1).select_from(made).limit(1)).all() for made in used)


def _check_revisions(archive: Archive) -> None:
    try:
        check_known(archive.manifest.revisions)
    except NewerVersion as newer:
        raise BadArchive("newer", tables=newer) from None


def _keep_photos(archive: Archive, photos: Photos | None) -> None:
    if archive.manifest.photos and photos is None:
        raise BadArchive("no_store")
    for name in archive.manifest.photos:
        assert photos is not None
        with archive.photo(name) as content:
            photos.keep(name, content)


def _make_tables(connection: Connection, archive: Archive) -> None:
    """Empty tables of the archive's day, in place of any of ours."""
    ours = {made.name for made in our_tables()} | {*archive.manifest.rows, REVISIONS_TABLE}
    for name in ours & set(inspect(connection).get_table_names()):
        connection.exec_driver_sql(f'DROP TABLE "{name}"')
    bring_to(connection, archive.manifest.revisions)


def _fill(connection: Connection, archive: Archive, name: str) -> None:
    made = as_it_stands(connection, name)
    names = archive.columns(name)
    unknown = [each for each in names if each not in made.columns]
    if unknown:
        raise BadArchive("columns", table=name, columns=", ".join(unknown))
    connection.execute(made.delete())
    count = 0
    for part in _parts(archive.rows(name)):
        connection.execute(insert(made), [dict(zip(names, row, strict=True)) for row in part])
        count += len(part)
    if count != archive.manifest.rows[name]:
        raise BadArchive("rows", table=name, count=count, told=archive.manifest.rows[name])
    _count_on(connection, made)


def _parts(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    while part := list(islice(rows, ROWS_AT_ONCE)):
        yield part


def _count_on(connection: Connection, made: Table) -> None:
    """PostgreSQL counts a table's own numbers apart from its rows: go on after the last one."""
    if connection.dialect.name != "postgresql" or "id" not in made.columns:
        return
    query = text("SELECT pg_get_serial_sequence(:name, 'id')")
    sequence = connection.scalar(query, {"name": made.name})
    if sequence is not None:
        last = connection.scalar(select(func.max(column("id"))).select_from(table(made.name)))
        connection.execute(select(func.setval(sequence, last or 1, last is not None)))
