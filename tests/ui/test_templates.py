"""Orders from job templates, on the screens of a foreman."""

from typing import Any

from sqlalchemy import select

from asset_model.builtin_jobs.water_main import WATER_MAIN_BREAK
from asset_model.work_orders import WorkOrder
from tests.ui.town import Town

JOBS = len(WATER_MAIN_BREAK["children"])


def made(town: Town) -> list[WorkOrder]:
    with town.database.reading() as session:
        others = select(WorkOrder).where(WorkOrder.id != town.ids["order"])
        return list(session.scalars(others.order_by(WorkOrder.rank)))


def a_place(screen: Any) -> None:
    screen.enter("asset-search", "lac")
    screen.tap("asset-T-3")


def test_an_order_is_made_from_a_template_that_fits_the_asset(town: Town) -> None:
    with town.signed_in("diane", route="/new") as screen:
        a_place(screen)
        screen.tap("from-template")
        assert not screen.has("template-borne-automne")
        screen.enter("template-search", "nid")
        screen.tap("template-nid-de-poule")
        assert "Étapes\u00a0: Signalisation de chantier installée" in screen.text
        screen.tap("crew-VN")
        screen.tap("create")
        assert not screen.failures

    (order,) = made(town)
    assert (order.title, order.status) == ("Réparer un nid-de-poule", "dispatched")
    assert order.due_reason == "Nid-de-poule\u00a0: réparé dans les 14\u00a0jours"


def test_a_family_is_made_whole_and_taken_back_by_one_press(town: Town) -> None:
    with town.signed_in("diane", route="/new") as screen:
        screen.tap("from-template")
        screen.tap("template-bris-aqueduc")
        assert "Après\u00a0: Excaver jusqu’à la conduite" in screen.text
        a_place(screen)
        screen.tap("create")
        assert f"{JOBS} travaux créés, sous un seul bon." in screen.text
        assert {order.status for order in made(town)} == {"planned"}
        screen.tap("undo")
        assert not screen.failures

    assert len(made(town)) == JOBS + 1
    assert {order.status for order in made(town)} == {"cancelled"}


def test_what_the_template_says_can_be_written_over(town: Town) -> None:
    with town.signed_in("diane", route="/new") as screen:
        a_place(screen)
        screen.tap("from-template")
        screen.tap("template-nid-de-poule")
        screen.enter("title", "Trou devant l’école")
        screen.tap("due-0")
        screen.tap("create")

    (order,) = made(town)
    assert order.title == "Trou devant l’école"
    assert order.due_at is not None
    assert order.due_at.isoformat() == "2026-11-23T21:00:00+00:00"
    assert order.due_reason is None


def test_a_template_is_put_away_for_an_order_of_ones_own(town: Town) -> None:
    with town.signed_in("diane", route="/new") as screen:
        a_place(screen)
        screen.tap("from-template")
        screen.tap("template-nid-de-poule")
        screen.tap("without-template")
        assert screen.has("kind-inspection")
        screen.enter("title", "Visite")
        screen.tap("create")

    (order,) = made(town)
    assert (order.title, order.template) == ("Visite", None)


def test_a_search_that_finds_no_template_says_so(town: Town) -> None:
    with town.signed_in("diane", route="/new") as screen:
        screen.tap("from-template")
        screen.enter("template-search", "fusée")

        assert "Aucun modèle pour cela." in screen.text
