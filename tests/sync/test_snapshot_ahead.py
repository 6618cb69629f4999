"""A tablet that is expected finds its first copy made."""

from pathlib import Path

import pytest

from asset_model.sync.wire import Pull
from sync_server.enrolment import Place, new_code
from sync_server.expected import prepare_copies
from sync_server.snapshots import Snapshots
from tests.sync import rig, town
from tests.sync.copies import keep_copies, scope


@pytest.fixture
def copies(server: rig.Server, tmp_path: Path) -> Snapshots:
    return keep_copies(server, tmp_path)


def seen_by_now(server: rig.Server) -> None:
    """Every tablet of the town has been here."""
    nothing = Pull(schema=1, epoch=None, scope=None, positions={})
    for device in server.devices:
        server.pull(nothing, device=device)


def ahead(server: rig.Server, copies: Snapshots, folder: Path) -> set[str]:
    """The scopes whose copies are made now, without anybody asking."""
    prepare_copies(server.database, copies, now=server.clock())
    return {file.stem for file in (folder / "snapshots").glob("*.json")}


def test_a_new_device_finds_its_copy_made(
    server: rig.Server, copies: Snapshots, tmp_path: Path
) -> None:
    seen_by_now(server)
    server.add_device("T3", town.SOUTH)

    assert ahead(server, copies, tmp_path) == {scope(server, "T3").id}


def test_a_code_that_waits_to_be_typed_has_the_copy_made(
    server: rig.Server, copies: Snapshots, tmp_path: Path
) -> None:
    seen_by_now(server)
    with server.database.writing() as session:
        place = Place("T4", "tablet", town.NORTH, town.NORD)
        new_code(session, place, now=server.clock())

    assert ahead(server, copies, tmp_path) == {scope(server, "T1").id}


def test_a_code_that_has_expired_is_not_waited_for(
    server: rig.Server, copies: Snapshots, tmp_path: Path
) -> None:
    seen_by_now(server)
    with server.database.writing() as session:
        new_code(session, Place("T4", "tablet", town.NORTH, town.NORD), now=server.clock())
    server.clock.forward(hours=25)

    assert ahead(server, copies, tmp_path) == set()


def test_where_nobody_is_expected_nothing_is_made(
    server: rig.Server, copies: Snapshots, tmp_path: Path
) -> None:
    seen_by_now(server)

    assert ahead(server, copies, tmp_path) == set()
