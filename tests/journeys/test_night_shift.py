"""A crew's night: near me, a report by keyboard, time that runs over a dead tablet, parts of the
truck, a mark at the wheel; the server dies in the middle and loses nothing.
"""

import re

from sqlalchemy import func, select

from asset_model.facts import MaterialUsed, TimeWorked
from asset_model.people import Person as Worker
from asset_model.stores import StoreMovement
from asset_model.work_orders import WorkOrder
from tests.browser import OpenPage
from tests.journeys.person import PATIENCE_MS, TWO_FRAMES, Person
from tests.journeys.test_work_order_travels import CREW, CREW_PIN, Town, town

__all__ = ["town"]

TABS_MAX = 80
FOCUSED = """() => {
    let here = document.activeElement;
    while (here && !here.getAttribute?.("flt-semantics-identifier")) here = here.parentElement;
    return here ? here.getAttribute("flt-semantics-identifier") : null;
}"""


def test_a_night_s_work_is_whole_after_the_server_and_the_tablet_died(
    town: Town, browser_page: OpenPage
) -> None:
    page = browser_page(width=800, height=1280, color_scheme="dark")
    stands(page.context, _middle(town))
    luc = Person(page)
    luc.opens(town.tablet.address)
    luc.signs_in(CREW, CREW_PIN)
    luc.presses("go-me")
    luc.chooses("look-night")

    luc.presses("go-today")
    luc.chooses("whose-near")
    luc.sees(re.compile(r"à \d+\u00a0m · BT-"))
    town.server.kill()
    luc.sees_at("pill", "Hors ligne")

    _reports_by_keyboard(luc)
    _starts_the_time_and_takes_parts(luc)
    town.tablet.kill()
    town.tablet.up()
    luc.wakes_semantics()
    luc.signs_in(CREW, CREW_PIN)
    luc.key("to-stop").wait_for(state="attached")
    _marks_at_the_wheel(luc, _middle(town))

    town.server.up()
    luc.presses("pill")
    luc.presses("try-now")
    luc.sees_at("pill", "Tout est reçu")
    _arrived(town)


def stands(context: object, place: tuple[float, float]) -> None:
    told: object = context
    told.grant_permissions(["geolocation"])  # type: ignore[attr-defined]
    spot = {"longitude": place[0], "latitude": place[1], "accuracy": 5}
    told.set_geolocation(spot)  # type: ignore[attr-defined]


def _middle(town: Town) -> tuple[float, float]:
    """Where the crew has work."""
    with town.reading() as session:
        luc = session.scalars(select(Worker).where(Worker.name == CREW)).one()
        order = session.scalars(
            select(WorkOrder)
            .where(WorkOrder.crew_id == luc.crew_id, WorkOrder.status == "accepted")
            .where(WorkOrder.longitude.is_not(None))
            .order_by(WorkOrder.number)
        ).first()
    assert order is not None
    assert order.longitude is not None
    assert order.latitude is not None
    return order.longitude, order.latitude


def _reports_by_keyboard(luc: Person) -> None:
    """From the list to the report that is made, without a touch."""
    _tabs_to(luc, "go-report")
    luc.page.keyboard.press("Enter")
    luc.key("what-0").wait_for(state="attached")
    _tabs_to(luc, "what-0")
    luc.page.keyboard.press("Enter")
    _tabs_to(luc, "report")
    luc.page.keyboard.press("Enter")
    luc.sees(re.compile(f"{CREW} a signalé"))


def _tabs_to(luc: Person, key: str) -> None:
    for _ in range(TABS_MAX):
        luc.page.keyboard.press("Tab")
        luc.page.evaluate(TWO_FRAMES)
        if luc.page.evaluate(FOCUSED) == key:
            return
    raise AssertionError(f"the keyboard does not reach {key}")


def _starts_the_time_and_takes_parts(luc: Person) -> None:
    luc.presses("go-today")
    luc.chooses("whose-crew")
    luc.page.locator('[flt-semantics-identifier^="order-"]').filter(has_text="accepté").first.click(
        force=True
    )
    luc.presses_until("main", "Terminer")  # One's time begins with the work.
    luc.key("to-stop").wait_for(state="attached")
    luc.presses("add-material")
    luc.presses("part-ENR-FROID")
    luc.types("Quantité", "3")
    luc.presses("save-material")
    luc.sees(re.compile(r"3\u00a0sac · Enrobé"))


def _marks_at_the_wheel(luc: Person, start: tuple[float, float]) -> None:
    """The tablet moves faster than one walks: the screen of the wheel comes by itself."""
    wheel = luc.key("leave-driving")
    for turn in range(1, 30):
        stands(luc.page.context, (start[0] + turn / 500, start[1]))
        luc.page.wait_for_timeout(1_000)
        if wheel.count():
            break
    wheel.wait_for(state="attached", timeout=PATIENCE_MS)
    assert luc.page.locator("input, textarea").count() == 0
    luc.presses("mark-0")
    luc.sees_at("notice", "Marqué")
    luc.presses("leave-driving")
    luc.presses("to-stop")
    luc.sees_at("notice", "noté")


def _arrived(town: Town) -> None:
    with town.reading() as session:
        luc = session.scalars(select(Worker).where(Worker.name == CREW)).one()
        made = session.scalars(
            select(WorkOrder.title)
            .where(WorkOrder.created_by == luc.id, WorkOrder.alias.like("T900-%"))
            .order_by(WorkOrder.created_at)
        ).all()
        parts = session.scalars(
            select(StoreMovement).where(StoreMovement.person_id == luc.id)
        ).one()
        used = session.scalars(
            select(MaterialUsed).where(MaterialUsed.id == parts.material_id)
        ).one()
        facts = select(func.count()).select_from(TimeWorked)
        timed = session.scalar(facts.where(TimeWorked.work_order_id == used.work_order_id))
    assert list(made) == ["Nid-de-poule", "Branche tombée"]
    assert (parts.kind, parts.quantity, used.quantity) == ("left", 3.0, 3.0)
    assert timed in (0, 1)  # Less than a minute is not noted.
