"""Fetching a copy over links that break or are slow."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from field_app.sync import first_copy
from field_app.sync.first_copy import Copying, is_too_slow
from field_app.sync.loop import LinkState, SyncLoop
from field_app.sync.transport import LinkDown
from tests.sync import rig
from tests.sync.copies import (
    PIECE_BYTES,
    FileTablet,
    a_file_tablet,
    cut,
    keep_copies,
    link,
    rows_on_disk,
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


@pytest.mark.parametrize("at", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3_000, -1])
def test_a_copy_that_was_cut_goes_on_from_where_it_was(
    fresh: FileTablet, expected: object, at: int
) -> None:
    cut_at = at if at >= 0 else whole(fresh) - 1
    link(fresh).cuts = [cut_at]
    cut(fresh)
    fresh.restart()
    fresh.sync()

    assert link(fresh).starts == [0, cut_at]
    assert fresh.taken_by_file
    assert rows_on_disk(fresh) == expected


def whole(tablet: FileTablet) -> int:
    """The size of the copy that is on offer."""
    other = a_file_tablet(
        tablet.link.server, tablet.folder.parent / "other", link(tablet).copies, "T1"
    )
    other.sync()
    other.database.close()
    return other.seen[0].total


def test_a_link_that_breaks_but_brings_something_is_asked_on_at_once(
    fresh: FileTablet, expected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_copy, "GAIN_BYTES", 300)
    link(fresh).cuts = [300] * 9

    fresh.sync()

    assert link(fresh).starts == [300 * n for n in range(10)]
    assert rows_on_disk(fresh) == expected


def test_after_three_tries_that_brought_little_pages_are_taken(
    fresh: FileTablet, expected: object
) -> None:
    link(fresh).cuts = [100, 100, 100]
    cut(fresh)
    cut(fresh)
    fresh.sync()

    assert not fresh.taken_by_file
    assert rows_on_disk(fresh) == expected
    fresh.sync()
    assert not fresh.parts.exists()


def test_a_tablet_that_chose_pages_keeps_to_them_after_a_restart(fresh: FileTablet) -> None:
    link(fresh).cuts = [0, 0, 0]
    cut(fresh)
    cut(fresh)
    link(fresh).before = down
    cut(fresh)
    fresh.restart()
    link(fresh).before = lambda _: None
    fresh.sync()

    assert len(link(fresh).starts) == 3
    assert not fresh.taken_by_file


def down(what: str) -> None:
    raise LinkDown(what)


def test_tries_that_brought_something_between_do_not_count(
    fresh: FileTablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_copy, "GAIN_BYTES", 300)
    link(fresh).cuts = [100, 100, 300, 100]
    cut(fresh)
    cut(fresh)
    cut(fresh)
    fresh.sync()

    assert fresh.taken_by_file


def test_a_slow_link_gets_pages(
    fresh: FileTablet, expected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_copy, "TOO_LONG", timedelta(seconds=20))

    def crawl(_: Copying) -> None:
        fresh.clock.forward(seconds=6)

    fresh.sync(crawl)

    assert not fresh.taken_by_file
    assert rows_on_disk(fresh) == expected


@pytest.mark.parametrize(
    ("came", "missing", "took_s", "slow"),
    [
        (1_000_000, 8_000_000, 5, False),  # 40 s left
        (600_000, 8_400_000, 5, True),  # 70 s left
        (100_000, 8_900_000, 4, False),  # too early to tell
        (0, 9_000_000, 6, True),
        (8_900_000, 100_000, 300, False),  # nearly there
        (100_000, 8_900_000, -600, False),  # the clock was set back
    ],
)
def test_a_link_is_slow_when_the_rest_would_take_over_a_minute(
    came: int, missing: int, took_s: int, slow: bool
) -> None:
    assert is_too_slow(came, missing, timedelta(seconds=took_s)) is slow


def test_a_tablet_that_has_read_to_the_end_asks_for_no_copy(fresh: FileTablet) -> None:
    fresh.sync()
    before = len(link(fresh).starts)
    fresh.sync()

    assert len(link(fresh).starts) == before == 1


def test_progress_is_told_in_bytes_then_in_tables(fresh: FileTablet) -> None:
    fresh.sync()
    fetching = [step for step in fresh.seen if step.stage == "fetching"]
    taking = [step for step in fresh.seen if step.stage == "taking"]

    assert [step.done for step in fetching] == sorted(step.done for step in fetching)
    assert fetching[-1].done == fetching[-1].total > 1_000
    assert (taking[0].done, taking[-1].done) == (0, taking[-1].total)
    assert fresh.seen == [*fetching, *taking]


def test_a_round_counts_the_rows_of_the_copy(fresh: FileTablet) -> None:
    done = fresh.sync()

    assert done.received == sum(len(rows) for rows in rows_on_disk(fresh).values())


def test_the_link_tells_how_far_the_copy_is_until_it_is_taken(fresh: FileTablet) -> None:
    states: list[LinkState] = []
    loop = SyncLoop(
        fresh.database, fresh.link, clock=fresh.clock, random=Random(1), listen=states.append
    )

    loop._try()

    told = [state.copying.stage for state in states if state.copying]
    assert told[0] == "fetching"
    assert told[-1] == "taking"
    assert (loop.state.online, loop.state.copying) == (True, None)
