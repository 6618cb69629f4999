"""The server and the tablet that these tests begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from asset_model.database import open_database
from tests.photos.rig import House, Tablet, a_filled_database, a_house
from tests.sync import town


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = a_house(a_filled_database(tmp_path / "server.sqlite"), tmp_path)
    yield made
    made.rows.database.close()


@pytest.fixture
def served(database_url: str, tmp_path: Path) -> Iterator[House]:
    """The same on either engine: what depends on transactions and types."""
    database = open_database(database_url)
    town.fill_server(database)
    yield a_house(database, tmp_path)
    database.close()


@pytest.fixture
def tablet(house: House, tmp_path: Path) -> Iterator[Tablet]:
    """The north crew's tablet, which has read everything it may hold."""
    made = Tablet(house, tmp_path / "tablet")
    made.sync()
    yield made
    made.stop()
