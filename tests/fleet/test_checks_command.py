"""`voirie checks`: a town publishes its own lists and figures, and names who checks."""

import json
from pathlib import Path

import pytest
import typer
from sqlalchemy import select
from typer.testing import CliRunner, Result

from asset_model.database import Database, open_database
from asset_model.fleet import Designation, InspectionForm, LegalRule
from sync_server.cli import register
from tests.fleet import garage
from tests.fleet.garage import REJEAN, WIPER, checked, items
from tests.sync.rig import Server, Tablet, a_server, a_tablet
from tests.sync.town import NORTH


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A server's database in a file, with a fleet."""
    monkeypatch.chdir(tmp_path)
    database = open_database(f"sqlite:///{tmp_path / 'server.sqlite'}")
    made = a_server()
    garage.fill(made)
    source, target = (each.engine.raw_connection() for each in (made.database, database))
    source.driver_connection.backup(target.driver_connection)  # type: ignore[union-attr]
    made.database.close()
    return database


def run(kept: Database, *arguments: str) -> Result:
    app = typer.Typer()
    register(app)
    url = str(kept.engine.url)
    return CliRunner().invoke(app, ["checks", *arguments, "--database", url, "--lang", "fr"])


def rows(kept: Database, model: type) -> list:  # type: ignore[type-arg]
    with kept.reading() as session:
        return list(session.scalars(select(model)))


def test_a_list_is_shown_edited_and_published(kept: Database, tmp_path: Path) -> None:
    document = json.loads(run(kept, "lists", "liste_1").stdout)
    document |= {"confirmed": True, "source": "Texte prescrit", "effective_on": "2026-11-20"}
    document["items"][5]["major"][0] |= {"label_fr": "Texte exact", "confirmed": True}
    file = tmp_path / "liste.json"
    file.write_text(json.dumps(document), "utf-8")

    first, again = run(kept, "publish", str(file)), run(kept, "publish", str(file))

    assert first.stdout == again.stdout == "liste_1 2  2026-11-20\n"
    (form,) = rows(kept, InspectionForm)
    assert (form.edition, form.confirmed, form.items[5]["major"][0]["label_fr"]) == (
        2, True, "Texte exact",
    )  # fmt: skip
    assert "liste_1 2  2026-11-20  Liste 1 – Véhicule lourd (confirmé)" in run(kept, "lists").stdout


def test_tablets_check_by_the_edition_of_the_town(kept: Database, tmp_path: Path) -> None:
    file = tmp_path / "liste.json"
    document = json.loads(run(kept, "lists", "liste_1").stdout)
    document |= {"items": document["items"][5:6], "effective_on": "2026-11-01"}
    file.write_text(json.dumps(document), "utf-8")
    run(kept, "publish", str(file))
    tablet = _tablet(kept, tmp_path)

    assert [item["code"] for item in items(tablet)] == ["6", "V1", "V2", "V5", "V6"]
    checked(tablet, WIPER)
    tablet.sync()
    assert set(tablet.states()) == {"settled"}


def _tablet(kept: Database, folder: Path) -> Tablet:
    server = Server(kept)
    server.add_device("T7", NORTH)
    return a_tablet(server, folder / "tablet", "T7")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [("[", "liste.json"), ("{}", "code"), ('{"items": []}', "code")],
)
def test_a_list_that_cannot_be_read_is_told_and_not_kept(
    kept: Database, tmp_path: Path, wrong: str, told: str
) -> None:
    file = tmp_path / "liste.json"
    file.write_text(wrong, "utf-8")

    result = run(kept, "publish", str(file))

    assert (result.exit_code, told in result.output) == (2, True)
    assert rows(kept, InspectionForm) == []


def test_a_figure_says_its_source_and_whether_it_was_read(kept: Database) -> None:
    before = run(kept, "rules").stdout
    value = '{"hours": 24}'
    set_it = run(kept, "rule", "minor_defect_delay", value, "--source", "Loi", "--confirmed",
                 "--from", "2026-01-01")  # fmt: skip

    assert 'minor_defect_delay  {"hours": 48}' in before
    assert set_it.exit_code == 0, set_it.output
    (rule,) = rows(kept, LegalRule)
    assert (rule.value, rule.confirmed, rule.label_fr) == (
        {"hours": 24}, True, "Délai de réparation d’une défectuosité mineure",
    )  # fmt: skip
    assert "(confirmé; Loi)" in run(kept, "rules").stdout


@pytest.mark.parametrize("value", ["24", '{"hours": -1}', "{"])
def test_a_figure_that_cannot_be_is_not_kept(kept: Database, value: str) -> None:
    result = run(kept, "rule", "minor_defect_delay", value, "--source", "x")

    assert result.exit_code == 2
    assert rows(kept, LegalRule) == []


def test_somebody_is_designated_by_name(kept: Database) -> None:
    named, unknown = run(kept, "designate", "Réjean Pelletier"), run(kept, "designate", "Personne")

    assert (named.exit_code, unknown.exit_code) == (0, 2)
    assert [held.holder_id for held in rows(kept, Designation)] == [REJEAN]
