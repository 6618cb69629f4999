"""Rows to wire columns and back, driven by the mapped tables: no schema is written twice."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import Boolean, Float, Integer, Table

from asset_model.attributes import plain_number
from asset_model.base import BOOKKEEPING, Base, Day, UtcDateTime, instant
from asset_model.errors import Refused
from asset_model.sync.merge import RULES, Rule
from asset_model.sync.wire import Columns
from asset_model.tables import SYNCED
from asset_model.transitions import status_rule


@cache
def table_of(name: str) -> Table:
    """The table that `name` means on the wire.

    :raises Refused: ``table_unknown``
    """
    if name not in SYNCED:
        raise Refused("table_unknown", table=name)
    table = SYNCED[name].__table__
    assert isinstance(table, Table)
    return table


@cache
def wire_columns(name: str) -> tuple[str, ...]:
    """The columns of a row on the wire, in the order in which rows list them; `id` apart."""
    return tuple(c.name for c in table_of(name).columns if c.name not in BOOKKEEPING)


@cache
def rules_of(name: str) -> dict[str, Rule]:
    """The merge rule of each column that a tablet may edit; one without it is the server's."""
    every = {**RULES, "status": status_rule}
    columns = table_of(name).columns
    return {c.name: every[c.info["merge"]] for c in columns if "merge" in c.info}


@cache
def kept_by_server(name: str) -> frozenset[str]:
    """Columns that only the server fills, at birth too."""
    return frozenset(c.name for c in table_of(name).columns if c.info.get("server"))


def columns_of(row: Base) -> Columns:
    return {name: to_wire(getattr(row, name)) for name in wire_columns(row.__tablename__)}


def to_wire(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant(value)
    return value.isoformat() if isinstance(value, date) else value


def checked(name: str, columns: Columns) -> Columns:
    """The columns, each proven to fit its type: a wrong value is refused before it reaches SQL.

    Numbers come out as the column's type reads them back, so that both sides hash the same text.

    :raises Refused: ``column_unknown``, ``bad_value``
    """
    kinds = _kinds(name)
    fit: Columns = {}
    for column, value in columns.items():
        if column not in kinds:
            raise Refused("column_unknown", field=column, table=name)
        misfit, as_stored, nullable = kinds[column]
        if value is None:
            why = None if nullable else "a value is needed / il faut une valeur"
        else:
            why = misfit(value)
        if why:
            raise Refused("bad_value", field=column, value=str(value)[:80], why=why)
        fit[column] = value if value is None or as_stored is None else as_stored(value)
    return fit


Misfit = Callable[[Any], str | None]
"""Why a value cannot be stored in a column; None when it can."""


@cache
def _kinds(name: str) -> dict[str, tuple[Misfit, Callable[[Any], Any] | None, bool]]:
    """Of each column: what its type says of a value, how its type reads one back where that is
    not as it is, and whether it may be empty.
    """
    columns = table_of(name).columns
    return {
        column: (*_checks(columns[column].type), bool(columns[column].nullable))
        for column in wire_columns(name)
    }


def _checks(kind: Any) -> tuple[Misfit, Callable[[Any], Any] | None]:
    """Chosen once for a column: an import asks some two million times."""
    if isinstance(kind, UtcDateTime | Day):
        return partial(_not_a_time, kind), None
    if isinstance(kind, Boolean):
        return _not_a_truth, None
    if isinstance(kind, Integer):
        return _not_whole, int
    if isinstance(kind, Float):
        return _not_a_number, float
    if kind.__visit_name__ == "JSON":
        return _anything, None
    return partial(_not_a_text, kind.length), None


def _not_a_truth(value: Any) -> str | None:
    return None if isinstance(value, bool) else "true or false / vrai ou faux"


def _not_whole(value: Any) -> str | None:
    fits = plain_number(value) and float(value).is_integer() and abs(value) < 2**31
    return None if fits else "a whole number / un nombre entier"


def _not_a_number(value: Any) -> str | None:
    return None if plain_number(value) else "a number / un nombre"


def _anything(value: Any) -> str | None:
    return None


def _not_a_text(length: int | None, value: Any) -> str | None:
    """PostgreSQL's texts have their length and cannot hold NUL; SQLite is held to the same."""
    if not isinstance(value, str) or "\x00" in value:
        return "text / du texte"
    if length is not None and len(value) > length:
        return f"{length} characters at most / {length} caractères au plus"
    return None


def _not_a_time(kind: UtcDateTime | Day, value: Any) -> str | None:
    try:
        if isinstance(kind, Day):
            if date.fromisoformat(value).isoformat() != value:
                raise ValueError(value)
        elif len(value) != 24 or instant(datetime.fromisoformat(value)) != value:
            raise ValueError(value)
    except (TypeError, ValueError, OverflowError):
        return "a date or a time in UTC / une date ou une heure UTC"
    return None
