"""One citizen is found, handed all that is known, and forgotten; on SQLite and PostgreSQL."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from asset_model.facts import Comment
from asset_model.incidents import Incident, Report, ReportPhoto
from asset_model.photos import Photo
from sync_server.cli import person as command
from sync_server.cli import reports_in
from sync_server.feed_check import feed_findings
from sync_server.intake.tables import ContactReading, ReportContact
from tests.intake.clients import Client
from tests.intake.town import AT, HERE, ISABELLE, POTHOLE, an_order, incident_of
from tests.privacy.a_citizen import (
    AGENT,
    EMAIL,
    FOREMAN,
    PHONE,
    by_open311,
    by_the_page,
    run,
    traces,
)
from tests.sync import rig
from tests.sync.town import LUC, NORTH

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what does not depend on the engine."""
AS_AGENT = ("--as", AGENT, "--why", "demande d’accès")


@pytest.fixture
def town(over_either: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    for module in (command, reports_in):
        monkeypatch.setattr(module, "clock", over_either.server.clock)
    monkeypatch.setenv("VOIRIE_DATA", str(tmp_path))
    return over_either


def ordered(client: Client) -> str:
    """An order of her report, at work with the crew of the north; a comment that names her."""
    (report,) = [row for row in client.server.rows(Report) if row.source == "open311"]
    incident = incident_of(client.server, report.id)["id"]
    client.server.write(order := an_order(incident, "dispatched", crew_id=NORTH))
    client.server.write(rig.comment(order.row, "Mme Lachance (819 555-0142) montre l’endroit."))
    return order.row


@on_sqlite
def test_somebody_is_found_however_they_wrote_their_number_and_the_look_is_kept(
    town: Client,
) -> None:
    first, _ = by_open311(town), by_the_page(town)
    town.send(lat="45.41", email="autre@exemple.ca")

    for asked in (EMAIL, "Odile.Lachance@Exemple.ca", "1 (819) 555.0142"):
        told = run(town.server, "person", "find", asked, *AS_AGENT, "--json").stdout
        assert len(told.splitlines()) == 2
    assert run(town.server, "person", "find", "555-0142", *AS_AGENT).exit_code == 2
    assert run(town.server, "person", "find", EMAIL, "--as", LUC, "--why", "x").exit_code == 2

    looks = run(town.server, "person", "access", "--report", first, "--json").stdout.splitlines()
    assert [(look["act"], look["person"]) for look in map(json.loads, looks)] == [
        ("found", AGENT)
    ] * 3


@on_sqlite
def test_all_that_is_known_of_somebody_is_handed_over(town: Client, tmp_path: Path) -> None:
    first, _ = by_open311(town), by_the_page(town)
    run(town.server, "reports", "contact", first, "--as", FOREMAN, "--why", "rappel")
    out = tmp_path / "odile.zip"

    told = run(town.server, "person", "export", EMAIL, *AS_AGENT, "--out", str(out))

    assert told.exit_code == 0, told.output
    with ZipFile(out) as parts:
        whole = json.loads(parts.read("personne.json"))
        assert parts.read(f"photos/{first}-1.jpg").startswith(b"\xff\xd8")
        assert "Odile Lachance" in parts.read("personne.html").decode()
        assert EMAIL in parts.read("reports.csv").decode("utf-8-sig")
    mine = next(each for each in whole["reports"] if each["number"] == first)
    assert (mine["contact"]["phone"], mine["incident"]) == (PHONE, "INC-2026-000001")
    assert [(look["who"], look["act"]) for look in mine["looked_at"]] == [
        (FOREMAN, "read"),
        (AGENT, "exported"),
    ]


@on_sqlite
def test_a_trial_of_erasing_changes_nothing(town: Client) -> None:
    by_open311(town)
    before = traces(town.server.database)

    told = run(town.server, "person", "erase", EMAIL, *AS_AGENT, "--lang", "fr")

    assert "c’était un essai" in told.output
    assert traces(town.server.database) == before
    assert "report_contact" in before


def test_who_is_erased_is_in_no_table_any_more_and_the_problem_stays(
    town: Client, tmp_path: Path
) -> None:
    number, page = by_open311(town), by_the_page(town)
    order = ordered(town)
    crew = rig.a_tablet(town.server, tmp_path / "crew")
    assert [c.text for c in crew.all(Comment)] == ["Mme Lachance (819 555-0142) montre l’endroit."]

    told = run(town.server, "person", "erase", EMAIL, *AS_AGENT, "--for-good")

    assert told.exit_code == 0, told.output
    assert "with their next synchronization" in told.output
    assert traces(town.server.database) == []
    assert town.http.get(page).status_code == 404
    reports = {row.number: row for row in town.server.rows(Report)}
    assert (reports[number].description, reports[number].latitude) == (
        "Gros trou. […] […], […], […].",
        45.4001,
    )
    assert (town.server.row("work_order", order) or {})["status"] == "dispatched"
    left = [(row.act, row.why) for row in town.server.rows(ContactReading)]
    assert left == [("erased", "demande d’accès")] * 2
    assert list(feed_findings(town.server.database, mend=False)) == []
    crew.sync()
    assert traces(crew.database) == []
    assert [c.text for c in crew.all(Comment)] == ["Mme […] ([…]) montre l’endroit."]


@on_sqlite
def test_who_is_erased_is_gone_from_incidents_that_their_report_has_left(town: Client) -> None:
    by_open311(town)
    server = town.server
    (report,) = server.rows(Report)
    first, said = report.incident_id, "Odile Lachance : trou"
    own = rig.insert("incident", service_id=POTHOLE, description=said, opened_at=AT, **HERE)
    for here, there, more in ((first, own.row, [own]), (own.row, first, [])):
        moved = rig.edit("report", report.id, {"incident_id": here}, incident_id=there)
        server.push(rig.group(*more, moved, person=ISABELLE), device="OFFICE")
    assert "journal" in traces(server.database)

    run(server, "person", "erase", EMAIL, *AS_AGENT, "--for-good")

    assert traces(server.database) == []


@on_sqlite
def test_with_their_words_go_their_pictures_from_every_order_and_from_the_disk(
    town: Client, tmp_path: Path
) -> None:
    by_open311(town)
    order = ordered(town)
    crew = rig.a_tablet(town.server, tmp_path / "crew")
    assert [photo.work_order_id for photo in crew.all(Photo)] == [order]

    run(town.server, "person", "erase", EMAIL, *AS_AGENT, "--words", "--for-good")

    (report,) = town.server.rows(Report)
    assert (report.description, report.answers) == (None, {})
    assert town.server.rows(ReportPhoto) == town.server.rows(Photo) == []
    assert [*(tmp_path / "photos" / "files").glob("*/*")] == []
    assert len(town.server.rows(Incident)) == len(town.server.rows(ContactReading)) == 1
    crew.sync()
    assert crew.all(Photo) == []


@on_sqlite
def test_what_was_erased_does_not_come_back_with_the_same_sending(town: Client) -> None:
    first = by_open311(town)
    run(town.server, "person", "erase", EMAIL, *AS_AGENT, "--for-good")

    assert by_open311(town, status=200) == first
    assert town.server.rows(ReportContact) == []


@on_sqlite
def test_contacts_are_forgotten_a_year_after_their_incident_was_closed(town: Client) -> None:
    by_open311(town)
    open_one = town.send(lat="45.41", email="autre@exemple.ca")
    (report,) = [r for r in town.server.rows(Report) if r.number != open_one]
    town.server.clock.forward(days=20)
    town.server.set("incident", report.incident_id, status="resolved", answer_fr="Bouché.")
    retention = ("person", "retention", "--json")
    assert run(town.server, *retention).stdout == ""

    town.server.clock.forward(days=365)
    assert [
        json.loads(line)["state"] for line in run(town.server, *retention).stdout.splitlines()
    ] == ["held"]
    town.server.clock.forward(days=1)

    assert run(town.server, *retention, "--destroy").exit_code == 2
    assert run(town.server, *retention, "--destroy", "--as", FOREMAN).exit_code == 2
    (row,) = map(
        json.loads, run(town.server, *retention, "--destroy", "--as", AGENT).stdout.splitlines()
    )
    assert (row["report"], row["rule"]) == (report.number, "contact_retention@2016-11-20")
    assert [kept.email for kept in town.server.rows(ReportContact)] == ["autre@exemple.ca"]
    (line,) = town.server.rows(ContactReading)
    assert (line.act, line.why) == ("erased", "contact_retention@2016-11-20")
