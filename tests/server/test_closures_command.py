"""`voirie closures`: closing a street from a desk, listing what is closed, and lifting it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from sync_server.cli import register, segment_report
from tests.server.segment_town import a_town


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    told = f"sqlite:///{tmp_path / 'town.sqlite'}"
    with a_town(told):
        yield told


def run(url: str, *arguments: str) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(
        app, ["closures", *arguments, "--database", url, "--lang", "fr"], catch_exceptions=False
    )


def test_a_street_is_closed_listed_and_lifted(url: str) -> None:
    made = run(url, "add", "TR-1", "--from", "10", "--to", "60", "--begins", "2126-12-01T07:00",
               "--cause", "event", "--detour", "Par le nord").stdout.strip()  # fmt: skip

    (line,) = run(url, "list", "--json").stdout.splitlines()
    told = json.loads(line)
    assert (told["id"], told["segment"], told["status"]) == (made, "TR-1", "planned")
    assert told["begins_at"] == "2126-12-01T12:00:00.000Z"
    assert "Rue du Lac, 10–60 m\u00a0: fermé, planifié, événement" in run(url, "list").stdout

    assert run(url, "lift", made[:30]).exit_code == 0
    assert "Aucune rue" in run(url, "list").stdout
    assert '"lifted"' in run(url, "list", "--all", "--json").stdout
    assert "est levée" in run(url, "lift", made).stderr


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["TR-99", "--from", "0", "--to", "9"], "TR-99"),
        (["CD-1", "--from", "0", "--to", "9"], "On ne ferme qu’une rue"),
        (["TR-1", "--from", "9", "--to", "9"], "et non de 9"),
        (["TR-1", "--from", "0", "--to", "9", "--order", "BT-1"], "BT-1"),
        (["TR-1", "--from", "0", "--to", "9", "--side", "up"], "left, right"),
    ],
)
def test_what_cannot_be_closed_says_why(url: str, arguments: list[str], word: str) -> None:
    result = run(url, "add", *arguments)

    assert result.exit_code == 2
    assert word in result.stderr
    assert "Aucune rue" in run(url, "list").stdout


def test_it_is_told_along_its_segment_in_words(url: str) -> None:
    run(url, "add", "TR-1", "--from", "10", "--to", "60", "--cause", "event", "--detour", "Au nord")
    app = typer.Typer()
    app.command()(segment_report.events)
    app.command("other")(lambda: None)

    told = CliRunner().invoke(app, ["events", "TR-1", "--database", url, "--lang", "fr"]).stdout

    assert "fermé, en vigueur, événement, Au nord" in told
