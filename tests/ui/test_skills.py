"""Who can do what an order asks for: offered first, and said where nobody can."""

from typing import Any

import pytest
from sqlalchemy import select

from asset_model.people import Person
from asset_model.work_orders import WorkOrder
from tests.ui.harness import Screen
from tests.ui.incidents import an_incident
from tests.ui.test_crew_facts import order
from tests.ui.test_templates import a_place
from tests.ui.town import Town

LACKS = "personne, à ce qu’on sait, n’est formé pour «\u00a0Aqueduc\u00a0»"


@pytest.fixture
def plumbed(town: Town) -> Town:
    """The crew of the south has somebody for water; the town's order asks for one."""
    with town.database.writing() as session:
        session.add(
            Person(
                id="emily", name="Emily Stewart", role="crew_member", active=True,
                crew_id=town.ids["south"], skills=["water", "signs"],
            )
        )  # fmt: skip
        session.get_one(WorkOrder, town.ids["order"]).skill = "water"
    return town


def crews_in_order(screen: Screen) -> list[str]:
    every = screen.keys()
    return [key for key in every if key.startswith("crew-")]


def test_a_crew_with_somebody_trained_is_offered_first_and_any_may_be_chosen(
    plumbed: Town,
) -> None:
    with plumbed.signed_in("diane", route="/new") as screen:
        a_place(screen)
        assert crews_in_order(screen) == ["crew-VN", "crew-VS"]
        screen.tap("from-template")
        screen.tap("template-panneau")
        assert crews_in_order(screen) == ["crew-VS", "crew-VN"]
        assert "Voirie Sud · Emily Stewart" in screen.text
        screen.tap("crew-VS")
        assert "n’est formé" not in screen.text
        screen.tap("crew-VN")
        assert "Voirie Nord\u00a0: personne, à ce qu’on sait, n’est formé" in screen.text
        screen.tap("create")

        assert "Envoyé" in screen.text
        assert not screen.failures


def test_an_order_that_is_given_out_says_who_is_not_trained(plumbed: Town) -> None:
    with plumbed.database.writing() as session:
        waiting = session.get_one(WorkOrder, plumbed.ids["order"])
        waiting.status, waiting.crew_id = "planned", None

    with plumbed.signed_in("diane", route=f"/orders/{plumbed.ids['order']}") as screen:
        screen.tap("crew-VN")
        assert LACKS in screen.text
        screen.tap("dispatch")

        assert order(plumbed).status == "dispatched"
        assert not screen.failures


def test_on_the_board_crews_without_anybody_trained_are_named(plumbed: Town) -> None:
    with plumbed.signed_in("diane") as screen:
        screen.tap(f"choose-{plumbed.ids['order']}")
        screen.tap("bulk-give")

        assert f"Voirie Nord\u00a0: {LACKS}" in screen.text
        assert not screen.failures


def test_work_that_is_handed_over_says_it_of_a_person(plumbed: Town) -> None:
    with plumbed.database.writing() as session:
        session.get_one(WorkOrder, plumbed.ids["order"]).status = "accepted"

    with plumbed.signed_in("luc", route=f"/orders/{plumbed.ids['order']}") as screen:
        screen.tap("to-hand-over")
        screen.tap(f"to-person-{plumbed.ids['anne']}")
        assert f"Anne Côté\u00a0: {LACKS}" in screen.text
        screen.tap("to-person-emily")
        assert LACKS not in screen.text
        assert not screen.failures


def test_the_order_of_an_incident_is_made_of_a_template_and_undone(at_311: Town) -> None:
    hole = an_incident(at_311, "hole")

    def made() -> list[Any]:
        with at_311.database.reading() as session:
            query = select(WorkOrder.template, WorkOrder.status)
            return list(session.execute(query.where(WorkOrder.incident_id == hole)))

    with at_311.signed_in("diane", route=f"/incidents/{hole}") as screen:
        screen.tap("incident-template")
        screen.tap("template-nid-de-poule")
        assert "Bon fait à partir du modèle «\u00a0" in screen.text
        ((template, status),) = made()
        assert template is not None
        assert status != "cancelled"
        screen.tap("undo")

        assert [each[1] for each in made()] == ["cancelled"]
        assert not screen.failures
    with at_311.signed_in("isabelle", route=f"/incidents/{hole}") as screen:
        assert not screen.has("incident-template")
