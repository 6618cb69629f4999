"""The same town as that of the tests of synchronization, its office, and a second tablet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.conftest import filled_postgresql, served, server, tablet
from tests.sync.rig import Server, Tablet, a_tablet

__all__ = ["filled_postgresql", "served", "server", "tablet"]


@pytest.fixture
def office(server: Server, tmp_path: Path) -> Iterator[Tablet]:
    """The replica of the office, where the foreman sits."""
    made = a_tablet(server, tmp_path, "B1")
    yield made
    made.database.close()


@pytest.fixture
def second(server: Server, tmp_path: Path) -> Iterator[Tablet]:
    """Another tablet of the north crew."""
    server.devices["T3"] = server.add_device("T3", server.devices["T1"].crew_id)
    made = a_tablet(server, tmp_path, "T3")
    yield made
    made.database.close()
