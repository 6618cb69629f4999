"""Copies, histories and scopes that change while a copy is being fetched."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from asset_model.shape import shape
from asset_model.sync.offer import Asked
from sync_server import feed
from tests.sync import rig, town
from tests.sync.copies import (
    CopyLink,
    FileTablet,
    a_file_tablet,
    cut,
    keep_copies,
    link,
    rows_on_disk,
    scope,
)


@pytest.fixture
def fresh(server: rig.Server, tmp_path: Path) -> Iterator[FileTablet]:
    """A tablet that has read nothing yet."""
    made = a_file_tablet(server, tmp_path / "tablet", keep_copies(server, tmp_path))
    yield made
    made.database.close()


@pytest.fixture
def expected(server: rig.Server, tmp_path: Path) -> object:
    return rows_on_disk(rig.a_tablet(server, tmp_path / "pages"))


def test_what_came_of_a_copy_is_not_mixed_with_another(
    fresh: FileTablet, server: rig.Server, tmp_path: Path
) -> None:
    link(fresh).cuts = [1_500]
    cut(fresh)
    make_anew(server, link(fresh))
    for file in (tmp_path / "snapshots").glob("*.gzip"):
        file.unlink()
    make_anew(server, link(fresh))
    fresh.sync()

    assert link(fresh).starts == [0, 1_500, 0]  # Gone; and the newer from its beginning.
    assert fresh.taken_by_file
    assert rows_on_disk(fresh) == rows_on_disk(rig.a_tablet(server, tmp_path / "pages"))


def test_a_copy_begun_is_finished_while_the_server_keeps_it(
    fresh: FileTablet, server: rig.Server, tmp_path: Path
) -> None:
    link(fresh).cuts = [1_500]
    cut(fresh)
    make_anew(server, link(fresh))
    fresh.sync()

    assert link(fresh).starts == [0, 1_500]
    assert rows_on_disk(fresh) == rows_on_disk(rig.a_tablet(server, tmp_path / "pages"))


def make_anew(server: rig.Server, its: CopyLink) -> None:
    """Time passes, rows change, and another tablet has a copy of today made."""
    server.set("work_order", town.order_id(1), title=f"Titre de {server.clock()}")
    server.clock.forward(days=8)
    other = CopyLink(server, its.device, copies=its.copies)
    with server.database.reading() as session:
        epoch, _ = feed.state(session)
    held = scope(server, its.device)
    asked = Asked(epoch=epoch, scope=held.id, position=0, shape=shape())
    assert other.offer(asked) is not None


def test_a_new_history_between_offer_and_copy_is_read_by_pages_or_a_copy_of_its_own(
    fresh: FileTablet, server: rig.Server, tmp_path: Path
) -> None:
    link(fresh).cuts = [1_500]
    cut(fresh)
    with server.database.writing() as session:
        feed.begin_history(session, "another")
    fresh.sync()
    fresh.sync()

    assert rows_on_disk(fresh) == rows_on_disk(rig.a_tablet(server, tmp_path / "pages"))


def test_a_scope_that_moves_between_offer_and_copy_is_followed(
    fresh: FileTablet, server: rig.Server, tmp_path: Path
) -> None:
    def move() -> None:
        device = server.devices["T1"]
        device.crew_id, device.district_id = town.SOUTH, town.SUD

    link(fresh).between = move
    fresh.sync()
    fresh.sync()

    assert rows_on_disk(fresh) == rows_on_disk(rig.a_tablet(server, tmp_path / "pages"))
