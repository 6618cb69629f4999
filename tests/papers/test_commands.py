"""`voirie fleet file` and `voirie fleet report`, as somebody at the office runs them."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from asset_model.database import open_database
from asset_model.fleet import Inspection
from sync_server.cli import register
from sync_server.demo.town import fill_town
from sync_server.schema import migrate
from tests.fleet.garage import MIRROR, REJEAN, checked
from tests.papers.reading import Paper
from tests.sync.rig import Server, Tablet
from tests.ui.town import NOW


def run(url: str, *arguments: str, language: str = "fr") -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, ["fleet", *arguments, "--database", url, "--lang", language])


@pytest.fixture
def demo(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    database = open_database(sqlite_url)
    migrate(database)
    fill_town(database, now=NOW)
    database.close()
    return sqlite_url


def test_the_file_of_a_unit_of_the_demo_has_its_sheets_and_its_brakes(demo: str) -> None:
    assert run(demo, "file", "201").stdout.strip() == "unit-201.pdf"

    paper = Paper(Path("unit-201.pdf").read_bytes())
    assert paper.title == "Dossier de l’unité 201"
    assert "Western Star" in paper.text
    assert "garniture" in paper.text
    assert "Fiche d’entretien" in paper.text


def test_it_is_written_where_one_says_and_in_english(demo: str) -> None:
    run(demo, "file", "209", "--output", "sweeper.pdf", language="en")

    text = Paper(Path("sweeper.pdf").read_bytes()).text
    assert "File of unit 209" in text
    assert "Remisage d’hiver" in text


def test_what_is_not_there_is_said_so_and_nothing_is_written(demo: str) -> None:
    assert run(demo, "file", "999").exit_code == 2
    assert run(demo, "report", "nothing").exit_code == 2
    assert list(Path().glob("*.pdf")) == []


def test_a_report_is_printed_by_its_id(server: Server, shop: Tablet, tmp_path: Path) -> None:
    checked(shop, MIRROR, person=REJEAN)
    shop.sync()
    (made,) = server.rows(Inspection)
    file = tmp_path / "copy.sqlite"
    source: Any = server.database.engine.raw_connection().driver_connection
    with closing(sqlite3.connect(file)) as target:
        source.backup(target)

    told = run(f"sqlite:///{file}", "report", made.id, "--output", str(tmp_path / "r.pdf"))

    assert told.exit_code == 0, told.output
    assert "Rétroviseur fêlé" in Paper((tmp_path / "r.pdf").read_bytes()).text
