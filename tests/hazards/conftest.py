"""The town of the tests of synchronization, its crews' tablets, and a person who sits at one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from asset_model.database import open_database
from tests.hazards.person import AtTheTablet, a_person
from tests.photos import rig as photo_rig
from tests.rescue.conftest import crews, filled_postgresql, served, server, tablet
from tests.rescue.contents import known
from tests.rescue.folders import Folder
from tests.sync import rig

__all__ = ["crews", "filled_postgresql", "served", "server", "tablet"]


@pytest.fixture
def folder(server: rig.Server, tmp_path: Path) -> Iterator[Folder]:
    """A tablet's data folder, which has read everything it may hold."""
    made = Folder(tmp_path / "folder", server, known(server.database, "T1"))
    yield made
    made.database.close()


@pytest.fixture
def luc(folder: Folder) -> AtTheTablet:
    """Luc, signed in at that tablet."""
    return a_person(folder)


@pytest.fixture
def camera(tmp_path: Path) -> Iterator[photo_rig.Tablet]:
    """A tablet that takes photos, joined to its server by a wire that can be cut."""
    database = open_database(f"sqlite:///{tmp_path / 'photos.sqlite'}", synchronous="OFF")
    rig.fill_sqlite(database)
    made = photo_rig.Tablet(photo_rig.a_house(database, tmp_path), tmp_path / "camera")
    made.sync()
    yield made
    made.stop()
    database.close()
