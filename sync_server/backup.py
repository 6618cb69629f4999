"""Backing a server up while it works: one moment of the whole database, and the photos it names."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import Connection, select

from asset_model.base import instant
from asset_model.codec import to_wire
from asset_model.database import Database
from sync_server.archive import (
    FORMAT,
    PIECE_BYTES,
    ArchiveWriter,
    Manifest,
    photo_part,
    table_part,
)
from sync_server.table_history import as_it_stands, check_known, revisions_of, table_names_at
from sync_server.tables import ServerState

ROWS_AT_ONCE = 1_000


class Photos(Protocol):
    """The originals that a server keeps, each named by its hash: they never change."""

    def names(self) -> Iterable[str]: ...

    def open(self, name: str) -> IO[bytes]: ...

    def keep(self, name: str, content: IO[bytes]) -> None: ...


def back_up(
    database: Database, target: Path, *, now: datetime, photos: Photos | None = None
) -> Manifest:
    """Write the archive to `target`, whole or not at all. Writers go on meanwhile.

    :raises OSError: the file cannot be written; nothing of it is left
    :raises NewerVersion: the database is of a later version than this one
    """
    draft = target.with_name(target.name + ".part")
    draft.unlink(missing_ok=True)
    # It holds everybody's PIN hashes: for this user's eyes only.
    draft.touch(mode=0o600)
    try:
        with draft.open("wb") as stream:
            archive = ArchiveWriter(stream)
            try:
                manifest = _write(database, archive, now=now, photos=photos)
            finally:
                archive.abandon()
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def _write(
    database: Database, archive: ArchiveWriter, *, now: datetime, photos: Photos | None
) -> Manifest:
    with one_moment(database) as connection:
        revisions = revisions_of(connection)
        check_known(revisions)
        epoch, position = connection.execute(select(ServerState.epoch, ServerState.position)).one()
        names = table_names_at(revisions)
        rows = {name: _add_table(archive, connection, name) for name in names}
    # After the rows: a photo is whole in its store before a row may name it to others.
    kept = tuple(sorted(photos.names())) if photos else ()
    for name in kept:
        assert photos is not None
        with photos.open(name) as content:
            archive.add(photo_part(name), _pieces(content), compress=False)
    manifest = Manifest(
        format=FORMAT,
        made_at=instant(now),
        epoch=epoch,
        position=position,
        revisions=revisions,
        rows=rows,
        photos=kept,
        sha256=dict(archive.sha256),
    )
    archive.close(manifest)
    return manifest


@contextmanager
def one_moment(database: Database) -> Iterator[Connection]:
    """A connection that sees the database as it was at its first statement, whoever writes."""
    engine = database.engine
    if engine.dialect.name == "postgresql":
        # SQLite's readers stay at their moment by themselves (write-ahead log).
        engine = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    with engine.connect() as connection:
        yield connection


def _add_table(archive: ArchiveWriter, connection: Connection, name: str) -> int:
    count, table = 0, as_it_stands(connection, name)

    def lines() -> Iterator[bytes]:
        nonlocal count
        yield _line([column.name for column in table.columns])
        streamed = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table))
        for row in streamed:
            count += 1
            yield _line([to_wire(value) for value in row])

    archive.add(table_part(name), lines())
    return count


def _line(values: list[object]) -> bytes:
    return (json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    while piece := content.read(PIECE_BYTES):
        yield piece
