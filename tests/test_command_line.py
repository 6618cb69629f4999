"""The command line gathers what is installed, and says what to install for the rest."""

import importlib
import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest
import typer
from typer.testing import CliRunner

from asset_model import commands


def register_greeting(app: typer.Typer, asked: str = "") -> None:
    if asked not in ("", "greet"):
        return

    @app.command()
    def greet() -> None:
        """Say good day."""
        typer.echo("Bonjour")


def register_half(app: typer.Typer, asked: str = "") -> None:
    register_greeting(app, asked)
    importlib.import_module("tests.no_such_module")


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name=name, value=value, group=commands.GROUP)


HERE = point("tablet", "tests.test_command_line:register_greeting")
MISSING = point("server", "tests.no_such_module:register")
HALF_MISSING = point("server", "tests.test_command_line:register_half")


def test_a_registered_command_runs() -> None:
    result = CliRunner().invoke(commands.gather([HERE]), ["greet"])

    assert (result.exit_code, result.stdout) == (0, "Bonjour\n")


@pytest.mark.parametrize("missing", [MISSING, HALF_MISSING])
def test_a_package_that_cannot_import_leaves_the_others_usable(missing: EntryPoint) -> None:
    result = CliRunner().invoke(commands.gather([HERE, missing]), ["greet"])

    assert (result.exit_code, result.stdout) == (0, "Bonjour\n")


@pytest.mark.parametrize("arguments", [["serve"], ["--help"]])
def test_a_missing_command_says_which_extra_brings_it(arguments: list[str]) -> None:
    result = CliRunner().invoke(commands.gather([HERE, MISSING]), arguments)

    assert "voirie[server]" in " ".join(result.output.split())


@pytest.mark.parametrize("missing", [MISSING, HALF_MISSING])
def test_an_unknown_command_is_answered_by_all_that_could_have_it(missing: EntryPoint) -> None:
    result = CliRunner().invoke(commands.gather([HERE, missing], "serve"), ["serve"])

    assert result.exit_code == 2
    assert "voirie[server]" in " ".join(result.output.split())


ALONE = """
import sys
class Bar:
    def find_spec(self, name, path=None, target=None):
        if name in {barred!r}:
            raise ModuleNotFoundError("No module named " + repr(name), name=name)
sys.meta_path.insert(0, Bar())
sys.argv = ["voirie", *{arguments!r}]
from asset_model.command_line import main
main()
"""


def test_a_tablet_starts_without_what_the_server_s_commands_need() -> None:
    code = ALONE.format(barred={"fastapi", "geopandas", "alembic"}, arguments=["tablet", "--help"])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert " doctor " in done.stdout
    assert "voirie[server]" not in done.stdout


@pytest.mark.parametrize("barred", ["geopandas", "pydantic_settings", "dateutil", "argon2"])
def test_a_tablet_alone_tells_its_own_commands(barred: str) -> None:
    code = ALONE.format(barred={barred, "shapely"}, arguments=["--help"])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert " tablet " in done.stdout
