"""The same town as that of the tests of synchronization, with 311."""

import pytest

from tests.intake import town
from tests.sync import rig
from tests.sync.conftest import filled_postgresql, served, server

__all__ = ["filled_postgresql", "served", "server"]


@pytest.fixture
def desk(server: rig.Server) -> rig.Server:
    """A server in memory."""
    return town.with_services(server)


@pytest.fixture
def either(served: rig.Server) -> rig.Server:
    """A server on either engine."""
    return town.with_services(served)
