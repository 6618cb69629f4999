"""`voirie passes`: how often streets were passed, when last, and per km of all."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import typer
from typer.testing import CliRunner, Result

from asset_model.base import instant
from asset_model.database import open_database
from sync_server.cli.passes import passes
from tests.server.segment_town import a_town
from tests.server.test_segment_passes import a_pass
from tests.sync.rig import Server

LATELY = instant(datetime.now(UTC) - timedelta(hours=1))
LONG_AGO = "2026-01-10T08:00:00.000Z"
SPREAD = {"kind": "spreading", "material": "salt", "rate": 200, "rate_unit": "kg_per_km"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    told = f"sqlite:///{tmp_path_factory.mktemp('town') / 'town.sqlite'}"
    with a_town(told):
        opened = open_database(told)
        Server(opened).write(
            a_pass("old", "TR-1", 0, 100, done_at=LONG_AGO, noted_at=LONG_AGO),
            a_pass("new", "TR-1", 0, 50, done_at=LATELY, noted_at=LATELY, **SPREAD),
            a_pass("oh", "TR-3", 0, 50, done_at=LATELY, noted_at=LATELY),
            a_pass("no", "TR-3", 0, 50, done_at=LATELY, noted_at=LATELY, reverses_id="oh"),
        )
        opened.close()
        yield told


def run(url: str, *arguments: str) -> Result:
    app = typer.Typer()
    app.command()(passes)
    return CliRunner().invoke(
        app, [*arguments, "--database", url, "--lang", "fr"], catch_exceptions=False
    )


def test_each_street_tells_its_passes_and_the_last_of_them(url: str) -> None:
    told = json.loads(run(url, "--json").stdout)

    (street,) = told["segments"]
    assert (street["tag"], street["times"], street["last_at"]) == ("TR-1", 1.5, LATELY)
    assert street["spread_kg"] == pytest.approx(10.0)
    assert told["total"]["passed_segments"] == 1
    assert told["total"]["passes_per_km"] == pytest.approx(0.15 / 0.38, abs=0.01)


def test_the_last_hours_and_one_kind_are_told_apart(url: str) -> None:
    assert json.loads(run(url, "--hours", "2", "--json").stdout)["segments"][0]["times"] == 0.5
    swept = run(url, "--kind", "sweeping", "--all").stdout
    assert "TR-1 Rue du Lac, 100 m\u00a0: aucun passage" in swept
    assert "la dernière" not in swept


def test_a_street_that_is_not_there_is_said(url: str) -> None:
    result = run(url, "TR-99")

    assert (result.exit_code, "TR-99" in result.stderr) == (2, True)
