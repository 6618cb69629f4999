"""A database that is behind the mark outside it begins a new history by itself."""

import asyncio
import logging
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from asset_model.database import Database, open_database
from field_app.actions import facts
from sync_server import feed, high_water
from tests.rescue.contents import words
from tests.sync import rig, town


def _new_epochs() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"begun-{next(numbers)}"


def _check(database: Database, folder: Path) -> high_water.Behind | None:
    return high_water.check(database, folder, new_epoch=_new_epochs())


def _epoch(database: Database) -> str:
    with database.reading() as session:
        return feed.state(session)[0]


def _back_by(database: Database, positions: int) -> None:
    """What copying an earlier file back does to the history."""
    with database.writing() as session:
        feed.take_positions(session, -positions)


def _begin(database: Database, epoch: str) -> None:
    with database.writing() as session:
        feed.begin_history(session, epoch)


@pytest.mark.parametrize("order", [town.order_id(1), rig.an_id()], ids=["refused", "parked"])
def test_a_copy_of_before_a_change_that_was_turned_down_is_behind_its_mark(
    served: rig.Server, tmp_path: Path, order: str
) -> None:
    _check(served.database, tmp_path)
    with served.database.reading() as session:
        _, position = feed.state(session)
    served.push(rig.group(rig.edit("work_order", order, title="Autre")))
    high_water.note(served.database, tmp_path)

    mark = high_water.read(tmp_path)

    assert high_water.compare(mark, _epoch(served.database), position) is not None


def test_a_first_start_leaves_a_mark_and_the_history_as_it_is(
    served: rig.Server, tmp_path: Path
) -> None:
    epoch = _epoch(served.database)

    assert _check(served.database, tmp_path) is None
    assert _epoch(served.database) == epoch
    assert high_water.read(tmp_path) is not None


def test_a_database_at_its_mark_goes_on(served: rig.Server, tmp_path: Path) -> None:
    _check(served.database, tmp_path)
    epoch = _epoch(served.database)
    served.push(rig.group(rig.comment(town.order_id(1))))

    assert _check(served.database, tmp_path) is None
    assert _epoch(served.database) == epoch


def test_a_database_behind_its_mark_begins_a_new_history_and_says_so(
    served: rig.Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _check(served.database, tmp_path)
    _back_by(served.database, 1)

    with caplog.at_level(logging.WARNING):
        behind = _check(served.database, tmp_path)

    assert behind is not None
    assert behind.seen - behind.position == 1
    assert _epoch(served.database) == "begun-1"
    assert "A new history begins" in caplog.text


def test_the_new_history_is_begun_once(served: rig.Server, tmp_path: Path) -> None:
    _check(served.database, tmp_path)
    _back_by(served.database, 1)
    _check(served.database, tmp_path)

    assert _check(served.database, tmp_path) is None


def test_a_copy_of_a_history_that_another_one_followed_begins_a_new_one(
    served: rig.Server, tmp_path: Path
) -> None:
    first = _epoch(served.database)
    _check(served.database, tmp_path)
    _begin(served.database, "second")
    high_water.note(served.database, tmp_path)
    _begin(served.database, first)

    assert _check(served.database, tmp_path) is not None
    assert _epoch(served.database) == "begun-1"


def test_a_history_never_seen_here_is_taken_as_it_is(served: rig.Server, tmp_path: Path) -> None:
    _check(served.database, tmp_path)
    _begin(served.database, "restored elsewhere")
    _back_by(served.database, 1)

    assert _check(served.database, tmp_path) is None


def test_a_mark_that_cannot_be_read_is_made_anew(served: rig.Server, tmp_path: Path) -> None:
    (tmp_path / high_water.FILE).write_text("{")

    assert _check(served.database, tmp_path) is None
    assert high_water.read(tmp_path) is not None


def test_a_folder_that_cannot_be_written_stops_nobody(
    served: rig.Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()

    assert _check(served.database, tmp_path / "file") is None
    assert "cannot be written" in caplog.text


def test_the_mark_follows_while_the_server_runs_and_stands_when_it_stops(
    served: rig.Server, tmp_path: Path
) -> None:
    async def serve() -> None:
        async with high_water.kept(served.database, tmp_path):
            await asyncio.to_thread(served.push, rig.group(rig.comment(town.order_id(1))))

    asyncio.run(serve())

    with served.database.reading() as session:
        epoch, position = feed.state(session)
    assert high_water.read(tmp_path) == high_water.Mark(epoch, {epoch: position})


def test_after_yesterdays_file_was_copied_back_by_hand_the_tablet_brings_back_its_work(
    tmp_path: Path,
) -> None:
    file, yesterday = tmp_path / "server.sqlite", tmp_path / "yesterday.sqlite"
    town.fill_server(database := open_database(f"sqlite:///{file}"))
    server = rig.with_devices(rig.Server(database))
    luc = rig.a_tablet(server, tmp_path)
    _stopped(database, tmp_path)
    shutil.copy(file, yesterday)
    luc.do(facts.comment, town.order_id(1), "Fait depuis.")
    luc.sync()
    _stopped(database, tmp_path)
    shutil.copy(yesterday, file)

    _check(database, tmp_path)
    assert words(database) == []
    luc.sync()  # It hears of the new history, and offers again what the old one had accepted.
    luc.sync()

    assert words(database) == ["Fait depuis."]
    assert luc.states() == ["settled"]
    database.close()
    luc.database.close()


def _stopped(database: Database, folder: Path) -> None:
    high_water.note(database, folder)
    database.close()
