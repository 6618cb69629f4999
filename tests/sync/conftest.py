"""The town that these tests begin with."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import URL, make_url

from asset_model.database import open_database
from tests.sync import rig, town


@pytest.fixture
def server() -> Iterator[rig.Server]:
    """A server in memory: what is decided does not depend on the engine."""
    made = rig.a_server()
    yield made
    made.database.close()


@pytest.fixture(scope="session")
def filled_postgresql(postgres_server: URL) -> Iterator[str]:
    """The name of a filled database, which each test's own is copied from."""
    name = f"voirie_town_{uuid4().hex}"
    _on(postgres_server, f"CREATE DATABASE {name} TEMPLATE template0")
    database = open_database(postgres_server.set(database=name))
    town.fill_server(database)
    database.close()
    yield name
    _on(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def served(database_url: str, request: pytest.FixtureRequest) -> Iterator[rig.Server]:
    """A server on either engine: what depends on transactions, locks and types."""
    url = make_url(database_url)
    if url.get_backend_name() == "postgresql":
        server = request.getfixturevalue("postgres_server")
        _on(server, f"DROP DATABASE {url.database}")
        filled = request.getfixturevalue("filled_postgresql")
        _on(server, f"CREATE DATABASE {url.database} TEMPLATE {filled}")
    database = open_database(url)
    if url.get_backend_name() == "sqlite":
        rig.fill_sqlite(database)
    yield rig.with_devices(rig.Server(database))
    database.close()


def _on(server: URL, statement: str) -> None:
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def tablet(server: rig.Server, tmp_path: Path) -> Iterator[rig.Tablet]:
    """The north crew's tablet, which has read everything it may hold."""
    made = rig.a_tablet(server, tmp_path)
    yield made
    made.database.close()
