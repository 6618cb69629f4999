"""A plow with a broken wiper at three in the morning: stopped without a signal, repaired, back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.database import open_database
from asset_model.fleet import Defect, Inspection, RepairCertificate
from asset_model.work_orders import WorkOrder
from field_app.ui.times import DOUBLE_PRESS
from tests.browser import OpenPage
from tests.journeys.person import PATIENCE_MS, Person
from tests.processes import Running, all_killed, demo_town, run

CREW, CREW_PIN = "Luc Gagnon", "2501"
MECHANIC, MECHANIC_PIN = "Réjean Pelletier", "2505"
MANAGER, MANAGER_PIN = "Sophie Bergeron", "4730"
ITEMS = 24
WIPER = "Essuie-glace du conducteur manquant ou inadéquat"


@dataclass
class Town:
    """A generated town, its server, a tablet of the roads and one of the garage."""

    folder: Path
    server: Running
    tablet: Running
    garage: Running

    def reading(self) -> Session:
        return Session(open_database(f"sqlite:///{self.folder / 'server.sqlite'}").engine)


@pytest.fixture
def town(tmp_path: Path, free_ports: tuple[int, int], third_port: int) -> Iterator[Town]:
    folder, port = tmp_path / "server", free_ports[0]
    demo_town(folder)
    address = f"http://127.0.0.1:{port}"
    serve = ("serve", "--no-tiles", "--data", str(folder), "--port", str(port))
    server = Running(serve, f"{address}/health", tmp_path / "serve.log")
    roads = _tablet(tmp_path, address, "VN", free_ports[1])
    garage = _tablet(tmp_path, address, "AT", third_port)
    with all_killed(server, roads, garage):
        yield Town(folder, server.up(), roads.up(), garage.up())


def _tablet(folder: Path, address: str, crew: str, port: int) -> Running:
    data, name = str(folder / "server"), f"T9{crew}"
    code = run("enrol", name, "--crew", crew, "--data", data).splitlines()[0]
    command = ("tablet", "--server", address, "--data", str(folder / name))
    options = ("--port", str(port), "--enrol", code)
    return Running((*command, *options), f"http://127.0.0.1:{port}/", folder / f"{name}.log")


def test_a_unit_with_a_major_defect_stops_offline_and_returns_by_a_mechanic_s_word(
    town: Town, browser_page: OpenPage
) -> None:
    luc, mechanic = Person(browser_page()), Person(browser_page())
    luc.opens(town.tablet.address)
    luc.signs_in(CREW, CREW_PIN)
    _takes_203_for_an_order(luc)
    town.server.kill()

    _checks(luc)
    luc.sees(re.compile("L’unité 203 est hors service"))
    luc.sees("Prendre une autre unité")
    _is_refused_the_start(luc)
    town.tablet.kill()
    town.tablet.up()
    luc.wakes_semantics()
    luc.signs_in(CREW, CREW_PIN)
    luc.presses("go-units")
    luc.sees_at("unit-203", "hors service")

    town.server.up()
    luc.presses("pill")
    luc.presses("try-now")
    luc.sees_at("pill", "Tout est reçu")
    order = _one_repair_order(town)

    mechanic.opens(town.garage.address)
    mechanic.signs_in(MECHANIC, MECHANIC_PIN)
    mechanic.presses("pill")
    mechanic.presses("try-now")
    mechanic.sees_at("pill", "Tout est reçu")
    mechanic.presses("go-today")
    mechanic.types("Chercher une rue, un numéro, un mot", order)
    mechanic.presses_name(re.compile(WIPER))
    mechanic.presses("main")
    _certifies(mechanic)
    _certified_once(town)

    manager = Person(browser_page())
    manager.opens(town.server.address.replace("health", "office/"))
    manager.signs_in(MANAGER, MANAGER_PIN)
    manager.presses("go-units")
    manager.sees_at("unit-203", "prête")


def _takes_203_for_an_order(luc: Person) -> None:
    luc.page.locator('[flt-semantics-identifier^="order-"]').first.click(force=True)
    luc.presses("add-unit")
    luc.presses("take-203")
    luc.key("open-unit-203").wait_for(state="attached")


def _checks(luc: Person) -> None:
    """Item by item, as the list has them; the sixth is the wiper."""
    luc.presses("open-unit-203")
    luc.presses("to-check-203")
    for place in range(ITEMS):
        if place == 5:
            luc.presses("check-major")
            luc.presses("defect-6.A")
        _answers(luc, "defect-next" if place == 5 else "check-ok", place + 1)
    luc.types("Votre NIP, pour signer", CREW_PIN)
    luc.presses("sign-check")


def _answers(luc: Person, key: str, then: int) -> None:
    """Once: a finger that is sooner than this after the last item is taken for one that slipped."""
    luc.page.wait_for_timeout(DOUBLE_PRESS / timedelta(milliseconds=1))
    luc.key(key).click(force=True)
    expect(luc.told(re.compile(rf"\b{then} sur {ITEMS}"))).to_be_attached(timeout=PATIENCE_MS)


def _is_refused_the_start(luc: Person) -> None:
    luc.presses("go-today")
    luc.page.locator('[flt-semantics-identifier^="order-"]').first.click(force=True)
    luc.key("open-unit-203").wait_for(state="attached")
    luc.presses("main")
    luc.sees(re.compile("L’unité 203 est hors service"))


def _one_repair_order(town: Town) -> str:
    """Its number: made once, sent to the garage."""
    with town.reading() as session:
        report = session.scalars(
            select(Inspection).where(Inspection.unit_name == "203").order_by(Inspection.ended_at)
        ).all()[-1]
        (defect,) = session.scalars(select(Defect).where(Defect.inspection_id == report.id))
        (order,) = session.scalars(select(WorkOrder).where(WorkOrder.id == defect.repair_order_id))
    assert (order.status, order.priority, order.source) == ("dispatched", 1, "defect")
    assert report.signed_name == CREW
    assert order.number is not None
    return order.number


def _certifies(mechanic: Person) -> None:
    mechanic.presses("worked-on-unit")
    mechanic.presses("certify-6.A")
    mechanic.types("Ce qui a été fait", "Bras et balai remplacés")
    mechanic.types("Votre NIP, pour signer", MECHANIC_PIN)
    mechanic.presses("certificate")
    mechanic.sees("Aucune défectuosité ouverte.")
    mechanic.sees_at("pill", "Tout est reçu")


def _certified_once(town: Town) -> None:
    with town.reading() as session:
        signed = session.scalars(
            select(RepairCertificate).where(RepairCertificate.word == "Bras et balai remplacés")
        ).all()
    assert [(one.signed_name, one.result) for one in signed] == [(MECHANIC, "repaired")]
