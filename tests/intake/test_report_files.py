"""Reports of another system come in by file, once; few are told who sent one, and that is kept."""

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from asset_model.database import open_database
from asset_model.incidents import Incident, Report
from asset_model.work_orders import WorkOrder
from sync_server.cli import register
from sync_server.intake import sendings
from sync_server.intake.tables import ContactReading, ReportContact, ReportLink, Sending
from tests.intake.clients import Client
from tests.intake.pages import report
from tests.intake.town import with_services
from tests.sync import rig
from tests.sync.town import BOSS, LUC, NORTH, START

MAPPING = """
source = "ancien-311"
id = "NO"
opened_at = "OUVERT"
closed_at = "FERME"
latitude = "LAT"
longitude = "LON"
category = "TYPE"
words = "TEXTE"
address = "ADRESSE"

[services]
NID = ["Trou dans la rue"]

[contact]
email = "COURRIEL"
"""
ROWS = """NO;OUVERT;FERME;LAT;LON;TYPE;TEXTE;ADRESSE;COURRIEL
1;2026-11-20 08:00;;45,4001;-75,695;Trou dans la rue;Gros trou;12, rue 1;luc@exemple.ca
2;2026-11-20 09:00;;45,4009;-75,693;FUITE;Eau;;
3;2026-11-01 09:00;2026-11-02 09:00;45,4001;-75,695;Trou dans la rue;Vieux;;
4;2026-11-20 09:00;;45,4001;-75,695;Licornes;Une licorne;;
5;hier;;45,4001;-75,695;FUITE;Eau;;
"""


@pytest.fixture
def town(tmp_path: Path, sqlite_url: str) -> rig.Server:
    database = open_database(sqlite_url)
    rig.fill_sqlite(database)
    (tmp_path / "m.toml").write_text(MAPPING, "utf-8")
    (tmp_path / "r.csv").write_text(ROWS, "utf-8")
    return with_services(rig.with_devices(rig.Server(database)))


def run(*words: str, folder: Path) -> Result:
    app = typer.Typer()
    register(app)
    url = f"sqlite:///{folder / 'voirie.sqlite3'}"
    return CliRunner().invoke(app, ["reports", *words, "--database", url])


def bring_in(folder: Path, file: str = "r.csv", *more: str) -> Result:
    mapping = str(folder / "m.toml")
    words = ("import", str(folder / file), "--mapping", mapping, "--lang", "fr", *more)
    return run(*words, folder=folder)


def imported(folder: Path, file: str = "r.csv", *more: str) -> tuple[int, str]:
    told = bring_in(folder, file, *more)
    return told.exit_code, told.stdout


def test_what_is_open_comes_in_and_what_cannot_be_is_written_beside(
    town: rig.Server, tmp_path: Path
) -> None:
    code, told = imported(tmp_path)

    assert code == 3
    assert "Nouvelles\u00a0: 2\u00a0; déjà connues\u00a0: 0" in told
    assert "laissées\u00a0: 1\u00a0; refusées\u00a0: 2" in told
    kept = {row.external_id: row for row in town.rows(Report)}
    assert set(kept) == {"1", "2"}
    assert (kept["1"].description, kept["1"].place) == ("Gros trou", "12, rue 1")
    assert kept["1"].reported_at.isoformat() == "2026-11-20T13:00:00+00:00"
    assert [contact.email for contact in town.rows(ReportContact)] == ["luc@exemple.ca"]
    assert len(town.rows(Incident)) == 2
    refused = (tmp_path / "r.refused.csv").read_text("utf-8")
    assert "Licornes" in refused
    assert "hier" in refused
    assert "Gros trou" not in refused


def test_what_is_refused_is_told_in_the_order_of_the_file(town: rig.Server, tmp_path: Path) -> None:
    told = bring_in(tmp_path, "r.csv", "--dry-run")

    assert re.findall(r"ligne (\d+)", told.stderr) == ["5", "6"]


def test_a_second_time_brings_nothing_new_and_a_dry_run_nothing_at_all(
    town: rig.Server, tmp_path: Path
) -> None:
    imported(tmp_path, "r.csv", "--dry-run")
    assert town.rows(Report) == []
    imported(tmp_path)

    _, told = imported(tmp_path)

    assert "Nouvelles\u00a0: 0\u00a0; déjà connues\u00a0: 2" in told
    assert len(town.rows(Report)) == 2


def test_a_mapping_is_read_strictly(town: rig.Server, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(MAPPING.replace("TEXTE", "MOTS") + 'phone = 3\ntel = "X"')

    code, _ = imported(tmp_path)

    assert code == 2
    assert town.rows(Report) == []


def test_who_sent_it_is_told_to_those_who_need_it_and_the_look_is_kept(
    town: rig.Server, tmp_path: Path
) -> None:
    imported(tmp_path)
    number = next(row.number for row in town.rows(Report) if row.external_id == "1")

    def looked(who: str, what: str = "contact") -> tuple[int, str]:
        told = run(what, number, "--as", who, "--why", "rappel", folder=tmp_path)
        return told.exit_code, told.stdout.strip()

    assert looked("Isabelle Nguyen") == (0, "email: luc@exemple.ca")
    assert looked(LUC)[0] == 2
    assert looked("Julie Côté", "erase")[0] == 2
    assert looked("Isabelle Nguyen", "erase") == (0, "Erased.")
    assert looked("Isabelle Nguyen") == (0, "")
    assert town.rows(ReportContact) == []
    kept = [(row.act, row.role, row.why) for row in town.rows(ContactReading)]
    assert kept == [(act, "agent_311", "rappel") for act in ("read", "erased", "read")]
    assert len(town.rows(Report)) == 2


def test_an_order_is_made_with_one_command_and_only_once(town: rig.Server, tmp_path: Path) -> None:
    imported(tmp_path)
    number = next(row.number for row in town.rows(Report) if row.external_id == "1")

    def ordered(who: str = "Julie Côté", *more: str) -> tuple[int, str]:
        told = run("order", number, "--as", who, *more, folder=tmp_path)
        return told.exit_code, told.stdout.strip()

    assert ordered(LUC)[0] == 2
    assert ordered("Julie Côté", "--crew", "XX")[0] == 2
    code, said = ordered("Julie Côté", "--crew", "VN")
    assert (code, said.split()[1:]) == (0, ["Nid-de-poule", "12,", "rue", "1"])
    (made,) = [row for row in town.rows(WorkOrder) if row.title == "Nid-de-poule"]
    assert (made.status, made.crew_id, made.created_by) == ("dispatched", NORTH, BOSS)
    assert ordered()[0] == 2


def test_the_page_of_an_erased_report_is_gone(client: Client) -> None:
    visitor = report(client)
    with client.server.database.writing() as session:
        for link in client.server.rows(ReportLink):
            session.delete(session.merge(link))

    assert visitor.open(visitor.page.url).page.status_code == 404


def test_marks_of_sendings_are_forgotten_in_time(client: Client) -> None:
    client.send()
    later = START + sendings.REMEMBERED_FOR

    for moment, left in ((later, 1), (later.replace(year=2028), 0)):
        with client.server.database.writing() as session:
            sendings.forget(session, now=moment)
        assert len(client.server.rows(Sending)) == left
