"""The office without a tablet: the director's figures, and work of the garage moved on trial."""

import re

from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect
from sqlalchemy import select

from asset_model.plans import Occurrence
from sync_server.upkeep_tables import PlanPublication
from tests.browser import OpenPage
from tests.journeys.person import PATIENCE_MS, Person
from tests.journeys.test_work_order_travels import Town, town

__all__ = ["town"]

DIRECTOR, DIRECTOR_PIN = "Hélène Marchand", "4900"
FLEET, FLEET_PIN = "Sophie Bergeron", "4730"
WHY = "La fosse est occupée"


def test_a_number_opens_its_list_and_a_week_of_the_garage_is_changed(
    town: Town, browser_page: OpenPage
) -> None:
    office = town.server.address.replace("health", "office/")
    helene, sophie = Person(browser_page()), Person(browser_page())

    helene.opens(office)
    helene.signs_in(DIRECTOR, DIRECTOR_PIN)
    tile = helene.key("board-overdue")
    tile.wait_for(state="attached")
    found = re.search(r"(\d+) selon la loi · (\d+) selon", tile.inner_text())
    assert found is not None
    late = sum(map(int, found.groups()))
    helene.presses("board-overdue")
    helene.sees(f"{late} lignes")
    with helene.page.context.expect_page() as opened:
        helene.presses("take-xml")
    assert opened.value.locator("row").count() == late
    opened.value.close()

    sophie.opens(office)
    sophie.signs_in(FLEET, FLEET_PIN)
    sophie.presses("go-workshop")
    _skips_something(sophie)
    sophie.types("Pourquoi", WHY)
    sophie.presses("trial-look")
    sophie.sees("Ce que ça change")
    sophie.presses("trial-publish")
    expect(sophie.key("trial-publish")).to_have_count(0, timeout=PATIENCE_MS)
    _was_published(town)


def _skips_something(sophie: Person) -> None:
    """In the first week of which something may be skipped."""
    weeks = sophie.page.locator('[flt-semantics-identifier^="week-"]')
    weeks.first.wait_for(state="attached")
    of_a_plan = sophie.page.locator('[flt-semantics-identifier^="skip-EP-01"]').first
    for place in range(weeks.count()):
        weeks.nth(place).click(force=True)
        try:
            of_a_plan.wait_for(state="attached", timeout=5_000)
        except PlaywrightTimeout:
            continue
        key = of_a_plan.get_attribute("flt-semantics-identifier")
        assert key is not None
        sophie.presses(key)
        return
    raise LookupError("nothing of EP-01 is to come")


def _was_published(town: Town) -> None:
    with town.reading() as session:
        publication = session.scalars(select(PlanPublication)).one()
        skipped = session.scalars(select(Occurrence).where(Occurrence.status == "skipped")).all()

    assert publication.why == WHY
    assert len(skipped) == 1
