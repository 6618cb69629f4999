"""Every target of every screen is as large, in a real browser, as a gloved finger needs, and has a
name for who cannot see it.
"""

from collections.abc import Iterator

import pytest

from field_app.ui.tokens import TARGET_PX
from tests.browser import OpenPage
from tests.journeys.person import BARS, TWO_FRAMES, Person
from tests.journeys.test_work_order_travels import CREW, CREW_PIN, Town, town

__all__ = ["town"]

FOOT_PX = 180
"""What scrolls may be cut there by a bar, or by two in the hand; what stands in them is whole."""

MEASURES = """() => [...document.querySelectorAll(
    'flt-semantics[role=button], flt-semantics[flt-tappable]'
)].map(one => {
    const box = one.getBoundingClientRect();
    const name = one.getAttribute('flt-semantics-identifier') || one.innerText;
    return [name, box.width, box.height, box.y + box.height];
})"""
"""All of one moment: a screen that changes while it is measured would tell of two at once."""


NAMELESS = """() => [...document.querySelectorAll(
    'flt-semantics[role=button], flt-semantics[flt-tappable], flt-semantics input'
)].filter(one => !(one.getAttribute('aria-label') || one.innerText || '').trim())
  .map(one => one.closest('[flt-semantics-identifier]')?.getAttribute('flt-semantics-identifier')
    || one.outerHTML)"""


def _targets(person: Person) -> Iterator[tuple[str, float, float]]:
    """The name, width and height of all that can be pressed, once the screen stands still."""
    for _ in range(10):
        person.page.evaluate(TWO_FRAMES)
    foot = (person.page.viewport_size or {"height": 0})["height"] - FOOT_PX
    for name, width, height, bottom in person.page.evaluate(MEASURES):
        if BARS.match(name) or bottom < foot:
            yield name, width, height


def _too_small(person: Person) -> list[tuple[str, float, float]]:
    targets = list(_targets(person))
    assert targets
    assert person.page.evaluate(NAMELESS) == []
    return [one for one in targets if min(one[1:]) < TARGET_PX]


@pytest.mark.parametrize("size", [(1280, 800), (800, 1280)])
def test_every_target_fits_a_gloved_finger(
    town: Town, browser_page: OpenPage, size: tuple[int, int]
) -> None:
    luc = Person(browser_page(width=size[0], height=size[1]))
    luc.opens(town.tablet.address)
    luc.page.get_by_role("button", name=CREW).first.wait_for(state="attached")
    small = {"sign in": _too_small(luc)}

    luc.signs_in(CREW, CREW_PIN)
    for place in ("report", "me", "units", "assets", "today"):
        luc.presses(f"go-{place}")
        small[place] = _too_small(luc)
    luc.page.locator('[flt-semantics-identifier^="order-"]').first.click(force=True)
    luc.key("add-note").wait_for(state="attached")
    small["order"] = _too_small(luc)
    luc.presses("go-units")
    luc.presses("unit-203")
    luc.presses("to-check-203")
    luc.key("check-major").wait_for(state="attached")
    small["check"] = _too_small(luc)
    luc.presses("check-major")
    luc.key("defect-1.A").wait_for(state="attached")
    small["defect"] = _too_small(luc)
    luc.presses("pill")
    luc.key("try-now").wait_for(state="attached")
    small["synchronization"] = _too_small(luc)

    luc.presses("to-driving")
    luc.key("leave-driving").wait_for(state="attached")
    small["driving"] = _too_small(luc)

    assert {place: found for place, found in small.items() if found} == {}
