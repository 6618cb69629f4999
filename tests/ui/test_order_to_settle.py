"""On the order: what was kept and set aside, what came back, and in its history how it ended."""

import pytest
from sqlalchemy import select

from field_app.reads.waiting import marks, tally
from field_app.store.local import LocalChange, State
from tests.ui.matters import contest, made, settlements
from tests.ui.town import NOW, Town


@pytest.fixture
def order_route(town: Town) -> str:
    return f"/orders/{town.ids['order']}"


def test_work_on_a_cancelled_order_is_told_in_a_sentence(town: Town, order_route: str) -> None:
    contest(town, ("status", "cancelled", "done"), table="work_order")

    with town.signed_in(route=order_route) as screen:
        assert "Le bon a été annulé pendant que l’équipe y travaillait." in screen.text


def test_the_crew_reads_it_on_the_order_and_settles_nothing(town: Town, order_route: str) -> None:
    id = contest(town)

    with town.signed_in("luc", route=order_route) as screen:
        assert "Mis de côté" in screen.text
        assert "Le contremaître tranchera." in screen.text
        assert not {f"keep-{id}", f"take-{id}", f"send-back-{id}"} & set(screen.keys())


def test_what_is_sent_back_is_shown_to_its_author_until_they_say_so(
    town: Town, order_route: str
) -> None:
    told = {"settled_by": town.ids["diane"], "choice": "send_back", "word": "Remesure"}
    id = contest(town, state="returned", **told)

    with town.signed_in("luc", route=order_route) as screen:
        assert "Diane Roy l’a renvoyé à Anne Côté\u00a0: «\u00a0Remesure\u00a0»" in screen.text
        assert not screen.has(f"understood-{id}")
    with town.signed_in("anne", route=order_route) as screen:
        assert "Diane Roy vous le renvoie\u00a0: «\u00a0Remesure\u00a0»" in screen.text
        screen.tap(f"understood-{id}")
        assert "vous le renvoie" not in screen.text

    assert [(m.choice, m.person_id) for m in settlements(town)] == [("seen", town.ids["anne"])]


def test_the_history_of_the_order_says_who_settled_what_and_how(
    town: Town, order_route: str
) -> None:
    id = contest(town, state="settled", choice="take")
    town.add(made(town, id, choice="take", result="done", received_at=NOW))
    town.add(made(town, id, choice="keep", result="late"))

    with town.signed_in(route=order_route) as screen:
        lines = screen.text.splitlines()

    at = lines.index(
        "03:12 Diane Roy a pris «\u00a0Défaut\u00a0» au lieu de «\u00a0Conforme\u00a0»"
        " (Étape «\u00a0État du pavage\u00a0»)"
    )
    assert lines[at + 1] == "reçu par le serveur à 03:12"
    assert "Trop tard\u00a0: c’était déjà réglé." in lines
    assert "À départager\u00a0: deux valeurs" not in lines


def test_the_lists_of_orders_mark_what_is_to_be_settled(town: Town) -> None:
    contest(town)

    with town.database.reading() as session:
        assert marks(session, [town.ids["order"]]) == {town.ids["order"]: "settle"}


def test_an_act_of_this_tablet_that_was_sent_back_is_settled_by_its_author(
    town: Town, order_route: str
) -> None:
    with town.signed_in(route=order_route) as screen:
        screen.tap("main")
    with town.database.writing() as session:
        for change in session.scalars(select(LocalChange)):
            change.state, change.code = State.RETURNED, "sent_back"
            change.details = {"by": "Diane Roy", "word": "Attends le camion"}
        act = change.group_id

    with town.signed_in(route=order_route) as screen:
        assert "Diane Roy vous le renvoie\u00a0: «\u00a0Attends le camion\u00a0»" in screen.text
        screen.tap(f"understood-{act}")
        assert "Attends le camion" not in screen.text
    with town.database.reading() as session:
        assert tally(session).to_settle == 0
