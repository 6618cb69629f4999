"""Writing whole rows as the wire spells them, without building objects."""

from functools import lru_cache
from typing import Any

from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.orm import Session

from asset_model.codec import table_of


def write_rows(session: Session, table: str, rows: list[dict[str, Any]]) -> None:
    """Insert or replace whole rows; values are in wire form."""
    if not rows:
        return
    session.connection().execute(_upsert(table, tuple(rows[0])), rows)


@lru_cache(maxsize=100)
def _upsert(table: str, names: tuple[str, ...]) -> Insert:
    statement = insert(table_of(table))
    excluded = {name: statement.excluded[name] for name in names if name != "id"}
    return statement.on_conflict_do_update(("id",), set_=excluded)
