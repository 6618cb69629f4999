"""An order shows the office what was told outside the town of its incident, and crews nothing."""

from typing import Any

import pytest

from asset_model.work_orders import WorkOrder
from tests.ui.desk import Desk, asked_once, with_desk
from tests.ui.town import NOW, Town


def a_line(state: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": "planned", "channel": "email", "state": state, "to": "REQ-2026-000012",
        "language": "fr", "at": NOW.isoformat(), "why": None, **more,
    }  # fmt: skip


@pytest.fixture
def route(town: Town) -> str:
    with town.workplace.database.writing() as session:
        session.get_one(WorkOrder, town.ids["order"]).incident_id = "incident-1"
    return f"/orders/{town.ids['order']}"


def desk_that_tells(town: Town, *lines: dict[str, Any]) -> Desk:
    return with_desk(town, told={"lines": list(lines)})


def test_the_foreman_reads_what_left_and_what_did_not(town: Town, route: str) -> None:
    why = {"fr": "Le serveur de courriel a refusé la lettre.", "en": "Refused."}
    sent, failed = a_line("sent"), a_line("failed", kind="resolved", why=why)
    desk = desk_that_tells(town, failed, sent)

    with town.signed_in("diane", route=route) as screen:
        asked_once(screen, desk)
        assert "Dit hors de la Ville" in screen.text
        assert "Travail prévu" in screen.text
        assert "REQ-2026-000012 · envoyé" in screen.text
        assert "Le serveur de courriel a refusé la lettre." in screen.text
    assert desk.asked == [("told", {"incident": "incident-1"})]


def test_where_nobody_left_an_address_it_says_so(town: Town, route: str) -> None:
    desk = desk_that_tells(town)

    with town.signed_in("diane", route=route) as screen:
        asked_once(screen, desk)
        assert "aucun citoyen n’a laissé d’adresse de courriel" in screen.text


def test_a_crew_is_not_told_and_does_not_ask(town: Town, route: str) -> None:
    desk = desk_that_tells(town, a_line("sent"))

    with town.signed_in("luc", route=route) as screen:
        assert "Dit hors de la Ville" not in screen.text
    assert desk.asked == []
