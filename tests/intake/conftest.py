"""The same town as that of the tests of synchronization, with 311."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.intake import town
from tests.intake.clients import Client, serving
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


@pytest.fixture
def client(desk: rig.Server, tmp_path: Path) -> Iterator[Client]:
    """A program with a key, at a server in memory."""
    with serving(desk, tmp_path) as made:
        yield made


@pytest.fixture
def over_either(either: rig.Server, tmp_path: Path) -> Iterator[Client]:
    """The same, at a server on either engine."""
    with serving(either, tmp_path) as made:
        yield made
