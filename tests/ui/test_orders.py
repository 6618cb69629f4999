"""The list of orders, and one order from its acceptance to its end."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from asset_model.facts import Comment, MaterialUsed, StatusChange, TimeWorked
from asset_model.vocabulary import WorkOrderStatus as Status
from asset_model.work_orders import Step, WorkOrder
from field_app.actions import timing, work_orders
from field_app.reads.waiting import tally
from tests.ui.harness import Screen
from tests.ui.town import Town


@pytest.fixture
def order_route(town: Town) -> str:
    return f"/orders/{town.ids['order']}"


def _order(town: Town) -> WorkOrder:
    with town.database.reading() as session:
        return session.get_one(WorkOrder, town.ids["order"])


def _all(town: Town, model: type[Any]) -> list[Any]:
    with town.database.reading() as session:
        return list(session.scalars(select(model)))


def _press_main(town: Town, screen: Screen) -> None:
    town.now += timedelta(seconds=5)
    screen.tap("main")


def test_a_late_order_says_so_in_words_street_first(town: Town) -> None:
    with town.signed_in() as screen:
        lines = screen.text.splitlines()
        at = lines.index("Rue de l’Église")

        assert lines[at + 1 : at + 4] == [
            "Réparer un nid-de-poule",
            "envoyé",
            "en retard de 2\u00a0h",
        ]


def test_a_search_finds_an_order_by_its_street(town: Town) -> None:
    with town.signed_in() as screen:
        screen.enter("search", "église")
        assert "Réparer un nid-de-poule" in screen.text

        screen.enter("search", "sapins")
        assert "Rien ici ne contient «\u00a0sapins\u00a0»" in screen.text


def test_another_crew_s_orders_are_under_all(town: Town) -> None:
    with town.database.writing() as session:
        session.get_one(WorkOrder, town.ids["order"]).crew_id = town.ids["south"]

    with town.signed_in() as screen:
        assert "Rien à faire ici." in screen.text
        screen.tap("whose-all")
        assert "Réparer un nid-de-poule" in screen.text


def test_an_order_goes_from_accepted_to_started_to_finished(town: Town, order_route: str) -> None:
    with town.signed_in(route=order_route) as screen:
        _press_main(town, screen)
        _press_main(town, screen)
        screen.tap("answer-1-ok")
        screen.tap("answer-2-defect")
        screen.enter("answer-3", "12,5", leave=True)
        screen.enter("answer-4", "Fissures à côté", leave=True)
        _press_main(town, screen)

        assert "Luc Bélanger a terminé" in screen.text
        assert not screen.failures
    assert _order(town).completed_by == town.ids["luc"]
    assert [step.answer for step in sorted(_all(town, Step), key=lambda step: step.rank)] == [
        "ok",
        "defect",
        "12.5",
        "Fissures à côté",
    ]


def test_a_step_that_is_required_keeps_the_order_from_being_finished(
    town: Town, order_route: str
) -> None:
    with town.signed_in(route=order_route) as screen:
        for _ in range(3):
            _press_main(town, screen)

        assert "Étapes obligatoires sans réponse\u00a0: 2." in screen.text
    assert _order(town).status == "in_progress"


def test_a_double_press_takes_one_step_only(town: Town, order_route: str) -> None:
    with town.signed_in(route=order_route) as screen:
        screen.tap("main")
        screen.tap("main")

    assert _order(town).status == "accepted"


def test_what_was_done_can_be_undone_for_a_while(town: Town, order_route: str) -> None:
    with town.signed_in(route=order_route) as screen:
        screen.tap("main")
        screen.tap("undo")

    assert _order(town).status == "dispatched"


def test_starting_starts_one_s_time_and_undoing_takes_both_back(
    town: Town, order_route: str
) -> None:
    with town.signed_in(route=order_route) as screen:
        _press_main(town, screen)
        _press_main(town, screen)
        ran = "Mon temps, Rue de l’Église" in screen.text
        screen.tap("undo")

        assert ran
        assert "Mon temps, Rue" not in screen.text
    assert _order(town).status == "accepted"
    assert _all(town, TimeWorked) == []


def test_a_time_that_runs_elsewhere_goes_on_when_another_order_is_started(
    town: Town, order_route: str
) -> None:
    luc = town.workplace.author(town.ids["luc"])
    with town.database.writing() as session:
        session.add(WorkOrder(id="e" * 36, title="Balayer", place="Rue du Quai", status="accepted",
                              source="person", created_at=town.now))  # fmt: skip
        timing.start(session, "e" * 36, by=luc)
    with town.signed_in(route=order_route) as screen:
        _press_main(town, screen)
        _press_main(town, screen)

        assert "Mon temps, Rue du Quai" in screen.text


def test_who_has_an_order_open_is_told_that_another_cancelled_it_and_it_is_late_no_more(
    town: Town, order_route: str
) -> None:
    diane = town.workplace.author(town.ids["diane"])
    with town.signed_in(route=order_route) as screen:
        late = "en retard" in screen.text
        with town.database.writing() as session:
            work_orders.move(
                session, town.ids["order"], Status.CANCELLED, by=diane, reason="Doublon"
            )
        town.workplace.changed()
        screen.settle()

        assert late
        assert "Diane Roy a annulé ce bon." in screen.text
        assert "en retard" not in screen.text


def test_an_order_is_put_on_hold_with_a_reason_in_two_presses(town: Town, order_route: str) -> None:
    with town.signed_in(route=order_route) as screen:
        _press_main(town, screen)
        _press_main(town, screen)
        screen.tap("to-on_hold")
        screen.tap("reason-0")

        assert "Attente de matériel" in screen.text
    assert _order(town).status == "on_hold"


def test_time_material_and_a_note_are_added_to_an_order(town: Town, order_route: str) -> None:
    with town.signed_in(route=order_route) as screen:
        screen.tap("add-time")
        screen.tap("time-30")
        screen.tap("add-material")
        screen.tap("part-ENR-FR")
        screen.enter("quantity", "2,5")
        screen.tap("save-material")
        screen.tap("add-note")
        screen.enter("note", "Revoir au printemps")
        screen.tap("save-note")

        assert "0\u00a0h\u00a030" in screen.text
        assert "2,5\u00a0kg · Enrobé froid" in screen.text
        assert "«\u00a0Revoir au printemps\u00a0»" in screen.text
        assert not screen.failures
    assert [len(_all(town, fact)) for fact in (TimeWorked, MaterialUsed, Comment)] == [1, 1, 1]


def test_hours_beyond_a_day_are_not_taken(town: Town, order_route: str) -> None:
    with town.signed_in(route=order_route) as screen:
        screen.tap("add-time")
        screen.enter("hours", "25")

        assert "Un nombre d’heures, 24 au plus" in screen.text
        assert screen.one("save-time").disabled


def test_a_number_outside_of_its_limits_is_shown_and_kept(town: Town, order_route: str) -> None:
    with town.signed_in(route=order_route) as screen:
        _press_main(town, screen)
        _press_main(town, screen)
        screen.enter("answer-3", "99999999")
        assert "99\u00a0999\u00a0999 est hors des limites" in screen.text
        screen.enter("answer-3", "99999999", leave=True)

    assert sorted(step.answer for step in _all(town, Step) if step.answer) == ["99999999"]


def test_history_says_who_when_and_when_the_server_learned_of_it(
    town: Town, order_route: str
) -> None:
    town.add(
        StatusChange(
            id=town.workplace.new_id(),
            work_order_id=town.ids["order"],
            person_id=town.ids["diane"],
            to_status="dispatched",
            changed_at=town.now - timedelta(hours=1),
            received_at=town.now - timedelta(minutes=12),
        )
    )

    with town.signed_in(route=order_route) as screen:
        assert "02:12 Diane Roy a envoyé à l’équipe" in screen.text
        assert "reçu par le serveur à 03:00" in screen.text


def test_an_order_that_is_not_accepted_by_the_server_yet_is_marked(
    town: Town, order_route: str
) -> None:
    with town.signed_in(route=order_route) as screen:
        assert "gardé ici, à envoyer" not in screen.text
        screen.tap("main")
        assert "gardé ici, à envoyer" in screen.text

    with town.database.reading() as session:
        assert tally(session).to_send == 1


def test_a_narrow_screen_shows_the_list_then_the_order(town: Town) -> None:
    with town.signed_in(width=800) as screen:
        screen.tap(f"order-{town.ids['order']}")
        assert not screen.has("search")
        screen.tap("back")
        assert screen.has("search")


def test_an_order_that_left_the_tablet_says_so(town: Town) -> None:
    with town.signed_in(route="/orders/gone") as screen:
        assert "Ce bon ne fait plus partie" in screen.text
