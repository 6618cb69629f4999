"""Many rows by one statement, handed to the driver as they are.

SQLAlchemy's own way binds each value of each row by itself, which costs more than deciding what
to write. Here values are what both drivers take for any column: numbers, None, and text, also for
times (in their wire form) and for JSON.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from sync_server.tables import ServerBase


def write(session: Session, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """`statement` has a question mark for each value."""
    connection = session.connection()
    if connection.dialect.paramstyle != "qmark":
        statement = statement.replace("?", "%s")
    if rows:
        connection.exec_driver_sql(statement, list(rows))


def adding(session: Session, model: type[ServerBase]) -> sqlite.Insert | postgresql.Insert:
    """An insert that may say what becomes of rows that are there: each engine has its own."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    added: sqlite.Insert | postgresql.Insert = dialect.insert(model.__table__)
    return added


def insert(session: Session, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Rows that name the same columns, in the same order."""
    if rows:
        names = ", ".join(f'"{name}"' for name in rows[0])
        marks = ", ".join("?" for _ in rows[0])
        into = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 -- names of ours
        write(session, into, [tuple(row.values()) for row in rows])
