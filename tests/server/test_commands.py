"""The server's commands: what they print, how they end, and what they say when they cannot."""

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import typer
from sqlalchemy import select
from typer.testing import CliRunner, Result

from asset_model.database import open_database
from sync_server.cli import register
from sync_server.tables import EnrolmentCode
from tests.sync import rig
from tests.sync.town import NORD, NORTH
from tests.threads import PATIENCE_S, Doing

COMMANDS = (
    "serve",
    "migrate",
    "enrol",
    "import",
    "demo",
    "backup",
    "restore",
    "new-history",
    "plans",
)


def run(*arguments: str) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, arguments)


def words(told: str) -> str:
    return " ".join(told.split())


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without settings, and no variable of ours."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("VOIRIE_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def town(elsewhere: Path) -> str:
    """The URL of a filled database."""
    url = f"sqlite:///{elsewhere / 'town.sqlite'}"
    database = open_database(url)
    rig.fill_sqlite(database)
    database.close()
    return url


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_is_for(command: str) -> None:
    result = run(command, "--help")

    assert result.exit_code == 0
    assert "Usage:" in result.stdout


def test_migrating_makes_the_database_in_the_data_folder(elsewhere: Path) -> None:
    result = run("migrate", "--data", "here")

    assert (result.exit_code, result.stdout) == (0, "The database is up to date.\n")
    assert (elsewhere / "here" / "server.sqlite").exists()
    assert stat.S_IMODE((elsewhere / "here").stat().st_mode) == 0o700


def test_migrating_works_on_both_databases(database_url: str) -> None:
    assert run("migrate", "--database", database_url).exit_code == 0
    assert run("migrate", "--database", database_url).exit_code == 0


def test_settings_that_cannot_be_used_are_all_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOIRIE_PORT", "eighty")

    result = run("migrate", "--database", "mysql://town")

    assert result.exit_code == 2
    assert "VOIRIE_PORT" in result.stderr
    assert "VOIRIE_DATABASE" in result.stderr
    assert result.stdout == ""


def test_a_database_that_cannot_be_opened_says_which_and_what_to_check() -> None:
    result = run("migrate", "--database", "sqlite:////nowhere/at/all/town.sqlite")

    assert result.exit_code == 2
    assert "sqlite:////nowhere/at/all/town.sqlite cannot be opened" in words(result.stderr)
    assert "VOIRIE_DATABASE" in result.stderr


def test_a_server_that_does_not_answer_is_told_without_its_password(free_port: int) -> None:
    url = f"postgresql+psycopg://me:secret@127.0.0.1:{free_port}/town"

    result = run("migrate", "--database", url)

    assert result.exit_code == 2
    assert "cannot be opened" in result.stderr
    assert "secret" not in result.output


def test_enrolling_prints_a_code_and_nothing_else_on_the_output(town: str) -> None:
    result = run("enrol", "T214", "--crew", "VN", "--database", town)

    assert result.exit_code == 0
    blocks = result.stdout.strip().split("-")
    assert [len(block) for block in blocks] == [4, 4, 4]
    assert "voirie tablet" in result.stderr


def test_a_code_is_for_the_crew_and_its_district(town: str) -> None:
    run("enrol", "T214", "--crew", "Voirie nord", "--database", town)

    database = open_database(town)
    with database.reading() as session:
        code = session.scalars(select(EnrolmentCode)).one()
    database.close()
    assert (code.device_code, code.kind) == ("T214", "tablet")
    assert (code.crew_id, code.district_id) == (NORTH, NORD)


def test_a_crew_that_does_not_exist_says_which_ones_do(town: str) -> None:
    result = run("enrol", "T214", "--crew", "XX", "--database", town)

    assert result.exit_code == 2
    assert "VN (Voirie nord)" in words(result.stderr)


@pytest.mark.parametrize("more", [[], ["--crew", "VN", "--office"]])
def test_a_device_is_a_crew_s_or_the_office_s(town: str, more: list[str]) -> None:
    result = run("enrol", "T214", "--database", town, *more)

    assert result.exit_code == 2
    assert "--crew CREW or --office" in words(result.stderr)


@pytest.mark.parametrize("name", ["", "   ", "x" * 21])
def test_a_device_has_a_short_name(town: str, name: str) -> None:
    result = run("enrol", name, "--crew", "VN", "--database", town)

    assert result.exit_code == 2
    assert "1 to 20 characters" in words(result.stderr)


def test_a_port_that_is_taken_says_so(elsewhere: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run("serve", "--data", "here", "--port", port, "--no-office")

    assert result.exit_code == 2
    assert f"Cannot listen on 127.0.0.1:{port}" in words(result.stderr)
    assert "--port (VOIRIE_PORT)" in words(result.stderr)


@pytest.mark.parametrize(
    ("taken", "free", "option"),
    [("--port", "--tablet-port", "--port (VOIRIE_PORT)"), ("--tablet-port", "--port", "")],
)
def test_the_demo_says_that_a_port_is_taken_before_it_fills_a_town(
    elsewhere: Path, free_port: int, taken: str, free: str, option: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = str(door.getsockname()[1])
        result = run("demo", "--data", "here", taken, port, free, str(free_port))

    assert result.exit_code == 2
    assert f"Port {port} cannot be used: Address already in use" in words(result.stderr)
    assert f"Choose another {option or taken}." in words(result.stderr)
    assert not (elsewhere / "here").exists()


@pytest.fixture
def serving(town: str, elsewhere: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`voirie serve` in a process of its own, and the address it says it listens on."""
    command = [str(Path(sys.executable).with_name("voirie")), "serve", "--no-office"]
    more = ["--database", town, "--data", "here", "--port", "0"]
    process = subprocess.Popen(
        [*command, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield process, Doing(process.stdout.readline).end().split()[-1]
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE_S)


def test_a_server_says_where_it_listens_and_answers_there(
    serving: tuple[subprocess.Popen[str], str],
) -> None:
    _, address = serving

    assert requests.get(f"{address}/health", timeout=20).json()["ok"] is True


def test_an_interrupted_server_ends_well(serving: tuple[subprocess.Popen[str], str]) -> None:
    process, address = serving
    requests.get(f"{address}/health", timeout=20)

    process.send_signal(signal.SIGINT)
    _, complaints = process.communicate(timeout=PATIENCE_S)

    assert process.returncode in (0, 130, -signal.SIGINT)
    assert "Traceback" not in complaints
