"""Writing whole rows as the wire spells them, without building objects."""

from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from asset_model.codec import table_of


def write_rows(session: Session, table: str, rows: list[dict[str, Any]]) -> None:
    """Insert or replace whole rows; values are in wire form."""
    if not rows:
        return
    names = list(rows[0])
    given = ", ".join(f":{name}" for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != "id")
    types = table_of(table).columns
    statement = text(
        f'INSERT INTO "{table}" ({listed}) VALUES ({given}) ON CONFLICT (id) DO UPDATE SET {sets}'
    ).bindparams(*(bindparam(name, type_=types[name].type) for name in names))
    session.execute(statement, rows)
