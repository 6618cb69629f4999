"""`voirie backup`, `restore` and `serve`, as an administrator types them."""

from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from asset_model.commands import gather
from asset_model.database import Database, open_database
from sync_server import feed, high_water
from sync_server.cli import serve
from tests.rescue.contents import words
from tests.sync import rig, town


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def database(data: Path) -> Iterator[Database]:
    """A server in its data folder, with some work."""
    data.mkdir()
    opened = open_database(f"sqlite:///{data / 'server.sqlite'}")
    rig.fill_sqlite(opened)
    server = rig.with_devices(rig.Server(opened))
    server.push(rig.group(rig.comment(town.order_id(1), "Fait.")))
    yield opened
    opened.close()


def _voirie(*arguments: object) -> Result:
    app = gather(entry_points(group="voirie.commands"))
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def _epoch(database: Database) -> str:
    with database.reading() as session:
        return feed.state(session)[0]


def test_a_backup_into_a_folder_is_named_by_its_moment(
    database: Database, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "copies").mkdir()

    done = _voirie("backup", tmp_path / "copies", "--data", data)

    (made,) = (tmp_path / "copies").iterdir()
    assert done.exit_code == 0, done.output
    assert made.match("voirie-2*.zip")


def test_a_backup_writes_over_nothing(database: Database, data: Path, tmp_path: Path) -> None:
    (tmp_path / "town.zip").write_text("yesterday's")

    done = _voirie("backup", tmp_path / "town.zip", "--data", data)

    assert done.exit_code == 2
    assert (tmp_path / "town.zip").read_text() == "yesterday's"


def test_a_restored_server_has_its_mark_in_the_new_history(
    database: Database, data: Path, tmp_path: Path
) -> None:
    before = _epoch(database)
    _voirie("backup", tmp_path / "town.zip", "--data", data)

    done = _voirie("restore", tmp_path / "town.zip", "--data", data, "--force")

    mark = high_water.read(data)
    assert done.exit_code == 0, done.output
    assert "A new history begins" in done.output
    assert mark is not None
    assert mark.epoch == _epoch(database) != before


def test_a_restore_without_force_says_what_it_would_replace(
    database: Database, data: Path, tmp_path: Path
) -> None:
    _voirie("backup", tmp_path / "town.zip", "--data", data)

    done = _voirie("restore", tmp_path / "town.zip", "--data", data)

    assert done.exit_code == 2
    assert "--force" in done.output


def test_an_administrator_may_begin_a_new_history(database: Database, data: Path) -> None:
    before = _epoch(database)

    done = _voirie("new-history", "--data", data)

    assert done.exit_code == 0, done.output
    assert _epoch(database) != before
    mark = high_water.read(data)
    assert mark is not None
    assert mark.epoch == _epoch(database)


def test_a_bad_archive_changes_nothing(database: Database, data: Path, tmp_path: Path) -> None:
    (tmp_path / "town.zip").write_text("not an archive")

    done = _voirie("restore", tmp_path / "town.zip", "--data", data, "--force")

    assert done.exit_code == 2
    assert words(database) == ["Fait."]


def test_a_database_damaged_beyond_use_is_put_aside_and_replaced(
    database: Database, data: Path, tmp_path: Path
) -> None:
    _voirie("backup", tmp_path / "town.zip", "--data", data)
    database.close()
    (data / "server.sqlite").write_bytes(b"garbage" * 1000)

    done = _voirie("restore", tmp_path / "town.zip", "--data", data, "--force")

    (aside,) = data.glob("server.sqlite.damaged-*")
    assert done.exit_code == 0, done.output
    assert aside.read_bytes() == b"garbage" * 1000
    assert words(database) == ["Fait."]


def test_a_damaged_database_is_put_back_when_the_restore_fails(
    database: Database, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _voirie("backup", tmp_path / "town.zip", "--data", data)
    database.close()
    (data / "server.sqlite").write_bytes(b"garbage" * 1000)

    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sync_server.restore._fill", full)
    done = _voirie("restore", tmp_path / "town.zip", "--data", data, "--force")

    assert done.exit_code == 2
    assert (data / "server.sqlite").read_bytes() == b"garbage" * 1000


def test_a_server_that_starts_behind_its_mark_begins_a_new_history(
    database: Database, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _epoch(database)
    high_water.note(database, data)
    with database.writing() as session:
        feed.take_positions(session, -1)
    monkeypatch.setattr(serve, "_run", lambda _, listener, __: listener.close())

    done = _voirie("serve", "--data", data, "--port", 0, "--no-office")

    assert done.exit_code == 0, done.output
    assert _epoch(database) != before
