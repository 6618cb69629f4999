"""The report of a circle check: nine fields, on one page, as text that can be searched."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from asset_model.errors import Refused
from asset_model.fleet import Defect, Inspection
from asset_model.fleet_vocabulary import Severity
from field_app.actions.circle_checks import Found
from sync_server.papers.printing import print_pdf
from sync_server.papers.report import report_content
from tests.fleet.garage import MIRROR, PLOW, REJEAN, WIPER, checked
from tests.papers.reading import Paper
from tests.sync.rig import Server, Tablet, insert

NOW = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)
NINE = [
    "1. Plaque ou numéro d’unité",
    "2. Exploitant",
    "3. Date et heure",
    "4. Municipalité ou lieu",
    "5. Défectuosités constatées",
    "6. Déclaration signée",
    "7. Prise de connaissance",
    "8. Inspecté par",
    "9. Odomètre",
]


def report(
    server: Server, tablet: Tablet, *found: Found, language: str = "fr", **more: Any
) -> Paper:
    checked(tablet, *found, person=REJEAN, **more)
    tablet.sync()
    return printed(server, language)


def printed(server: Server, language: str = "fr") -> Paper:
    with server.database.reading() as session:
        (id,) = session.scalars(select(Inspection.id))
        content = report_content(session, id, language, now=NOW)
    return Paper(print_pdf("report", content, now=NOW))


def test_it_has_the_nine_fields_in_order_on_one_page(server: Server, shop: Tablet) -> None:
    paper = report(server, shop, WIPER, MIRROR, odometer_km=84_213.0)

    assert paper.bookmarks[1:10] == NINE
    assert paper.pages == 1
    for said in ("L214000", "23 novembre 2026", "Garage municipal", "6.A Essuie-glace",
                 "MAJEURE", "Rétroviseur fêlé", "ne peut rouler", "Réjean Pelletier",
                 "84 213 km", "À conserver jusqu’au 23 mai 2027"):  # fmt: skip
        assert said in paper.text


def test_the_legal_list_is_told_whole_and_in_its_order(server: Server, shop: Tablet) -> None:
    text = report(server, shop, WIPER).text

    items = ["1 Attelage : conforme", "2 Cadre et carrosserie : conforme", "5 Direction : conforme",
             "6 Essuie-glace et lave-glace : défectuosité MAJEURE", "9 Pneus : conforme",
             "Vérifications de l’exploitant", "Chasse-neige : conforme"]  # fmt: skip
    places = [text.find(item) for item in items]
    assert -1 not in places
    assert places == sorted(places)
    assert "à confirmer" in text


def test_a_check_that_found_nothing_says_so(server: Server, shop: Tablet) -> None:
    assert "Aucune défectuosité constatée." in report(server, shop).text


def test_it_is_tagged_for_readers_that_speak(server: Server, shop: Tablet) -> None:
    paper = report(server, shop)

    assert paper.root["/MarkInfo"]["/Marked"]
    assert paper.root["/Lang"] == "fr"
    assert paper.title == "Rapport de ronde de sécurité"
    assert "/StructTreeRoot" in paper.root


def test_english_says_the_same(server: Server, shop: Tablet) -> None:
    paper = report(server, shop, WIPER, language="en", odometer_km=84_213.0)

    assert len(paper.bookmarks) >= 10
    assert "Driver’s wiper missing" in paper.text
    assert "84,213 km" in paper.text
    assert "November 23, 2026" in paper.text


@pytest.mark.parametrize("odd", ["*gras* _x_ #panic() $x$ <a> @b `c` \\ // [x]", "œ à « É » Ÿ ≤ €"])
def test_what_people_wrote_is_set_as_they_wrote_it(server: Server, shop: Tablet, odd: str) -> None:
    found = Found(Severity.MINOR, "11", None, odd, odd)

    assert odd in report(server, shop, found).text


def test_a_defect_that_was_certified_since_says_by_whom(server: Server, shop: Tablet) -> None:
    report(server, shop, WIPER)
    (defect,) = server.rows(Defect)
    server.write(
        insert("repair_certificate", asset_id=PLOW, person_id=REJEAN, defect_id=defect.id,
               result="repaired", signed_name="Réjean Pelletier", signed_with="pin",
               signed_at="2026-11-23T12:30:00.000Z")
    )  # fmt: skip

    assert "Réjean Pelletier, 23 novembre 2026, 7 h 30" in printed(server).text


def test_a_driver_s_cognizance_is_on_it(server: Server, shop: Tablet) -> None:
    report(server, shop)
    (made,) = server.rows(Inspection)
    server.write(
        insert("countersignature", asset_id=PLOW, person_id=REJEAN, inspection_id=made.id,
               result="acknowledged", signed_name="Léo Pâquet", signed_with="pin",
               signed_at="2026-11-23T09:05:00.000Z")
    )  # fmt: skip

    assert "Léo Pâquet, 23 novembre 2026, 4 h 05, a pris connaissance" in printed(server).text


def test_thirty_defects_go_on_to_a_second_page_and_none_is_lost(
    server: Server, shop: Tablet
) -> None:
    many = [Found(Severity.MINOR, "11", f"11.{n}", f"Défaut numéro {n}", "x") for n in range(30)]
    paper = report(server, shop, *many)

    assert paper.pages > 1
    assert all(f"Défaut numéro {n}" in paper.text for n in range(30))


def test_the_same_words_give_the_same_paper(server: Server, shop: Tablet) -> None:
    report(server, shop, WIPER)
    with server.database.reading() as session:
        (id,) = session.scalars(select(Inspection.id))
        content = report_content(session, id, "fr", now=NOW)

    assert print_pdf("report", content, now=NOW) == print_pdf("report", content, now=NOW)


def test_there_is_no_report_of_what_was_never_checked(server: Server) -> None:
    with server.database.reading() as session, pytest.raises(Refused, match="not_found"):
        report_content(session, "nothing", "fr", now=NOW)
