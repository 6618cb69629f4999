"""Writing whole rows as the wire spells them, without building objects."""

from functools import cache
from typing import Any

from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.orm import Session

from asset_model.codec import table_of


def write_rows(session: Session, table: str, rows: list[dict[str, Any]]) -> None:
    """Insert or replace whole rows; values are in wire form."""
    if not rows:
        return
    statement = _upsert(table)
    names = [name for name in rows[0] if name != "id"]
    excluded = {name: statement.excluded[name] for name in names}
    session.connection().execute(statement.on_conflict_do_update(("id",), set_=excluded), rows)


@cache
def _upsert(table: str) -> Insert:
    return insert(table_of(table))
