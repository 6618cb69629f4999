"""Rows as they lie in a database, in wire form, read without the product's own reading."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from sqlalchemy import JSON, Boolean

from asset_model.base import BOOKKEEPING
from asset_model.sync.digest import wire_text
from asset_model.tables import OF_AN_ORDER, SYNCED

Row = dict[str, Any]

_JOURNAL_JSON = ("before", "after", "columns", "set_aside", "details")


@cache
def _reading(table: str) -> tuple[str, list[str], list[Callable[[Any], Any] | None]]:
    columns = SYNCED[table].__table__.columns
    names = [column.name for column in columns]
    query = ", ".join(f'"{name}"' for name in names)
    return f'SELECT {query} FROM "{table}"', names, [_reader(column.type) for column in columns]


def _reader(kind: Any) -> Callable[[Any], Any] | None:
    """How SQLite's value becomes that of the wire; times and days lie there as they travel."""
    if isinstance(kind, Boolean):
        return bool
    return json.loads if isinstance(kind, JSON) else None


def rows(connection: sqlite3.Connection, table: str) -> dict[str, Row]:
    """All rows of a synchronized table, by their id."""
    query, *_ = _reading(table)
    return {row["id"]: row for row in map(_plain(table), connection.execute(query))}


def row(connection: sqlite3.Connection, table: str, id: str) -> Row | None:
    query, *_ = _reading(table)
    found = connection.execute(f"{query} WHERE id = ?", (id,)).fetchone()
    return None if found is None else _plain(table)(found)


def _plain(table: str) -> Callable[[Iterable[Any]], Row]:
    _, names, readers = _reading(table)

    def plain(values: Iterable[Any]) -> Row:
        return {
            name: value if read is None or value is None else read(value)
            for name, read, value in zip(names, readers, values, strict=True)
        }

    return plain


def told(row: Row) -> Row:
    """What a row tells on the wire."""
    return {name: value for name, value in row.items() if name not in BOOKKEEPING}


def journal(connection: sqlite3.Connection) -> dict[str, Row]:
    """The server's journal, by change, in the order in which it was written."""
    cursor = connection.execute("SELECT * FROM journal ORDER BY rowid")
    names = [column[0] for column in cursor.description]
    entries = [dict(zip(names, values, strict=True)) for values in cursor]
    for entry in entries:
        entry |= {name: json.loads(entry[name]) for name in _JOURNAL_JSON}
    return {entry["id"]: entry for entry in entries}


VERSIONS = " UNION ALL ".join(f"SELECT '{name}', id, version FROM \"{name}\"" for name in SYNCED)

ORPHANS = " UNION ALL ".join(
    f"SELECT '{name}', id FROM \"{name}\" WHERE work_order_id IS NOT NULL"
    " AND work_order_id NOT IN (SELECT id FROM work_order)"
    for name in OF_AN_ORDER
)

LANDED = frozenset({"applied", "merged"})


def text_of(id: str, row: Row) -> str:
    """The row's text on the wire: its id, and the columns in their order."""
    return wire_text(id, told(row).values())
