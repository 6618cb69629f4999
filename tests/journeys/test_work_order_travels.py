"""A work order travels: dispatched at the office, done without a signal, and back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.database import open_database
from asset_model.facts import Comment, MaterialUsed, StatusChange, TimeWorked
from asset_model.people import Crew
from asset_model.people import Person as Worker
from asset_model.work_orders import Step, WorkOrder
from tests.browser import OpenPage
from tests.journeys.person import Person
from tests.processes import Running, all_killed, demo_town, run

FOREMAN, FOREMAN_PIN = "Marie-Ève Tremblay", "4710"
CREW, CREW_PIN = "Luc Gagnon", "2501"
TITLE = "Nid-de-poule à colmater, voie de droite"
NOTE = "Colmaté à l’enrobé froid, à revoir au printemps"


@dataclass
class Town:
    """A generated town, its server and one tablet of the crew Voirie nord."""

    folder: Path
    server: Running
    tablet: Running
    segments: tuple[Asset, Asset]

    def reading(self) -> Session:
        return Session(open_database(f"sqlite:///{self.folder / 'server.sqlite'}").engine)


@pytest.fixture
def town(tmp_path: Path, free_ports: tuple[int, int]) -> Iterator[Town]:
    folder, (port, tablet_port) = tmp_path / "server", free_ports
    demo_town(folder)
    code = run("enrol", "T900", "--crew", "VN", "--data", str(folder)).splitlines()[0]
    address, screens = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{tablet_port}/"
    serve = ("serve", "--no-tiles", "--data", str(folder), "--port", str(port))
    tablet = ("tablet", "--server", address, "--data", str(tmp_path / "tablet"))
    own_port = ("--port", str(tablet_port), "--enrol", code)
    server = Running(serve, address + "/health", tmp_path / "serve.log")
    carried = Running((*tablet, *own_port), screens, tmp_path / "tablet.log")
    with all_killed(server, carried):
        yield Town(folder, server.up(), carried.up(), _two_segments(folder))


def _two_segments(folder: Path) -> tuple[Asset, Asset]:
    """Two segments of different streets in the crew's district."""
    with Session(open_database(f"sqlite:///{folder / 'server.sqlite'}").engine) as session:
        luc = session.scalars(select(Worker).where(Worker.name == CREW)).one()
        own = select(Crew.district_id).where(Crew.id == luc.crew_id)
        segments = session.scalars(
            select(Asset)
            .where(Asset.class_code == "road_segment", Asset.district_id.in_(own))
            .order_by(Asset.tag)
        ).all()
    first = segments[0]
    other = next(one for one in segments if one.name != first.name)
    return first, other


def test_an_order_is_dispatched_done_without_a_signal_and_arrives_once(
    town: Town, browser_page: OpenPage
) -> None:
    segment, other = town.segments
    office = town.server.address.replace("health", "office/")
    foreman, luc = Person(browser_page()), Person(browser_page())

    foreman.opens(office)
    foreman.signs_in(FOREMAN, FOREMAN_PIN)
    _creates_and_dispatches(foreman, segment)

    luc.opens(town.tablet.address)
    luc.signs_in(CREW, CREW_PIN)
    luc.types("Chercher une rue, un numéro, un mot", "colmater")
    luc.presses_name(re.compile(TITLE))
    town.server.kill()
    _does_the_work(luc)
    _reports_a_defect(luc, other)
    luc.sees_at("pill", re.compile("Hors ligne · \\d+ à envoyer depuis"))

    town.tablet.kill()
    town.tablet.up()
    luc.wakes_semantics()  # The page has come back by itself.
    luc.signs_in(CREW, CREW_PIN)
    luc.presses("finished")
    luc.presses_name(re.compile(TITLE))
    luc.sees_at("pill", re.compile("à envoyer"))

    town.server.up()
    luc.presses("pill")
    luc.presses("try-now")
    luc.sees_at("pill", "Tout est reçu")
    _arrived_once(town, other)

    foreman.wakes_semantics()
    foreman.signs_in(FOREMAN, FOREMAN_PIN)
    foreman.presses("go-orders")
    foreman.presses("finished")
    foreman.presses_name(re.compile(TITLE))
    foreman.sees(re.compile(f"{CREW} a terminé"))
    foreman.sees(re.compile("reçu par le serveur à"))


