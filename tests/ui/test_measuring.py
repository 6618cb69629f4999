"""A hole is measured on its incident's page: promised by its class, or told to be too small."""

from datetime import timedelta
from typing import Any

import pytest

from asset_model.assets import Asset
from asset_model.catalogue import Service
from asset_model.incidents import Incident
from tests.ui.harness import Screen
from tests.ui.incidents import a_report, an_incident
from tests.ui.town import NOW, Town

OPENED = NOW - timedelta(hours=5)


@pytest.fixture
def hole(at_311: Town) -> str:
    """On a minor collector, which is of class 4."""
    street = at_311.ids["Rue de l’Église"]
    with at_311.database.writing() as session:
        session.get_one(Asset, street).attributes = {"road_class": "minor_collector"}
        session.get_one(Service, at_311.ids["NID"]).asset_classes = ["road_segment"]
    id = an_incident(at_311, "hole", segment_id=street, fix_by=NOW, promise_reason="24 h (Trous)")
    a_report(at_311, "hole", "first")
    return id


def kept(town: Town, id: str) -> Any:
    with town.database.reading() as session:
        return session.get_one(Incident, id)


def measured(screen: Screen, area: str, depth: str) -> None:
    screen.tap("measure")
    screen.enter("measure-area", area)
    screen.enter("measure-depth", depth)


def test_a_hole_over_the_limit_is_promised_from_the_first_report_on(
    at_311: Town, hole: str
) -> None:
    with at_311.signed_in("diane", route=f"/incidents/{hole}") as screen:
        measured(screen, "1100", "9")
        assert "à réparer d’ici 14\u00a0jours" in screen.text
        screen.tap("measure-promise")

        incident = kept(at_311, hole)
        assert incident.fix_by == OPENED + timedelta(days=14)
        assert (
            incident.promise_reason
            == "1\u00a0100\u00a0cm² sur 9\u00a0cm, classe 4\u00a0: 14\u00a0jours"
        )
        screen.tap("undo")

        incident = kept(at_311, hole)
        assert (incident.fix_by, incident.promise_reason) == (NOW, "24 h (Trous)")
        assert not screen.failures


def test_one_below_is_told_with_its_measures_and_may_come_back(at_311: Town, hole: str) -> None:
    with at_311.signed_in("isabelle", route=f"/incidents/{hole}") as screen:
        measured(screen, "400", "5,5")
        assert not screen.has("measure-promise")
        screen.tap("measure-tell")

        incident = kept(at_311, hole)
        assert incident.status == "not_retained"
        assert "400\u00a0cm² sur 5,5\u00a0cm" in incident.answer_fr
        assert "400 cm² and 5.5 cm deep" in incident.answer_en
        screen.tap("undo")

        assert kept(at_311, hole).status == "reopened"
        assert not screen.failures


def test_whoever_measures_may_say_another_class_and_ground(at_311: Town, hole: str) -> None:
    with at_311.signed_in("diane", route=f"/incidents/{hole}") as screen:
        measured(screen, "1100", "9")
        screen.tap("ground-shoulder")
        assert "Ne dépasse pas 1\u00a0500\u00a0cm² et 10\u00a0cm" in screen.text
        screen.tap("ground-unpaved")
        screen.tap("class-1")
        assert "Aucun seuil pour le gravier" in screen.text
        screen.tap("ground-paved")

        assert "d’ici 4\u00a0jours" in screen.text
        assert not screen.failures


def test_what_is_no_number_is_said_and_nothing_is_offered(at_311: Town, hole: str) -> None:
    with at_311.signed_in("diane", route=f"/incidents/{hole}") as screen:
        measured(screen, "1100", "neuf")

        assert "Un nombre au-dessus de zéro" in screen.text
        assert not screen.has("measure-promise")
        assert not screen.has("measure-tell")


def test_nothing_is_measured_of_a_lamp_nor_once_an_order_is_open(at_311: Town, hole: str) -> None:
    lamp = an_incident(at_311, "lamp", service_id=at_311.ids["LAMPE"])

    with at_311.signed_in("diane", route=f"/incidents/{lamp}") as screen:
        assert not screen.has("measure")
        screen.fire(screen.page, "route_change", {"route": f"/incidents/{hole}"})
        assert screen.has("measure")
        screen.tap("make-order")

        assert not screen.has("measure")
