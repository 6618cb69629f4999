"""On the map, without a server: a crew looks about, touches an order and opens it."""

import re

from playwright.sync_api import FloatRect, expect

from tests.browser import OpenPage
from tests.journeys.person import PATIENCE_MS, TWO_FRAMES, Person
from tests.journeys.test_work_order_travels import CREW, CREW_PIN, Town, town

__all__ = ["town"]

MIDDLE = 922, 440
"""Of the map, on a tablet that stands in its cradle."""
MAP_ONLY: FloatRect = {"x": 700, "y": 250, "width": 450, "height": 260}


def test_a_crew_finds_its_order_on_the_map_and_opens_it_without_a_server(
    town: Town, browser_page: OpenPage
) -> None:
    luc = Person(browser_page())
    luc.opens(town.tablet.address)
    luc.signs_in(CREW, CREW_PIN)
    luc.sees_at("pill", "Tout est reçu")
    town.server.kill()

    luc.presses("go-map")
    luc.sees(re.compile(r"\d+ bons"))
    row = luc.page.locator('[flt-semantics-identifier^="order-"]').first
    order = row.get_attribute("flt-semantics-identifier") or ""
    place = (row.text_content() or row.get_attribute("aria-label") or "").splitlines()[0]
    row.click(force=True)
    luc.presses("card-centre")
    _rests(luc)
    luc.presses("card-close")
    expect(luc.key("map-card")).to_have_count(0, timeout=PATIENCE_MS)
    _touches_the_middle(luc)
    # Another order may lie at the same place, and be the one that is touched.
    luc.sees_at("map-card", place)
    luc.presses("card-open")

    luc.presses("to-map")
    luc.chooses("in-view")
    expect(luc.key(order)).to_have_count(1, timeout=PATIENCE_MS)
    for _ in range(4):
        _drags(luc)
    expect(luc.key(order)).to_have_count(0, timeout=PATIENCE_MS)


def _rests(luc: Person) -> None:
    """Until the map looks the same twice."""
    before, now = b"", luc.page.screenshot(clip=MAP_ONLY)
    while now != before:
        for _ in range(12):
            luc.page.evaluate(TWO_FRAMES)
        before, now = now, luc.page.screenshot(clip=MAP_ONLY)


def _drags(luc: Person) -> None:
    """To the left, as far as the map is wide on either side of its middle."""
    x, y = MIDDLE[0] + 250, MIDDLE[1] - 100
    mouse = luc.page.mouse
    mouse.move(x, y)
    mouse.down()
    for step in range(1, 11):
        mouse.move(x - 50 * step, y)
        luc.page.evaluate(TWO_FRAMES)
    mouse.up()
    _rests(luc)


def _touches_the_middle(luc: Person) -> None:
    """A number comes closer first, and then stands in the middle itself."""
    for _ in range(3):
        luc.page.mouse.click(*MIDDLE)
        _rests(luc)
        if luc.key("map-card").count():
            return
