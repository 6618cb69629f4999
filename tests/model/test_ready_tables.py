"""Tables that are laid at once are those that the revisions make."""

from typing import Any

import pytest
from sqlalchemy import URL, MetaData, inspect, text
from sqlalchemy.schema import CreateIndex, CreateTable

from asset_model import migrations
from asset_model.database import open_database
from field_app.store.local import LocalBase
from field_app.store.schema import VERSIONS as TABLET
from sync_server.schema import VERSIONS as SERVER
from sync_server.tables import ServerBase
from tests import ready_tables
from tests.databases import empty_on

Both = tuple[list[str], list[str]]


def tables(url: str, versions: str, metadata: MetaData, upgrade: Any) -> Both:
    """What a database says of itself, and the revisions it stands at."""
    database = open_database(url)
    with database.engine.begin() as connection:
        upgrade(connection, versions, metadata)
        found = MetaData()
        found.reflect(connection)
        told = [str(CreateTable(one).compile(connection)) for one in found.sorted_tables]
        told += [
            str(CreateIndex(index).compile(connection))
            for one in found.sorted_tables
            for index in one.indexes
        ]
        names = [
            str(check)
            for one in found.sorted_tables
            for check in inspect(connection).get_check_constraints(one.name)
        ]
        stands = list(connection.scalars(text("SELECT version_num FROM alembic_version")))
    database.close()
    return sorted([*told, *names]), sorted(stands)


@pytest.mark.parametrize(
    ("versions", "metadata"), [(SERVER, ServerBase.metadata), (TABLET, LocalBase.metadata)]
)
def test_on_a_tablet_s_engine(versions: str, metadata: MetaData) -> None:
    really = tables("sqlite://", versions, metadata, ready_tables.REALLY)

    assert tables("sqlite://", versions, metadata, ready_tables.upgrade_within) == really
    assert len(really[0]) > 20


def test_on_a_server_s_engine(postgres_server: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready_tables, "_told", {})
    quick = ready_tables.upgrade_within
    made = []
    for way in (ready_tables.REALLY, quick, quick):
        with empty_on(postgres_server) as url:
            made.append(tables(url, SERVER, ServerBase.metadata, way))
    really, first, told = made

    assert first == really
    assert told == really
    assert len(really[0]) > 20


def test_what_holds_a_table_already_runs_the_revisions() -> None:
    database = open_database("sqlite://")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE district (id)")
        with pytest.raises(Exception, match="already exists"):
            migrations.upgrade_within(connection, SERVER, ServerBase.metadata)
    database.close()
