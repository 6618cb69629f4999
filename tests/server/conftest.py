"""The same town as that of the tests of synchronization, with a garage or with nothing in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from asset_model.database import Database, open_database
from sync_server.schema import migrate
from tests.server.garage import fill_garage
from tests.sync.conftest import filled_postgresql, served, server, tablet
from tests.sync.rig import Server

__all__ = ["filled_postgresql", "served", "server", "tablet"]


@pytest.fixture
def garage(served: Server) -> Server:
    """On SQLite and on PostgreSQL."""
    fill_garage(served)
    return served


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a command is run, in English, where nothing of ours is set."""
    monkeypatch.chdir(tmp_path)
    for name in ("VOIRIE_DATABASE", "VOIRIE_DATA", "VOIRIE_CONFIG", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_CA.UTF-8")
    return tmp_path


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """One of each engine, with every table and no row."""
    database = open_database(database_url)
    migrate(database)
    yield database
    database.close()
