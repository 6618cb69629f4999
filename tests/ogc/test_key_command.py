"""`voirie ogc-key`: a key is made, listed without its secret, and ended."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from asset_model.database import open_database
from sync_server.cli.ogc_key import ogc_key
from sync_server.ogc.keys import sight_by
from tests.layers import town


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    database = open_database(f"sqlite:///{tmp_path / 'town.sqlite'}")
    town.fill(database)
    database.close()


def run(*arguments: str) -> Result:
    app = typer.Typer()
    app.command()(ogc_key)
    return CliRunner().invoke(app, [*arguments, "--database", "sqlite:///town.sqlite"])


def test_the_key_alone_is_on_the_output_and_opens_what_was_asked() -> None:
    secret = run("QGIS", "--layer", "hydrant", "--layer", "sector").stdout.strip()

    database = open_database("sqlite:///town.sqlite")
    with database.reading() as session:
        sight = sight_by(session, secret, now=town.NOW)
    database.close()
    assert (sight.people, sight.layers) == (False, frozenset({"hydrant", "sector"}))


def test_keys_are_listed_without_their_secrets() -> None:
    secret = run("QGIS").stdout.strip()

    listed = run().stdout

    assert ("QGIS" in listed, "auditor" in listed, secret in listed) == (True, True, False)


def test_a_role_that_sees_people_is_said_so() -> None:
    assert "names of people" in run("chef", "--role", "foreman").stderr


def test_an_ended_key_is_listed_no_more() -> None:
    run("QGIS")

    assert run("QGIS", "--end").exit_code == 0
    assert "No key yet" in run().stdout


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["nobody", "--end"], "There is no key 'nobody'"),
        (["QGIS", "--layer", "hydrants"], "There is no layer “hydrants” here"),
    ],
)
def test_what_cannot_be_done_is_said_and_ends_with_2(arguments: list[str], why: str) -> None:
    result = run(*arguments)

    assert (result.exit_code, why in result.output) == (2, True)
