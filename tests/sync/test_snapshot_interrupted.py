"""Taking a copy by file loses nothing, whenever it is interrupted and whatever is full."""

import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from field_app.store import bulk_intake, digests, outbox
from field_app.sync import first_copy
from field_app.sync.first_copy import Copying
from field_app.sync.part_file import PartFile
from tests.sync import rig
from tests.sync.copies import (
    FileTablet,
    Killed,
    indexes_on_disk,
)
from tests.sync.long_away import all_of, had_it_read_pages, long_away, pull, take


@pytest.fixture
def absent(server: rig.Server, tmp_path: Path) -> Iterator[FileTablet]:
    made = long_away(server, tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def twin(absent: FileTablet) -> dict[str, Any]:
    return had_it_read_pages(absent)


NO_SPACE = OSError(errno.ENOSPC, "no space left")
DATABASE_FULL = sqlite3.OperationalError("database or disk is full")

BOUNDARIES = [
    (PartFile, "begin"),
    (PartFile, "unpack"),
    (first_copy, "examine"),
    (first_copy, "take_copy"),
    (bulk_intake, "_without_indexes"),
    (bulk_intake, "_replace_rows"),
    (bulk_intake, "_lay_over"),
    (outbox, "settle"),
    (digests, "doubt"),
    (bulk_intake, "_settle_log"),
    (PartFile, "clear"),
]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("owner", "name"), BOUNDARIES, ids=[name for _, name in BOUNDARIES])
def test_a_death_at_any_step_loses_nothing_and_the_next_start_goes_on(
    absent: FileTablet, twin: dict[str, Any], owner: Any, name: str, after: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, dying(getattr(owner, name), Killed(name), after=after))
        with pytest.raises(Killed):
            take(absent)
    absent.restart()
    indexes = indexes_on_disk(absent)
    take(absent)
    pull(absent)

    assert all_of(absent) == twin
    assert indexes_on_disk(absent) == indexes


def test_a_death_at_any_sign_of_progress_loses_nothing(
    absent: FileTablet, twin: dict[str, Any]
) -> None:
    died = 0
    alive = True
    while alive:
        left = iter(range(died))

        def told(_: Copying, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise Killed

        try:
            take(absent, told)
            alive = False
        except Killed:
            died += 1
            absent.restart()
    pull(absent)

    assert died > 5
    assert all_of(absent) == twin


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("owner", "name"), BOUNDARIES[:-2], ids=[n for _, n in BOUNDARIES[:-2]])
def test_a_full_disk_at_any_step_leaves_the_tablet_as_it_was_and_pages_follow(
    absent: FileTablet,
    twin: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    owner: Any,
    name: str,
    after: bool,
) -> None:
    before = all_of(absent)
    failure = NO_SPACE if owner is PartFile else DATABASE_FULL
    monkeypatch.setattr(owner, name, dying(getattr(owner, name), failure, after=after))

    taken = take(absent)

    committed = name == "take_copy" and after
    assert taken == 0
    assert (all_of(absent) == before) is not committed
    assert sorted(file.name for file in absent.parts.iterdir()) == ["offer.json"]
    monkeypatch.undo()
    pull(absent)
    assert all_of(absent) == twin


def test_a_database_that_really_is_full_leaves_the_tablet_as_it_was(absent: FileTablet) -> None:
    before = all_of(absent)
    absent.database.engine.dispose()

    @event.listens_for(absent.database.engine, "connect")
    def limit(connection: Any, record: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    # Rows of this size cannot fit into the pages that there are.
    for n in range(40):
        absent.link.server.write(
            rig.insert("part", code=f"P{n}", label_fr="x" * 199, label_en="y" * 199, unit="t")
        )

    assert take(absent) == 0
    assert all_of(absent) == before


def dying(step: Any, death: BaseException, *, after: bool) -> Any:
    """The same step, and the end before or after it."""

    def step_and_die(*given: Any, **more: Any) -> Any:
        if after:
            step(*given, **more)
        raise death

    return step_and_die
