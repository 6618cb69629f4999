"""Writing a ready copy: an SQLite file with the rows of a set of buckets, and nothing else.

It has the columns of the shared tables, with their types, and no index: the tablet's indexes are
a third of its database, random to a compressor, and made faster than they are fetched
(docs/decisions/0009).
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Row, Select, and_, select
from sqlalchemy.orm import Session

from asset_model.codec import table_of, wire_columns
from asset_model.shape import DIALECT, column_type
from asset_model.sync.packing import packer
from asset_model.tables import SYNCED
from sync_server.tables import FeedEntry, RowImage

PAGE_BYTES = 16_384
"""Packs two in a hundred smaller than SQLite's usual 4,096."""

ROWS_AT_ONCE = 2_000
PIECE_BYTES = 1 << 20

Binder = Callable[[Any], Any] | None


@dataclass(frozen=True)
class Packed:
    bytes: int
    sha256: str


def write_file(session: Session, file: Path, buckets: Sequence[str], head: int) -> int:
    """Fill a new file with the rows of the buckets as they stood at `head`; how many there are."""
    with closing(sqlite3.connect(file, isolation_level=None)) as copy:
        for pragma in (f"page_size={PAGE_BYTES}", "journal_mode=OFF", "synchronous=OFF"):
            copy.execute(f"PRAGMA {pragma}")
        copy.execute("BEGIN")
        for name in SYNCED:
            copy.execute(_create(name))
        query = _rows(buckets, head).execution_options(yield_per=ROWS_AT_ONCE)
        held = _bucket_texts(frozenset(buckets))
        count = 0
        for name, rows in groupby(session.execute(query), key=lambda row: row.table):
            count += copy.executemany(_insert(name), _values(name, rows, held)).rowcount
        copy.execute("COMMIT")
    return count


def _rows(buckets: Sequence[str], head: int) -> Select[str, str, int, str, str]:
    """Once for each bucket that the row is in, together. By id, so that the tablet appends."""
    here = and_(RowImage.table == FeedEntry.table, RowImage.row == FeedEntry.row)
    return (
        select(RowImage.table, RowImage.row, RowImage.position, RowImage.buckets, RowImage.wire)
        .join(FeedEntry, here)
        .where(FeedEntry.bucket.in_(buckets), FeedEntry.gone.is_(None), FeedEntry.position <= head)
        .order_by(RowImage.table, RowImage.row)
    )


def _values(
    name: str, rows: Iterator[Row[str, str, int, str, str]], held: Callable[[str], str]
) -> Iterator[list[Any]]:
    binders = _binders(name)
    last = None
    for _, id, position, buckets, wire in rows:
        if id == last:
            continue
        last = id
        values = json.loads(wire)
        for place, bind in binders:
            values[place] = bind(values[place])
        yield [position, held(buckets), *values]


def _bucket_texts(ours: frozenset[str]) -> Callable[[str], str]:
    """A row's buckets as a tablet of this set keeps them: those that it holds, in order."""

    @cache
    def held(buckets: str) -> str:
        return " ".join(sorted(ours.intersection(buckets.split())))

    return held


@cache
def _binders(name: str) -> list[tuple[int, Callable[[Any], Any]]]:
    """What brings a value of the wire into SQLite's form: the very functions of the tablet."""
    columns = [table_of(name).columns[column] for column in ("id", *wire_columns(name))]
    made = [column.type.dialect_impl(DIALECT).bind_processor(DIALECT) for column in columns]
    return [(place, bind) for place, bind in enumerate(made) if bind is not None]


def _columns(name: str) -> list[str]:
    return ["version", "buckets", "id", *wire_columns(name)]


def _create(name: str) -> str:
    table = table_of(name)
    columns = (f'"{column}" {column_type(table.columns[column])}' for column in _columns(name))
    return f'CREATE TABLE "{name}" ({", ".join(columns)})'


def _insert(name: str) -> str:
    marks = ", ".join("?" * len(_columns(name)))
    return f'INSERT INTO "{name}" VALUES ({marks})'  # noqa: S608 -- a table of ours


def pack(file: Path, into: Path, encoding: str) -> Packed:
    """The file, packed, and the hash of what will travel."""
    stream, digest, size = packer(encoding), hashlib.sha256(), 0
    with file.open("rb") as plain, into.open("wb") as packed:
        for piece in _pieces(plain):
            out = stream.compress(piece) if piece else stream.flush()
            digest.update(out)
            size += packed.write(out)
    return Packed(size, digest.hexdigest())


def _pieces(stream: Any) -> Iterator[bytes]:
    """The stream in pieces; an empty one tells its end."""
    while piece := stream.read(PIECE_BYTES):
        yield piece
    yield b""


def hash_of(file: Path) -> Packed:
    with file.open("rb") as plain:
        return Packed(file.stat().st_size, hashlib.file_digest(plain, "sha256").hexdigest())
