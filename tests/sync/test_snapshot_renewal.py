"""When a ready copy is given on, made anew, or thrown away."""

from pathlib import Path

import pytest

from asset_model.errors import Refused
from sync_server import feed
from sync_server.snapshots import Rules, Snapshots
from tests.sync import rig, town
from tests.sync.copies import keep_copies, made, scope


@pytest.fixture
def copies(server: rig.Server, tmp_path: Path) -> Snapshots:
    return keep_copies(server, tmp_path)


def test_a_copy_is_made_anew_after_five_minutes_and_enough_changes(
    server: rig.Server, copies: Snapshots
) -> None:
    first = made(server, copies)
    for n in range(5):
        server.set("work_order", town.order_id(1), title=f"Titre {n}")
        server.set("work_order", town.order_id(3), title=f"Titre {n}")
        server.set("step", town.step_id(1), label_fr=f"Étape {n}")
    at_once = made(server, copies)
    server.clock.forward(minutes=5)
    later = made(server, copies)

    assert at_once == first
    assert later.position > first.position


def test_a_copy_that_few_changes_follow_is_given_on(server: rig.Server, tmp_path: Path) -> None:
    copies = keep_copies(server, tmp_path, Rules(rows_min=1, changed_min=100))
    first = made(server, copies)
    server.set("work_order", town.order_id(1), title="Autre titre")
    server.clock.forward(hours=1)

    assert made(server, copies) == first


def test_a_copy_that_changes_follow_is_not_given_on_for_ever(
    server: rig.Server, tmp_path: Path
) -> None:
    copies = keep_copies(server, tmp_path, Rules(rows_min=1, changed_min=100))
    first = made(server, copies)
    server.set("work_order", town.order_id(1), title="Autre titre")
    server.clock.forward(days=8)

    assert made(server, copies).position > first.position


def test_a_new_history_has_a_copy_of_its_own(server: rig.Server, copies: Snapshots) -> None:
    first = made(server, copies)
    with server.database.writing() as session:
        feed.begin_history(session, "another")

    second = made(server, copies)

    assert second.epoch == "another"
    assert second.name != first.name


def test_a_copy_ahead_of_the_history_is_not_given(server: rig.Server, copies: Snapshots) -> None:
    server.set("work_order", town.order_id(1), title="Perdu avec la copie de sûreté")
    first = made(server, copies)
    with server.database.writing() as session:
        feed.take_positions(session, -1)

    assert made(server, copies).position == first.position - 1


def test_the_copy_before_the_newest_can_still_be_fetched(
    server: rig.Server, copies: Snapshots
) -> None:
    names = []
    for n in range(3):
        names.append(made(server, copies).name)
        server.set("work_order", town.order_id(1), title=f"Titre {n}")
        server.set("work_order", town.order_id(3), title=f"Titre {n}")
        server.clock.forward(minutes=6)
        server.clock.forward(days=8)
    held = scope(server, "T1")

    assert len(set(names)) == 3
    assert copies.file(names[1], held).is_file()
    assert copies.file(names[2], held).is_file()
    with pytest.raises(Refused) as refused:
        copies.file(names[0], held)
    assert refused.value.code == "snapshot_gone"


def test_a_copy_that_nobody_has_had_made_for_a_month_goes(
    server: rig.Server, copies: Snapshots
) -> None:
    old = made(server, copies, "T2")
    server.clock.forward(days=31)
    made(server, copies, "T1")

    with pytest.raises(Refused) as refused:
        copies.file(old.name, scope(server, "T2"))
    assert refused.value.code == "snapshot_gone"


@pytest.mark.parametrize("lost", ["*.json", "*.gzip"])
def test_a_copy_that_lost_a_file_is_made_again(
    server: rig.Server, copies: Snapshots, tmp_path: Path, lost: str
) -> None:
    first = made(server, copies)
    for file in (tmp_path / "snapshots").glob(lost):
        file.unlink()

    assert made(server, copies) == first
    assert copies.file(first.name, scope(server, "T1")).is_file()


def test_a_manifest_of_another_version_is_as_none(
    server: rig.Server, copies: Snapshots, tmp_path: Path
) -> None:
    first = made(server, copies)
    (tmp_path / "snapshots" / f"{first.scope}.json").write_text('{"epoch": "?"}')

    assert made(server, copies) == first
