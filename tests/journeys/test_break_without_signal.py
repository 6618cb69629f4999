"""A main breaks where there is no signal: valves are told one by one, and it all arrives once."""

import re

from playwright.sync_api import expect
from sqlalchemy import select

from asset_model.assets import Asset
from asset_model.network import told
from asset_model.network.report import Question, isolation_report
from asset_model.people import Crew
from asset_model.people import Person as Worker
from asset_model.work_orders import Step, WorkOrder
from tests.browser import OpenPage
from tests.journeys.person import CHOSEN, PATIENCE_MS, Person
from tests.journeys.test_work_order_travels import CREW, CREW_PIN, Town, town

__all__ = ["town"]


def test_a_break_is_isolated_without_a_signal_and_arrives_once(
    town: Town, browser_page: OpenPage
) -> None:
    pipe = _pipe(town)
    first, second, instead = _valves(town, pipe)
    luc = Person(browser_page())
    luc.opens(town.tablet.address)
    luc.signs_in(CREW, CREW_PIN)
    luc.sees_at("pill", "Tout est reçu")
    town.server.kill()

    luc.presses("go-report")
    luc.presses("to-break")
    luc.types("Conduite, borne, vanne ou adresse", pipe)
    luc.presses(f"spot-{pipe}")
    luc.sees(re.compile("Vannes à fermer · 0 sur"))
    luc.chooses(f"valve-{first}-closed")
    luc.presses(f"valve-{second}-not_found")
    luc.sees(re.compile(f"{second} ne retient pas l’eau"))
    _closes(luc, instead)
    with luc.page.context.expect_page() as opened:
        luc.presses("to-print")
    printed = opened.value.locator("pre")
    assert f"[x] 1. {first}".replace("-", "\u2011") in printed.inner_text()
    opened.value.close()

    town.tablet.kill()
    town.tablet.up()
    luc.wakes_semantics()  # The page has come back by itself, on the break.
    luc.signs_in(CREW, CREW_PIN)
    luc.chooses(f"line-open-{first}")
    luc.sees_at("pill", re.compile("Hors ligne · \\d+ à envoyer"))

    town.server.up()
    luc.presses("pill")
    luc.presses("try-now")
    luc.sees_at("pill", "Tout est reçu")
    _arrived_once(town, first, second, instead)


def _closes(luc: Person, valve: str) -> None:
    """Right after rows have moved a press is passed over: a person looks, and presses again."""
    closed = f"valve-{valve}-closed"
    for _ in range(5):
        luc.presses(closed)
        try:
            expect(luc.key(closed)).to_have_attribute(*CHOSEN, timeout=PATIENCE_MS / 5)
        except AssertionError:
            continue
        return
    luc.chooses(closed)


def _pipe(town: Town) -> str:
    """A pipe of the crew's district whose loss asks for another valve where one is not found."""
    with town.reading() as session:
        query = (
            select(Asset.tag)
            .join(Crew, Crew.district_id == Asset.district_id)
            .join(Worker, Worker.crew_id == Crew.id)
            .where(Asset.class_code == "pipe", Worker.name == CREW)
        )
        return session.scalars(query.order_by(Asset.tag)).all()[20]


def _valves(town: Town, pipe: str) -> tuple[str, str, str]:
    """The first to close; one for which another is needed; and that other one."""
    with town.reading() as session:
        asked = isolation_report(session, Question(pipe))["valves_to_close"]
        for card in asked[1:]:
            lost = Question(pipe, broken_valves=(card["tag"],))
            for other in isolation_report(session, lost)["valves_to_close"]:
                if other["instead_of"] == card["tag"]:
                    return asked[0]["tag"], card["tag"], other["tag"]
    raise LookupError(f"no valve of {pipe} can be lost")


def _arrived_once(town: Town, first: str, second: str, instead: str) -> None:
    with town.reading() as session:
        luc = session.scalars(select(Worker).where(Worker.name == CREW)).one()
        order = session.scalars(select(WorkOrder).where(WorkOrder.created_by == luc.id)).one()
        steps = session.scalars(select(Step).where(Step.work_order_id == order.id)).all()
        words = told.words_of(steps)

        assert (order.kind, order.status) == ("emergency", "in_progress")
        assert order.number is not None
        answers = {about: word.answer for about, word in words.items()}
        assert answers == {
            (told.CLOSE, first): told.CLOSED,
            (told.CLOSE, second): told.NOT_FOUND,
            (told.CLOSE, instead): told.CLOSED,
            (told.OPEN, first): told.DONE,
            (told.OPEN, instead): None,
        }
        assert all(len(word.steps) == 1 for word in words.values())
        assert {w.person_id for w in words.values() if w.answer} == {luc.id}
        assert all(word.at is not None for word in words.values() if word.answer)
