"""The town of the tests of synchronization, with a fleet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fleet import garage
from tests.settling.conftest import office, second
from tests.sync import rig
from tests.sync.conftest import tablet

__all__ = ["office", "second", "tablet"]


@pytest.fixture
def server() -> Iterator[rig.Server]:
    made = rig.a_server()
    garage.fill(made)
    yield made
    made.database.close()


@pytest.fixture
def shop(server: rig.Server, tmp_path: Path) -> Iterator[rig.Tablet]:
    """The tablet of the garage."""
    made = garage.garage_tablet(server, tmp_path)
    yield made
    made.database.close()
