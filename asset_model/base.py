"""The declarative base, and what every synchronized row carries."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Dialect, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def instant(moment: datetime) -> str:
    """An aware time as the wire and SQLite spell it: UTC, milliseconds, sortable as text."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without its zone: {moment!r}")
    # Not strftime, whose years before 1000 have three digits.
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in Python, UTC in the database.

    SQLite has no time type: there the stored text *is* the wire form, so that a tablet takes rows
    in without parsing them. A value may be given in its wire form on both databases.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind: TypeEngine[Any] = String(24) if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | str | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        text = value if isinstance(value, str) else instant(value)
        return text if dialect.name == "sqlite" else datetime.fromisoformat(text)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return datetime.fromisoformat(value) if isinstance(value, str) else value


class Day(TypeDecorator[date]):
    """A calendar date; like `UtcDateTime`, it may be given in its wire form (`2026-11-23`)."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: date | str | None, dialect: Dialect) -> date | None:
        return date.fromisoformat(value) if isinstance(value, str) else value


class Base(DeclarativeBase):
    """The tables that tablet and server share."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 -- SQLAlchemy reads it as a class attribute
        datetime: UtcDateTime,
        date: Day,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


class Synced:
    """A row that tablets hold copies of.

    `version` is the feed position of the server's last word on the row (0: none yet), `buckets`
    the sets it belongs to, as far as this database holds them. Both are bookkeeping of the
    synchronization and never part of a change.
    """

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    buckets: Mapped[str] = mapped_column(default="")


BOOKKEEPING = frozenset({"id", "version", "buckets"})
