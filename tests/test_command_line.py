"""The command line gathers what is installed, and says what to install for the rest."""

from importlib.metadata import EntryPoint

import pytest
import typer
from typer.testing import CliRunner

from asset_model import commands


def register_greeting(app: typer.Typer) -> None:
    @app.command()
    def greet() -> None:
        """Say good day."""
        typer.echo("Bonjour")


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name=name, value=value, group=commands.GROUP)


HERE = point("tablet", "tests.test_command_line:register_greeting")
MISSING = point("server", "tests.no_such_module:register")


def test_a_registered_command_runs() -> None:
    result = CliRunner().invoke(commands.gather([HERE]), ["greet"])

    assert (result.exit_code, result.stdout) == (0, "Bonjour\n")


def test_a_package_that_cannot_import_leaves_the_others_usable() -> None:
    result = CliRunner().invoke(commands.gather([HERE, MISSING]), ["greet"])

    assert (result.exit_code, result.stdout) == (0, "Bonjour\n")


@pytest.mark.parametrize("arguments", [["serve"], ["--help"]])
def test_a_missing_command_says_which_extra_brings_it(arguments: list[str]) -> None:
    result = CliRunner().invoke(commands.gather([HERE, MISSING]), arguments)

    assert "voirie[server]" in " ".join(result.output.split())
