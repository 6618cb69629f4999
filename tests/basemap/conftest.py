"""The town that these tests draw."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from asset_model.database import Database, open_database
from tests.basemap import ground


@pytest.fixture
def mapped(database_url: str) -> Iterator[Database]:
    """On either engine."""
    database = open_database(database_url)
    ground.settle(database)
    yield database
    database.close()


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Database]:
    """On SQLite: what does not depend on the engine."""
    database = open_database(f"sqlite:///{tmp_path / 'server.sqlite'}")
    ground.settle(database)
    yield database
    database.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "basemap"
