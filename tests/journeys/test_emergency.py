"""An emergency: raised at the office, taken on a tablet without a server, and a crew is sent."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.alerts import Acknowledgement, Alert
from asset_model.database import open_database
from asset_model.people import Crew
from asset_model.people import Person as Worker
from asset_model.work_orders import WorkOrder
from tests.browser import OpenPage
from tests.journeys.person import Person
from tests.processes import Running, all_killed, demo_town, run

FOREMAN, FOREMAN_PIN = "Marie-Ève Tremblay", "4710"
CREW, CREW_PIN = "Luc Gagnon", "2501"
PLACE = "Rue du Quai, devant le 12"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    demo_town(tmp_path / "server")
    return tmp_path


def test_an_alert_is_taken_without_a_server_and_its_crew_is_sent(
    folder: Path, free_ports: tuple[int, int], browser_page: OpenPage
) -> None:
    data, (port, tablet_port) = str(folder / "server"), free_ports
    code = run("enrol", "T900", "--crew", "VN", "--data", data).splitlines()[0]
    address, screens = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{tablet_port}/"
    serve = ("serve", "--data", data, "--port", str(port))
    tablet = ("tablet", "--server", address, "--data", str(folder / "tablet"))
    server = Running(serve, address + "/health", folder / "serve.log")
    carried = Running(
        (*tablet, "--port", str(tablet_port), "--enrol", code), screens, folder / "tablet.log"
    )
    with all_killed(server, carried):
        server.up()
        carried.up()
        foreman, luc = Person(browser_page()), Person(browser_page())
        luc.opens(screens)
        luc.signs_in(CREW, CREW_PIN)
        foreman.opens(f"{address}/office/alerts/new")
        foreman.signs_in(FOREMAN, FOREMAN_PIN)

        _raises_an_alert(foreman, _id_of(data, CREW))
        luc.key("alert-mine").wait_for(state="attached")
        foreman.sees(re.compile("n’a PAS vu l’alerte"))
        server.kill()
        luc.presses("alert-mine")
        luc.sees_at("pill", re.compile("Hors ligne · 1 à envoyer depuis"))

        server.up()
        luc.presses("pill")
        luc.presses("try-now")
        luc.sees_at("pill", "Tout est reçu")
        foreman.wakes_semantics()
        foreman.signs_in(FOREMAN, FOREMAN_PIN)
        foreman.sees(re.compile(f"{CREW} s’en occupe depuis"))
        foreman.presses("send-VN")
        foreman.sees("Voirie nord y va.")
        foreman.presses("alert-end-0")
        foreman.sees(re.compile("Fermée à"))
        luc.presses("go-today")
        luc.types("Chercher une rue, un numéro, un mot", "Quai")
        luc.sees(re.compile("Rue du Quai, devant le 12.*Bris d’aqueduc", re.DOTALL))
    _happened_once(data)


def _raises_an_alert(foreman: Person, luc: str) -> None:
    foreman.chooses("alert-what-0")
    foreman.types("Ou en vos mots", PLACE)
    foreman.chooses(f"call-{luc}")
    foreman.presses("alert-raise")
    foreman.sees(re.compile("Personne ne s’en occupe encore"))


def _id_of(data: str, name: str) -> str:
    with Session(open_database(f"sqlite:///{data}/server.sqlite").engine) as session:
        return session.scalars(select(Worker.id).where(Worker.name == name)).one()


def _happened_once(data: str) -> None:
    with Session(open_database(f"sqlite:///{data}/server.sqlite").engine) as session:
        alert = session.scalars(select(Alert).where(Alert.place == PLACE)).one()
        query = select(Acknowledgement).where(Acknowledgement.alert_id == alert.id)
        answer = session.scalars(query).one()
        order = session.get_one(WorkOrder, alert.order_id)
        crew = session.get_one(Crew, order.crew_id)
    assert (answer.answer, answer.received_at is not None) == ("mine", True)
    assert answer.person_id == _id_of(data, CREW)
    assert (order.kind, order.status, crew.code) == ("emergency", "dispatched", "VN")
    assert alert.closing_word == "L’urgence est terminée"
