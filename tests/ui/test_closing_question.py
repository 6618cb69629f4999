"""Finishing an order that citizens wait for asks what they are told; one press answers."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from asset_model.catalogue import Service
from asset_model.closing_words import ClosingWords, Sentence
from asset_model.incidents import Incident
from asset_model.vocabulary import WorkOrderStatus
from asset_model.work_orders import Step, WorkOrder
from field_app.store.local import LocalChange
from tests.ui.harness import Screen
from tests.ui.incidents import an_incident
from tests.ui.town import NOW, Town

LASTING = ("C’est réparé de façon permanente.", "It has been repaired for good.")


@pytest.fixture
def at_work(at_311: Town, tmp_path: Path) -> Town:
    """Two citizens have reported what the crew is at, and every step has its answer."""
    an_incident(at_311, "hole", reports_count=2)
    at_311.workplace.photos = tmp_path / "photos"
    with at_311.database.writing() as session:
        order = session.get_one(WorkOrder, at_311.ids["order"])
        order.incident_id, order.status = at_311.ids["hole"], WorkOrderStatus.IN_PROGRESS
        order.started_at = NOW
        for step in session.scalars(select(Step).where(Step.work_order_id == order.id)):
            step.answer = "10" if step.kind == "number" else "ok"
    at_311.link.online = False
    return at_311


@pytest.fixture
def luc(at_work: Town) -> Iterator[Screen]:
    with at_work.signed_in("luc", route=f"/orders/{at_work.ids['order']}") as screen:
        yield screen
        assert not screen.failures


def status_of(town: Town) -> str:
    with town.database.reading() as session:
        return session.get_one(WorkOrder, town.ids["order"]).status


def answer_of(town: Town) -> tuple[str | None, str | None]:
    with town.database.reading() as session:
        incident = session.get_one(Incident, town.ids["hole"])
        return incident.answer_fr, incident.answer_en


def left(town: Town) -> list[tuple[str, str]]:
    """Group and table of each change that waits, in the order in which they leave."""
    with town.database.reading() as session:
        changes = session.scalars(select(LocalChange).order_by(LocalChange.place)).all()
        return [(change.group_id, change.table) for change in changes]


def test_a_crew_without_signal_finishes_and_says_how_in_one_press(
    at_work: Town, luc: Screen
) -> None:
    assert "les citoyens voient, en petit, ce qui est marqué «\u00a0Après\u00a0»." in luc.text
    luc.tap("main")
    assert "2 requêtes" in luc.text
    assert status_of(at_work) == "in_progress"
    at_work.now += timedelta(seconds=2)
    luc.tap("closing-lasting")

    assert status_of(at_work) == "done"
    assert answer_of(at_work) == LASTING
    said, *done = left(at_work)
    assert said[1] == "incident"
    assert {group for group, _table in done} == {done[0][0]} != {said[0]}


def test_nothing_more_is_an_answer_and_a_double_press_is_none(at_work: Town, luc: Screen) -> None:
    luc.tap("main")
    luc.tap("closing-no-more")
    assert status_of(at_work) == "in_progress"
    at_work.now += timedelta(seconds=2)
    luc.tap("closing-no-more")

    assert status_of(at_work) == "done"
    assert answer_of(at_work) == (None, None)
    assert "incident" not in {table for _group, table in left(at_work)}


def test_what_the_office_prepared_comes_first(at_work: Town) -> None:
    with at_work.database.writing() as session:
        session.get_one(Incident, at_work.ids["hole"]).answer_fr = "Le pavage suivra en mai."

    with at_work.signed_in("luc", route=f"/orders/{at_work.ids['order']}") as screen:
        screen.tap("main")
        at_work.now += timedelta(seconds=2)
        screen.tap("closing-prepared")
        assert not screen.failures

    assert status_of(at_work) == "done"
    assert answer_of(at_work) == ("Le pavage suivra en mai.", None)


def test_work_that_nobody_reported_is_finished_at_once(at_work: Town) -> None:
    with at_work.database.writing() as session:
        session.get_one(Incident, at_work.ids["hole"]).reports_count = 0

    with at_work.signed_in("luc", route=f"/orders/{at_work.ids['order']}") as screen:
        screen.tap("main")
        assert not screen.failures

    assert status_of(at_work) == "done"


def test_the_town_s_own_sentences_are_offered_by_what_was_reported(at_work: Town) -> None:
    with at_work.database.writing() as session:
        hole = session.get_one(Incident, at_work.ids["hole"])
        service = session.get_one(Service, hole.service_id).code
        told = [
            Sentence("any", "C’est fait.", "It is done."),
            Sentence("hole", "Le trou est bouché.", "The hole is filled.", services=(service,)),
            Sentence("leak", "La fuite est réparée.", "The leak is mended.", services=("AUTRE",)),
            Sentence("job", "Le pavage est refait.", "It is paved.", jobs=("nid-de-poule",)),
        ]
        session.add(
            ClosingWords(id="own", sentences=[each.told() for each in told], published_at=NOW)
        )

    with at_work.signed_in("luc", route=f"/orders/{at_work.ids['order']}") as screen:
        screen.tap("main")
        assert screen.text.index("Le trou est bouché.") < screen.text.index("C’est fait.")
        other = ("La fuite est", "Le pavage est", LASTING[0])
        assert not any(words in screen.text for words in other)
        at_work.now += timedelta(seconds=2)
        screen.tap("closing-hole")
        assert not screen.failures

    assert answer_of(at_work) == ("Le trou est bouché.", "The hole is filled.")
