"""The whole file of a unit: everything that section 200 asks for, and nothing past its keeping."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from requests import Response

from asset_model.errors import Refused
from asset_model.fleet import Inspection
from sync_server.app import create_app
from sync_server.papers.printing import print_pdf
from sync_server.papers.unit_file import unit_file_content
from tests.fleet.garage import CHIEF, MIRROR, PLOW, REJEAN, checked
from tests.papers.reading import Paper
from tests.server.garage import a_plan
from tests.server.listening import Caller, listening, refusal
from tests.sync import town
from tests.sync.rig import Server, Tablet, an_id, insert

NOW = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)


def unit_file(server: Server, tag: str = "214", language: str = "fr", now: datetime = NOW) -> Paper:
    with server.database.reading() as session:
        content = unit_file_content(session, tag, language, now=now)
    return Paper(print_pdf("unit_file", content, now=now))


@pytest.fixture
def kept(server: Server) -> Server:
    """A plow truck with a plan, two sheets, brake measures, a storage and a finished repair."""
    server.clock.now = NOW
    server.write(
        a_plan("EM6", title_fr="Entretien obligatoire", floating=True, legal=True, class_code=None,
               asset_id=PLOW, basis="SAAQ", starts_on="2026-12-20"),
        a_sheet("new", "2026-11-10", "EM6", note="Fuite légère à l’essieu arrière"),
        a_sheet("old", "2024-11-10"),
        *(insert("brake_measure", asset_id=PLOW, person_id=REJEAN, measured_on="2026-11-10",
                 axle=axle, side=side, kind="lining", value_mm=value, minimum_mm=8)
          for axle, side, value in ((1, "left", 12.5), (1, "right", 7.5))),
        insert("storage_period", asset_id=PLOW, person_id=CHIEF, begins_on="2026-05-01",
               ends_on="2026-10-15", place="Cour arrière", reason="Été"),
        insert("work_order", "bt", title="Remplacer le ressort", status="done", source="person",
               asset_id=PLOW, created_at="2026-11-02T12:00:00.000Z",
               completed_at="2026-11-03T12:00:00.000Z", completed_by=REJEAN),
    )  # fmt: skip
    return server


def a_sheet(row: str, done_on: str, plan: str | None = None, note: str | None = None) -> Any:
    line = {"label_fr": "Freins de service", "label_en": "Service brakes", "note": note}
    return insert("maintenance_sheet", row, asset_id=PLOW, person_id=REJEAN, plan_id=plan,
                  signed_name="Réjean Pelletier", signed_with="pin", garage="Garage municipal",
                  signed_at=f"{done_on}T20:00:00.000Z", title=f"Entretien {row}", done_on=done_on,
                  lines=[{**line, "result": "defect" if note else "ok"}],
                  odometer_km=84_000.0)  # fmt: skip


def test_every_part_that_the_law_names_is_there_and_bookmarked(kept: Server) -> None:
    paper = unit_file(kept)

    assert paper.title == "Dossier de l’unité 214"
    assert [title.partition(". ")[2] for title in paper.bookmarks[1:]] == [
        "Identité",
        "Compteurs",
        "Plans et prochaines échéances",
        "Rondes de sécurité des 6 derniers mois",
        "Défectuosités et réparations",
        "Fiche d’entretien : Entretien new, 10 novembre 2026",
        "Registre des freins",
        "Remisage",
        "Travaux des 12 derniers mois",
        "Conservation",
    ]


def test_each_part_tells_its_records(kept: Server) -> None:
    text = unit_file(kept).text

    for said in (
        "Entretien obligatoire", "10 mai 2027",
        "NON conforme Fuite légère à l’essieu arrière", "12,5 mm ≥ 8 mm dans la limite",
        "7,5 mm ≥ 8 mm HORS LIMITE", "1er mai 2026 15 octobre 2026 Cour arrière Été",
        "Remplacer le ressort", "24 mois SAAQ",
    ):  # fmt: skip
        assert said in text


def test_a_sheet_past_its_two_years_is_not_shown(kept: Server) -> None:
    assert "Entretien old" not in unit_file(kept).text
    assert "Entretien old" in unit_file(kept, now=datetime(2026, 11, 9, 13, tzinfo=UTC)).text


def test_a_sheet_that_was_put_right_is_marked(kept: Server) -> None:
    kept.write(
        insert("maintenance_sheet", asset_id=PLOW, person_id=REJEAN, signed_name="Réjean",
               signed_with="pin", signed_at="2026-11-11T20:00:00.000Z", title="Correction",
               done_on="2026-11-10", garage="Garage municipal", replaces_id="new",
               lines=[{"label_fr": "Freins", "label_en": "Brakes", "result": "ok"}])
    )  # fmt: skip

    assert "Entretien new, 10 novembre 2026 (remplacée)" in unit_file(kept).text


def test_checks_are_there_for_six_months_and_open_defects_for_ever(
    server: Server, shop: Tablet
) -> None:
    checked(shop, MIRROR, person=REJEAN, odometer_km=84_213.0)
    shop.sync()
    assert len(server.rows(Inspection)) == 1

    within, past = (
        unit_file(server, now=datetime(2027, 5, day, 13, tzinfo=UTC)).text for day in (23, 24)
    )

    assert "1 mineure" in within
    assert "1 mineure" not in past
    assert "Rétroviseur fêlé" in past


def test_english_says_the_same(kept: Server) -> None:
    paper = unit_file(kept, language="en")

    assert "File of unit 214" in paper.text
    assert "OUTSIDE ITS LIMIT" in paper.text
    assert "November 10, 2026" in paper.text


def test_a_unit_of_which_nothing_is_known_has_a_file(server: Server) -> None:
    paper = unit_file(server, "212")

    assert "Aucune mesure." in paper.text
    assert "Jamais remisée." in paper.text


def test_what_is_no_unit_has_no_file(server: Server) -> None:
    for tag in ("999", "TR-1"):
        reading = server.database.reading()
        with reading as session, pytest.raises(Refused, match="unit_not_in_fleet"):
            unit_file_content(session, tag, "fr", now=NOW)


@contextmanager
def asking(server: Server, code: str, crew: str | None) -> Iterator[Callable[[str], Response]]:
    """Someone at the doors with the token of a device of a crew; of none: the office."""
    _, token = town.add_tablet(server.database, code, crew)
    app = create_app(server.database, clock=server.clock, new_id=an_id)
    with listening(app) as address:
        caller = Caller(address, token)
        yield lambda path: caller.ask("GET", f"/papers/{path}")
        caller.close()


def test_the_office_gets_a_unit_s_file_and_a_crew_does_not(kept: Server) -> None:
    with asking(kept, "B9", None) as office, asking(kept, "T8", town.NORTH) as crew:
        answer = office("units/214.pdf")

        assert answer.headers["content-type"] == "application/pdf"
        assert Paper(answer.content).title == "Dossier de l’unité 214"
        assert refusal(crew("units/214.pdf")) == (403, "office_only")
        assert refusal(office("units/999.pdf")) == (404, "unit_not_in_fleet")


def test_a_report_is_for_the_devices_that_hold_it(server: Server, shop: Tablet) -> None:
    checked(shop, MIRROR, person=REJEAN)
    shop.sync()
    (made,) = server.rows(Inspection)
    server.set("asset", PLOW, district_id=town.SUD)
    again = {**(server.row("inspection", made.id) or {}), "received_at": None}
    server.write(insert("inspection", "of the south", **again))

    with asking(server, "T8", town.NORTH) as north, asking(server, "B9", None) as office:
        paper = Paper(north(f"checks/{made.id}.pdf").content)
        assert paper.title == "Rapport de ronde de sécurité"
        assert refusal(north("checks/of the south.pdf")) == (404, "not_found")
        assert office("checks/of the south.pdf").status_code == 200
        assert refusal(north("checks/nothing.pdf")) == (404, "not_found")
