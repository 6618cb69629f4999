"""Every database of ours can be upgraded, from nothing and from its first revision on."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, inspect, select, text

from asset_model.base import Base
from asset_model.database import Database, open_database
from asset_model.migrations import upgrade
from asset_model.people import District
from field_app.store.local import LocalBase, LocalChange
from field_app.store.schema import VERSIONS as TABLET
from field_app.store.schema import migrate as migrate_tablet
from sync_server.schema import VERSIONS as SERVER
from sync_server.schema import migrate as migrate_server
from sync_server.tables import ServerBase, ServerState

FIRST = {SERVER: ("model_0001", "server_0001"), TABLET: ("model_0001", "tablet_0001")}
OWN = {SERVER: ServerBase.metadata, TABLET: LocalBase.metadata}


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = open_database(database_url)
    yield made
    made.close()


@pytest.fixture
def tablet(sqlite_url: str) -> Iterator[Database]:
    made = open_database(sqlite_url)
    yield made
    made.close()


def differences(database: Database, versions: str) -> list[Any]:
    """What Alembic would still have to change, so that the tables are as they are mapped.

    The server alone keeps unique indexes on shared tables; they are not mapped.
    """
    with database.engine.connect() as connection:
        options = {"compare_type": True, "include_name": _is_mapped}
        context = MigrationContext.configure(connection, opts=options)
        both: Any = [Base.metadata, OWN[versions]]
        return list(compare_metadata(context, both))


def _is_mapped(name: str | None, kind: str, _: Any) -> bool:
    return not (kind == "index" and (name or "").startswith("server_unique_"))


def to_first(database: Database, versions: str) -> None:
    for revision in FIRST[versions]:
        upgrade(database.engine, versions, OWN[versions], to=revision)


def test_a_server_made_from_nothing_is_as_its_tables_are_mapped(database: Database) -> None:
    migrate_server(database)

    assert differences(database, SERVER) == []


def test_a_tablet_made_from_nothing_is_as_its_tables_are_mapped(tablet: Database) -> None:
    migrate_tablet(tablet)

    assert differences(tablet, TABLET) == []


def test_a_server_of_the_first_revision_becomes_today_s_and_keeps_its_rows(
    database: Database,
) -> None:
    to_first(database, SERVER)
    with database.writing() as session:
        session.execute(text("INSERT INTO server_state (id, epoch, position) VALUES (1, 'e', 7)"))
        session.execute(
            text(
                "INSERT INTO district (id, version, buckets, code, name)"
                " VALUES ('d', 7, 'town', 'N', 'Nord')"
            )
        )

    migrate_server(database)

    assert differences(database, SERVER) == []
    with database.reading() as session:
        assert session.get_one(District, "d").name == "Nord"
        assert session.get_one(ServerState, 1).epoch == "e"


WAITING = text(
    "INSERT INTO local_change (place, id, group_id, person_id, made_at, table_name, row_id, op,"
    " before, after, state, position, columns, set_aside, details)"
    " VALUES (1, 'c', 'g', 'p', '2026-11-23T08:00:00.000Z', 'comment', 'r', 'insert',"
    " '{}', '{\"text\": \"Fait.\"}', 'pending', 0, '{}', '{}', '{}')"
)


def test_a_tablet_of_the_first_revision_becomes_today_s_and_keeps_its_outbox(
    tablet: Database,
) -> None:
    to_first(tablet, TABLET)
    with tablet.writing() as session:
        session.execute(WAITING)

    migrate_tablet(tablet)

    assert differences(tablet, TABLET) == []
    with tablet.reading() as session:
        waiting = session.scalars(select(LocalChange)).one()
    assert (waiting.id, waiting.state, waiting.after) == ("c", "pending", {"text": "Fait."})
    assert waiting.schema == 2


def test_a_second_upgrade_changes_nothing(database: Database) -> None:
    migrate_server(database)
    with database.reading() as session:
        before = session.get_one(ServerState, 1).epoch

    migrate_server(database)

    with database.reading() as session:
        assert session.get_one(ServerState, 1).epoch == before


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(database: Database) -> None:
    to_first(database, SERVER)
    before = set(inspect(database.engine).get_table_names())

    @event.listens_for(database.engine, "before_cursor_execute")
    def fail(_: Any, __: Any, statement: str, *rest: Any) -> None:
        if "CREATE TABLE device_report" in statement:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        migrate_server(database)

    assert set(inspect(database.engine).get_table_names()) == before
    assert "hash" not in {c["name"] for c in inspect(database.engine).get_columns("row_image")}


def test_a_tablet_grows_none_of_the_server_s_own_tables(tablet: Database) -> None:
    migrate_tablet(tablet)

    own = {table.name for table in ServerBase.metadata.sorted_tables}
    assert own.isdisjoint(inspect(tablet.engine).get_table_names())
