"""Databases for tests: an empty one for each test, SQLite and PostgreSQL alike."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url

SERVER_VARIABLE = "VOIRIE_TEST_POSTGRES"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """A PostgreSQL server: the one that `VOIRIE_TEST_POSTGRES` names, or one of our own.

    With xdist each worker has its own, so that nothing needs to be agreed between them.
    """
    named = os.environ.get(SERVER_VARIABLE)
    if named:
        yield make_url(named).set(drivername="postgresql+psycopg")
        return
    # Met here only: a tablet that is installed alone has no PostgreSQL, and its tests run too.
    from tests.embedded_postgres import running_server

    with running_server() as url:
        yield url


@contextmanager
def empty_on(server: URL) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, for as long as this lasts."""
    name = f"voirie_test_{uuid.uuid4().hex}"
    _execute(server, f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgresql_url(postgres_server: URL) -> Iterator[str]:
    """The URL of an empty PostgreSQL database that lasts for one test."""
    with empty_on(postgres_server) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of an SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'voirie.sqlite3'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database: each test that asks for it runs on both engines."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


def _execute(server: URL, statement: str) -> None:
    import psycopg

    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement.encode())
