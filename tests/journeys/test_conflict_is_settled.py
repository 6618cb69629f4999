"""Two tablets answer one step without a signal; the foreman settles it, and the crew reads how."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.database import open_database
from asset_model.matters import Matter
from asset_model.people import Crew
from asset_model.vocabulary import StepKind, WorkOrderStatus
from asset_model.work_orders import Step, WorkOrder
from tests.browser import OpenPage
from tests.journeys.person import Person
from tests.processes import Running, all_killed, demo_town, run

FOREMAN, FOREMAN_PIN = "Marie-Ève Tremblay", "4710"
LUC, LUC_PIN = "Luc Gagnon", "2501"
NADIA, NADIA_PIN = "Nadia Benali", "2502"


@dataclass
class Town:
    """A generated town, its server, and two tablets of one crew."""

    folder: Path
    server: Running
    tablets: tuple[Running, Running]
    step: Step

    @property
    def number(self) -> str:
        with self.reading() as session:
            return session.get_one(WorkOrder, self.step.work_order_id).number or ""

    def matter(self) -> Matter:
        with self.reading() as session:
            return session.scalars(select(Matter)).one()

    def answer(self) -> str | None:
        with self.reading() as session:
            return session.get_one(Step, self.step.id).answer

    def reading(self) -> Session:
        return _reading(self.folder)

    @property
    def office(self) -> str:
        return self.server.address.replace("health", "office/")

    def order_on(self, tablet: Running) -> str:
        return f"{tablet.address}orders/{self.step.work_order_id}"


@pytest.fixture
def town(tmp_path: Path, free_ports: tuple[int, int], third_port: int) -> Iterator[Town]:
    folder, (port, *ports) = tmp_path / "server", (*free_ports, third_port)
    demo_town(folder)
    address = f"http://127.0.0.1:{port}"
    serve = ("serve", "--no-tiles", "--data", str(folder), "--port", str(port))
    server = Running(serve, f"{address}/health", tmp_path / "serve.log")
    first, second = (
        _tablet(folder, address, tmp_path / f"T90{n}", own) for n, own in enumerate(ports)
    )
    with all_killed(server, first, second):
        server.up()
        yield Town(folder, server, (first.up(), second.up()), _open_step(folder))


def _tablet(folder: Path, server: str, data: Path, port: int) -> Running:
    code = run("enrol", data.name, "--crew", "VN", "--data", str(folder)).splitlines()[0]
    options = ("--server", server, "--data", str(data), "--port", str(port), "--enrol", code)
    return Running(("tablet", *options), f"http://127.0.0.1:{port}/", data.with_suffix(".log"))


def _open_step(folder: Path) -> Step:
    """A step of the crew's that is passed or failed, and that nobody has answered."""
    query = (
        select(Step)
        .join(WorkOrder, WorkOrder.id == Step.work_order_id)
        .join(Crew, Crew.id == WorkOrder.crew_id)
        .where(Crew.code == "VN", WorkOrder.status == WorkOrderStatus.IN_PROGRESS)
        .where(Step.kind == StepKind.PASS_FAIL, Step.answer.is_(None))
    )
    with _reading(folder) as session:
        found = session.scalars(query.order_by(Step.id)).first()
    assert found is not None
    return found


def _reading(folder: Path) -> Session:
    return Session(open_database(f"sqlite:///{folder / 'server.sqlite'}").engine)


def test_a_foreman_settles_what_two_tablets_answered_and_the_crew_reads_how(
    town: Town, browser_page: OpenPage
) -> None:
    first, second = town.tablets
    luc, nadia, foreman = (Person(browser_page()) for _ in range(3))
    luc.opens(town.order_on(first))
    luc.signs_in(LUC, LUC_PIN)
    nadia.opens(town.order_on(second))
    nadia.signs_in(NADIA, NADIA_PIN)

    town.server.kill()
    luc.presses(f"answer-{town.step.rank}-ok")
    luc.sees_at("pill", "1 à envoyer")
    nadia.presses(f"answer-{town.step.rank}-defect")
    nadia.sees_at("pill", "1 à envoyer")
    second.kill()
    town.server.up()
    luc.presses("pill")
    luc.presses("try-now")
    luc.sees_at("pill", "Tout est reçu")
    second.up()

    foreman.opens(town.office)
    foreman.signs_in(FOREMAN, FOREMAN_PIN)
    foreman.presses("go-settle")
    foreman.presses_name(re.compile(f"{town.step.label_fr}.*Conforme.*Défaut"))
    foreman.sees(re.compile(f"{NADIA}, "))
    luc.presses("go-today")
    luc.types("Chercher une rue, un numéro, un mot", town.number)
    luc.presses(f"order-{town.step.work_order_id}")
    luc.sees("Mis de côté")
    luc.sees("Le contremaître tranchera.")

    foreman.presses(f"take-{town.matter().id}")
    foreman.sees("Rien à régler.")

    luc.sees(re.compile(f"{FOREMAN} a pris «\u00a0Défaut\u00a0» au lieu de «\u00a0Conforme"))
    assert (town.answer(), town.matter().choice) == ("defect", "take")
