"""The ready copies that a server keeps: what is in them, and who gets one."""

import errno
import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from asset_model.errors import Refused
from asset_model.sync.packing import unpacker
from asset_model.tables import SYNCED
from sync_server import snapshots
from sync_server.snapshot_file import write_file
from sync_server.snapshots import Rules, Snapshots
from tests.sync import rig, town
from tests.sync.copies import (
    SMALL,
    a_file_tablet,
    ask,
    keep_copies,
    made,
    of_all_kinds,
    rows_on_disk,
    scope,
)
from tests.threads import together


@pytest.fixture
def copies(server: rig.Server, tmp_path: Path) -> Snapshots:
    return keep_copies(server, tmp_path)


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

    told = together(*[partial(ask, served, copies) for copies in askers])

    assert len(written) == 1
    assert len(set(told)) == 1
    assert None not in told


def test_whoever_finds_the_queue_for_the_builder_full_takes_pages(
    server: rig.Server, tmp_path: Path
) -> None:
    copies = keep_copies(server, tmp_path, replace(SMALL, waiting_max=1))
    assert copies._waiting.acquire(blocking=False)

    assert ask(server, copies) is None


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


def test_a_copy_made_before_the_server_learned_zstd_is_given_as_gzip(
    server: rig.Server, copies: Snapshots, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(server, copies)
    monkeypatch.setattr(snapshots, "encodings", lambda: ("zstd", "gzip"))

    assert made(server, copies) == first


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
