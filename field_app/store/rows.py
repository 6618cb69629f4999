"""Whole rows as the wire spells them, written without building objects; and where there are any."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import exists, literal, select, union_all
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.orm import Session

from asset_model.codec import table_of
from asset_model.tables import SYNCED


def filled(session: Session) -> Sequence[str]:
    """The synchronized tables that hold any row."""
    names: Sequence[str] = session.scalars(_filled()).all()
    return names


@cache
def _filled() -> Any:
    """One question for all: to ask each table takes longer than to read most of them."""
    tables = ((name, table_of(name)) for name in SYNCED)
    return union_all(
        *(select(literal(name)).where(exists().select_from(table)) for name, table in tables)
    )


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
