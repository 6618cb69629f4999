"""The ready copies that a server keeps: what is in them, and when they are made."""

import errno
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asset_model.errors import Refused
from asset_model.shape import shape
from asset_model.sync.offer import Asked, Offer
from asset_model.sync.packing import unpacker
from asset_model.tables import SYNCED
from sync_server import feed, snapshots
from sync_server.snapshot_file import write_file
from sync_server.snapshots import Rules, Snapshots
from tests.sync import rig, town
from tests.sync.copies import SMALL, a_file_tablet, keep_copies, of_all_kinds, rows_on_disk, scope


@pytest.fixture
def copies(server: rig.Server, tmp_path: Path) -> Snapshots:
    return keep_copies(server, tmp_path)


def ask(server: rig.Server, copies: Snapshots, device: str = "T1", **other: Any) -> Offer | None:
    held = scope(server, device)
    with server.database.reading() as session:
        epoch, _ = feed.state(session)
    asked = Asked(epoch=epoch, scope=held.id, position=0, shape=shape())
    return copies.offer(held, replace(asked, **other), {"gzip"}, server.clock())


def made(server: rig.Server, copies: Snapshots, device: str = "T1") -> Offer:
    offer = ask(server, copies, device)
    assert offer is not None
    return offer


def builds(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are written from now on."""
    written: list[Path] = []

    def noted(session: Any, file: Path, *more: Any) -> int:
        written.append(file)
        return write_file(session, file, *more)

    monkeypatch.setattr(snapshots, "write_file", noted)
    return written


def test_a_copy_by_file_is_the_same_row_by_row_as_one_by_pages(
    served: rig.Server, tmp_path: Path
) -> None:
    of_all_kinds(served)
    served.set("work_order", town.order_id(1), title="Deux fois le même seau")
    served.set("work_order", town.order_id(3), district_id=town.SUD, crew_id=town.SOUTH)
    by_file = a_file_tablet(served, tmp_path / "tablet", keep_copies(served, tmp_path))
    by_pages = rig.a_tablet(served, tmp_path / "pages")

    by_file.sync()

    assert by_file.taken_by_file
    assert rows_on_disk(by_file) == rows_on_disk(by_pages)


def test_a_copy_holds_nothing_outside_its_buckets(
    server: rig.Server, copies: Snapshots, tmp_path: Path
) -> None:
    offer = made(server, copies, "T2")
    packed = copies.file(offer.name, scope(server, "T2")).read_bytes()
    (tmp_path / "plain").write_bytes(unpacker("gzip").decompress(packed))

    with closing(sqlite3.connect(tmp_path / "plain")) as file:
        districts = set(file.execute("SELECT DISTINCT district_id FROM asset").fetchall())
        held = {b for n in SYNCED for (b,) in file.execute(f"SELECT buckets FROM {n}")}

    assert districts == {(town.SUD,)}
    assert {bucket for buckets in held for bucket in buckets.split()} <= set(offer.buckets)


def test_two_tablets_of_a_crew_share_one_build(
    served: rig.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = builds(monkeypatch)
    copies = keep_copies(served, tmp_path)
    served.add_device("T3", town.NORTH)

    first, second = made(served, copies, "T1"), made(served, copies, "T3")

    assert first == second
    assert len(written) == 1


def test_many_who_ask_at_once_wait_for_one_builder(
    served: rig.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = builds(monkeypatch)
    # As many servers over one folder as threads: nothing in memory may be what keeps them apart.
    askers = [keep_copies(served, tmp_path) for _ in range(4)]
    start = threading.Barrier(4)
    told: list[Offer | None] = []

    def asking(copies: Snapshots) -> None:
        start.wait()
        told.append(ask(served, copies))

    threads = [threading.Thread(target=asking, args=[copies]) for copies in askers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(written) == 1
    assert len(set(told)) == 1
    assert None not in told


def test_whoever_finds_the_queue_for_the_builder_full_takes_pages(
    server: rig.Server, tmp_path: Path
) -> None:
    copies = keep_copies(server, tmp_path, replace(SMALL, waiting_max=1))
    copies._waiting.acquire()

    assert ask(server, copies) is None


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


@pytest.mark.parametrize("step", ["write_file", "hash_of", "pack"])
@pytest.mark.parametrize(
    "failure", [OSError(errno.ENOSPC, "no space"), sqlite3.OperationalError("disk is full")]
)
def test_a_full_disk_leaves_no_draft_behind_and_sends_tablets_to_pages(
    server: rig.Server,
    copies: Snapshots,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    failure: Exception,
) -> None:
    def full(*_: object) -> None:
        raise failure

    monkeypatch.setattr(snapshots, step, full)

    assert ask(server, copies) is None
    assert [file.name for file in (tmp_path / "snapshots").iterdir()] == ["building.lock"]


def test_a_builder_that_was_killed_is_followed_by_another(
    server: rig.Server, copies: Snapshots, tmp_path: Path
) -> None:
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / "draft.sqlite").write_bytes(b"half a file")
    (tmp_path / "snapshots" / "draft.gzip").write_bytes(b"half a file")

    assert made(server, copies).bytes > 1_000


def test_a_small_scope_gets_pages(server: rig.Server, tmp_path: Path) -> None:
    assert ask(server, keep_copies(server, tmp_path, Rules())) is None


@pytest.mark.parametrize("other", ["epoch", "scope", "shape"])
def test_a_tablet_of_another_history_scope_or_shape_gets_pages(
    server: rig.Server, copies: Snapshots, other: str
) -> None:
    assert ask(server, copies, **{other: "other"}) is None


def test_a_tablet_that_lacks_little_gets_pages(server: rig.Server, copies: Snapshots) -> None:
    position = made(server, copies).position
    server.set("work_order", town.order_id(1), title="Autre titre")

    assert ask(server, copies, position=position) is None


def test_a_name_that_leads_elsewhere_leads_nowhere(
    server: rig.Server, copies: Snapshots, tmp_path: Path
) -> None:
    held = scope(server, "T1")
    (tmp_path / "secret.gzip").write_bytes(b"secret")

    for name in (f"{held.id}-/../../secret.gzip", f"{held.id}-\\..\\secret.gzip", f"{held.id}-"):
        with pytest.raises(Refused) as refused:
            copies.file(name, held)
        assert refused.value.code == "snapshot_gone"
