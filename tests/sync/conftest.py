"""The town that these tests begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from asset_model.database import open_database
from tests.sync import rig, town


@pytest.fixture
def server() -> Iterator[rig.Server]:
    """A server in memory: what is decided does not depend on the engine."""
    made = rig.a_server()
    yield made
    made.database.close()


@pytest.fixture
def served(database_url: str) -> Iterator[rig.Server]:
    """A server on either engine: what depends on transactions, locks and types."""
    database = open_database(database_url)
    town.fill_server(database)
    yield rig.with_devices(rig.Server(database))
    database.close()


@pytest.fixture
def tablet(server: rig.Server, tmp_path: Path) -> Iterator[rig.Tablet]:
    """The north crew's tablet, which has read everything it may hold."""
    made = rig.a_tablet(server, tmp_path)
    yield made
    made.database.close()
