"""Taking a copy by file: what waits here lies over it, and a copy of elsewhere is not taken."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from field_app.store.local import BucketPosition, Replica
from field_app.sync import first_copy
from tests.sync import rig, town
from tests.sync.copies import CopyLink, FileTablet, a_file_tablet, indexes_on_disk, rows_on_disk
from tests.sync.long_away import all_of, had_it_read_pages, long_away, pull, push, take


@pytest.fixture
def absent(server: rig.Server, tmp_path: Path) -> Iterator[FileTablet]:
    made = long_away(server, tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def twin(absent: FileTablet) -> dict[str, Any]:
    return had_it_read_pages(absent)


def test_a_copy_leaves_what_pages_would_have_left(absent: FileTablet, twin: dict[str, Any]) -> None:
    assert take(absent) > 0
    pull(absent)

    assert all_of(absent) == twin
    assert not absent.parts.exists()


def test_what_waits_is_kept_shown_and_sent_after_a_copy(
    absent: FileTablet, server: rig.Server
) -> None:
    waiting = [change.id for change in absent.changes()]
    assert take(absent) > 0

    assert [change.id for change in absent.changes()] == waiting
    assert (absent.order(1).status, absent.order(1).title) == ("in_progress", "Affaissement")
    absent.sync()
    told = server.row("work_order", town.order_id(1))
    assert told is not None
    assert told["status"] == "in_progress"
    assert "pending" not in absent.states()
    assert absent.images() == []


def test_an_accepted_change_that_the_copy_does_not_reflect_still_shows(
    absent: FileTablet, server: rig.Server, tmp_path: Path
) -> None:
    assert isinstance(absent.link, CopyLink)
    a_file_tablet(server, tmp_path / "other", absent.link.copies).sync()  # The copy is made here,
    push(absent)  # and these changes land after it.

    assert take(absent) > 0

    assert "accepted" in absent.states()
    assert absent.order(1).status == "in_progress"
    pull(absent)
    assert "accepted" not in absent.states()
    assert absent.order(1).status == "in_progress"


def test_a_tablet_without_room_for_the_file_takes_pages(
    absent: FileTablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(absent.folder)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    assert take(absent) == 0
    assert fetches(absent) == []


def test_a_copy_of_a_scope_that_was_left_meanwhile_is_not_taken(
    absent: FileTablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moved() -> None:
        with absent.database.writing() as session:
            session.get_one(Replica, 1).scope = "another"

    monkeypatch.setattr(first_copy, "examine", lambda _: moved())
    before = rows_on_disk(absent)

    assert take(absent) == 0
    assert rows_on_disk(absent) == before


@pytest.mark.parametrize("moved", ["epoch", "position"])
def test_a_copy_of_a_history_that_was_left_or_read_further_is_not_taken(
    absent: FileTablet, monkeypatch: pytest.MonkeyPatch, moved: str
) -> None:
    def move(_: object) -> None:
        with absent.database.writing() as session:
            if moved == "epoch":
                session.get_one(Replica, 1).epoch = "another"
            else:
                session.get_one(BucketPosition, "town").position = 10_000

    monkeypatch.setattr(first_copy, "examine", move)
    before = rows_on_disk(absent)

    assert take(absent) == 0
    assert rows_on_disk(absent) == before


def test_the_indexes_are_those_that_were(absent: FileTablet) -> None:
    before = indexes_on_disk(absent)
    take(absent)

    assert indexes_on_disk(absent) == before
    assert len(before) > 5


def fetches(tablet: FileTablet) -> list[int]:
    assert isinstance(tablet.link, CopyLink)
    return tablet.link.starts
