"""The shape of the shared tables as one short text: sides with the same one can share files."""

import hashlib
from functools import cache

from sqlalchemy import Column
from sqlalchemy.dialects import sqlite

from asset_model.codec import table_of
from asset_model.tables import SYNCED

DIALECT = sqlite.dialect()


def column_type(column: Column[object]) -> str:
    """As SQLite's own tables declare it: the same type stores a value in the same way."""
    return column.type.compile(DIALECT)


@cache
def shape() -> str:
    """Differs whenever a table or a column of them is added, renamed, retyped or taken away."""
    lines = sorted(
        f"{name}.{column.name} {column_type(column)}"
        for name in SYNCED
        for column in table_of(name).columns
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
