"""`voirie devices` and `voirie revoke`: who is let in, and shutting out what was lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from asset_model.database import Database, open_database
from asset_model.errors import Refused
from sync_server.enrolment import device_of
from tests.server.test_commands import run
from tests.sync import town
from tests.sync.town import NORTH


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'town.sqlite'}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A town with one tablet, T1."""
    run("migrate", "--database", url)
    opened = open_database(url)
    town.fill_server(opened)
    yield opened
    opened.close()


@pytest.fixture
def token(database: Database) -> str:
    return town.add_tablet(database, "T1", NORTH)[1]


def let_in(database: Database, token: str) -> bool:
    with database.reading() as session:
        try:
            device_of(session, token)
        except Refused:
            return False
    return True


def test_a_device_that_is_revoked_is_not_let_in(database: Database, token: str, url: str) -> None:
    result = run("revoke", "T1", "--database", url)

    assert result.exit_code == 0
    assert "T1 is shut out" in result.stdout
    assert not let_in(database, token)


def test_revoking_is_undone_with_the_token_it_had(database: Database, token: str, url: str) -> None:
    run("revoke", "T1", "--database", url)

    result = run("revoke", "T1", "--undo", "--database", url)

    assert (result.exit_code, result.stdout) == (0, "T1 is let in again.\n")
    assert let_in(database, token)


@pytest.mark.usefixtures("token")
def test_doing_either_twice_changes_nothing(url: str) -> None:
    assert run("revoke", "T1", "--undo", "--database", url).stdout == "T1 was not shut out.\n"
    run("revoke", "T1", "--database", url)
    listed = run("devices", "--database", url).stdout

    assert run("revoke", "T1", "--database", url).stdout == "T1 was shut out before.\n"
    assert run("devices", "--database", url).stdout == listed


@pytest.mark.usefixtures("database")
def test_a_device_that_nobody_knows_is_told_with_how_to_find_it(url: str) -> None:
    result = run("revoke", "T9", "--database", url)

    assert result.exit_code == 2
    assert "There is no device 'T9'" in result.stderr
    assert "voirie devices" in result.stderr


@pytest.mark.usefixtures("token")
def test_the_list_tells_whose_a_device_is_and_whether_it_is_let_in(url: str) -> None:
    before = run("devices", "--database", url).stdout.splitlines()
    run("revoke", "T1", "--database", url)
    after = run("devices", "--database", url).stdout.splitlines()

    assert before[1].split() == ["T1", "tablet", "VN", "never"]
    assert "shut out since" in after[1]


def test_an_empty_list_says_how_to_let_one_in(url: str) -> None:
    run("migrate", "--database", url)

    assert "voirie enrol" in run("devices", "--database", url).stdout


def test_a_slip_in_the_name_of_a_folder_makes_no_empty_town(tmp_path: Path) -> None:
    told = run("devices", "--data", str(tmp_path / "twon"))

    assert told.exit_code == 2
    assert "There is no database" in told.stderr
    assert not (tmp_path / "twon").exists()
