"""`voirie tablet` when it cannot start: one sentence, what to do about it, and no traceback."""

import os
import socket
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from field_app.cli import register
from field_app.store.holding import hold

SERVER = ("--server", "http://127.0.0.1:1")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without settings, and no variable of ours."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("VOIRIE_")]:
        monkeypatch.delenv(name)
    return tmp_path


def _tablet(*arguments: str) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["tablet", *arguments])


def _complaint(result: Result) -> str:
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    return result.stderr


def test_a_missing_server_names_the_variable_and_the_option() -> None:
    assert "VOIRIE_SERVER (--server): say where the server is" in _complaint(_tablet())


def test_a_port_that_is_taken_names_the_port_the_option_and_the_variable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = _complaint(_tablet(*SERVER, "--port", port))

    assert f"Cannot listen on 127.0.0.1:{port}" in told
    assert "Choose another --port (VOIRIE_TABLET_PORT)." in told


def test_a_folder_that_cannot_be_used_is_not_taken_for_a_port(elsewhere: Path) -> None:
    (elsewhere / "file").touch()

    told = _complaint(_tablet(*SERVER, "--data", "file/tablet"))

    assert "The folder file/tablet cannot be used: Not a directory." in told
    assert "--data (VOIRIE_TABLET_DATA)" in told


def test_a_folder_that_another_tablet_holds_says_so(elsewhere: Path) -> None:
    with hold(elsewhere / "tablet"):
        told = _complaint(_tablet(*SERVER, "--data", "tablet"))

    assert "A tablet is already running in tablet. Stop it, or choose another --data" in told


@pytest.mark.parametrize("file", ["tablet.sqlite", "install.json", "device.json"])
def test_a_damaged_folder_says_how_to_save_what_it_holds(elsewhere: Path, file: str) -> None:
    (elsewhere / "tablet").mkdir()
    (elsewhere / "tablet" / file).write_text("this is neither a database nor JSON\n" * 40)

    told = _complaint(_tablet(*SERVER, "--data", "tablet"))

    assert "The tablet's folder tablet cannot be opened: " in told
    assert "voirie tablet export --data tablet" in told
    assert "Traceback" not in told
