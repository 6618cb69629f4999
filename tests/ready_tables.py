"""The tables of an empty database, laid at once: migrated once for real, then told anew.

All revisions cost a test some 0.3 s of work, and some thousands of tests begin with them. Only an
empty database is filled so, up to the heads; all else runs the revisions, and so does what asks for
`real_migrations`. `tests/model/test_ready_tables.py` holds the two ways to make the same tables.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, create_engine, event, inspect

from asset_model import migrations

REALLY = migrations.upgrade_within
FRAMES = ("BEGIN", "COMMIT")

_told: dict[str, str] = {}
"""By the folder of the revisions: what they said to the first empty PostgreSQL they met."""


def upgrade_within(
    connection: Connection, own_versions: str, own_metadata: MetaData, *, to: str = "heads"
) -> None:
    """Do what the real one does, sooner."""
    if to != "heads" or inspect(connection).get_table_names():
        REALLY(connection, own_versions, own_metadata, to=to)
    elif connection.dialect.name == "sqlite":
        for statement in _dumped(own_versions, own_metadata):
            connection.exec_driver_sql(statement)
    elif own_versions in _told:
        migrations.in_turn(connection)
        # Not by way of SQLAlchemy: many statements at once may have no parameters, not even none.
        connection.connection.cursor().execute(_told[own_versions])
    else:
        _told[own_versions] = _listened_to(connection, own_versions, own_metadata)


@cache
def _dumped(own_versions: str, own_metadata: MetaData) -> tuple[str, ...]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        REALLY(connection, own_versions, own_metadata)
        raw: Any = connection.connection.driver_connection
        made = tuple(one for one in raw.iterdump() if not one.startswith(FRAMES))
    engine.dispose()
    return made


def _listened_to(connection: Connection, own_versions: str, own_metadata: MetaData) -> str:
    said: list[str] = []

    def note(_: Any, __: Any, statement: str, *rest: Any) -> None:
        # What only asks found nothing: the database is empty.
        if not statement.startswith("SELECT"):
            said.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    REALLY(connection, own_versions, own_metadata)
    event.remove(connection, "before_cursor_execute", note)
    return ";\n".join(said)


@pytest.fixture(scope="session", autouse=True)
def _tables_are_ready() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "upgrade_within", upgrade_within)
        yield


@pytest.fixture
def real_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every revision is run."""
    monkeypatch.setattr(migrations, "upgrade_within", REALLY)
