"""The town of the tests of synchronization, and the tablets that work in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sync import rig, town
from tests.sync.conftest import filled_postgresql, served, server, tablet

__all__ = ["crews", "filled_postgresql", "served", "server", "tablet"]

Crews = Callable[[rig.Server], dict[str, rig.Tablet]]


@pytest.fixture
def crews(tmp_path: Path) -> Iterator[Crews]:
    """Two tablets of the north crew (T1, T3) and one of the south (T2), which have read all."""
    made: dict[str, rig.Tablet] = {}

    def of(server: rig.Server) -> dict[str, rig.Tablet]:
        server.add_device("T3", town.NORTH)
        made.update((code, rig.a_tablet(server, tmp_path, code)) for code in ("T1", "T2", "T3"))
        return made

    yield of
    for each in made.values():
        each.database.close()