def _creates_and_dispatches(foreman: Person, segment: Asset) -> None:
    foreman.presses("go-new")
    foreman.types("Rue, borne, panneau\u00a0: nom ou numéro", segment.tag)
    foreman.presses(f"asset-{segment.tag}")
    foreman.key("asset-change").wait_for(state="attached")
    foreman.types("Ce qu’il faut faire", TITLE)
    foreman.chooses("crew-VN")
    foreman.presses("create")
    foreman.sees(re.compile(f"{FOREMAN} a envoyé à l’équipe"))


def _does_the_work(luc: Person) -> None:
    luc.presses("main")
    luc.sees_at("main", "Commencer")
    luc.presses_until("main", "Terminer")
    luc.chooses("answer-1-ok")
    luc.chooses("answer-2-ok")
    luc.types("Valeur, en m²", "2,5")
    luc.chooses("answer-4-ok")
    luc.presses("add-time")
    luc.presses("time-30")
    luc.presses("add-material")
    luc.types("Quelle pièce", "enrobé")
    luc.presses_name(re.compile("Enrobé"))
    luc.types("Quantité", "40")
    luc.presses("save-material")
    luc.presses("add-note")
    luc.types("Note", NOTE)
    luc.presses("save-note")
    luc.sees(re.compile(NOTE))
    luc.sees_at("main", "Terminer")
    luc.presses("main")
    luc.sees(re.compile(f"{CREW} a terminé"))


def _reports_a_defect(luc: Person, segment: Asset) -> None:
    luc.presses("go-report")
    luc.types("Rue, borne, panneau\u00a0: nom ou numéro", segment.tag)
    luc.presses(f"asset-{segment.tag}")
    luc.key("asset-change").wait_for(state="attached")
    luc.chooses("what-1")
    luc.chooses("urgency-2")
    luc.presses("report")
    luc.sees(re.compile(f"{CREW} a signalé"))


def _arrived_once(town: Town, other: Asset) -> None:
    with town.reading() as session:
        order = session.scalars(select(WorkOrder).where(WorkOrder.title == TITLE)).one()
        luc = session.scalars(select(Worker).where(Worker.name == CREW)).one()
        assert (order.status, order.completed_by) == ("done", luc.id)
        assert order.number is not None
        assert _answers(session, order) == ["ok", "ok", "2.5", "ok"]
        assert _count(session, MaterialUsed, order) == 1
        assert _minutes(session, order).count(30) == 1
        assert _count(session, TimeWorked, order) <= 2  # What ran beside it, if over a minute.
        words = session.scalars(select(Comment).where(Comment.work_order_id == order.id)).all()
        assert [(one.text, one.person_id) for one in words] == [(NOTE, luc.id)]
        assert _moves(session, order) == ["dispatched", "accepted", "in_progress", "done"]
        defect = select(WorkOrder).where(WorkOrder.created_by == luc.id)
        reported = session.scalars(defect.where(WorkOrder.asset_id == other.id)).all()
        fresh = [one for one in reported if (one.alias or "").startswith("T900-")]
        assert [one.status for one in fresh] == ["draft"]


def _answers(session: Session, order: WorkOrder) -> list[str | None]:
    steps = select(Step.answer).where(Step.work_order_id == order.id).order_by(Step.rank)
    return list(session.scalars(steps))


def _count(session: Session, fact: type[TimeWorked | MaterialUsed], order: WorkOrder) -> int:
    of_order = select(func.count()).select_from(fact).where(fact.work_order_id == order.id)
    return session.scalar(of_order) or 0


def _minutes(session: Session, order: WorkOrder) -> list[float]:
    spans = session.scalars(select(TimeWorked).where(TimeWorked.work_order_id == order.id))
    return [(one.ended_at - one.started_at).total_seconds() / 60 for one in spans]


def _moves(session: Session, order: WorkOrder) -> list[str]:
    """What the order went through, each told to the server once and dated by it."""
    query = select(StatusChange).where(StatusChange.work_order_id == order.id)
    moves = session.scalars(query.order_by(StatusChange.changed_at)).all()
    assert all(move.received_at is not None for move in moves)
    return [move.to_status for move in moves]
