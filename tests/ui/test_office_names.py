"""What a director or a fleet manager presses or fills in has a name, a kind, and room."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from field_app.ui.tokens import TARGET_PX
from tests.ui.boards import a_board, a_list, an_order, tablet
from tests.ui.desk import WAITING, add_director, with_desk
from tests.ui.fleet import add_fleet, add_person
from tests.ui.test_fleet_pages import add_plan
from tests.ui.test_names import broken_wraps, pressed, unsaid
from tests.ui.town import Town, found
from tests.ui.workshops import (
    a_campaign,
    a_figure_list,
    a_figure_page,
    a_plan,
    a_workshop,
    some_campaigns,
    work,
)

PLACES = {
    "hélène": ("/board", "/board/overdue", "/figures", "/rounds"),
    "sophie": ("/workshop", "/plans", "/campaigns", "unit", "order"),
}  # fmt: skip
"""Of a director and of a fleet manager; whatever both have is looked at where one can do more."""
ASKED = ("/board", "/workshop", "/plans", "/campaigns", "/figures")
"""Pages that the server works out; the others are told by the device itself."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Town]:
    """A small town whose server answers every page with something to press."""
    town = found(tmp_path)
    add_fleet(town)
    add_director(town)
    add_person(town, "Sophie Bergeron", "fleet_manager")
    bodies: dict[str, Any] = {
        "dashboard": a_board(freshness={"tablets": [tablet("T214", None, quiet=True)],
                                        "to_settle": 2}),
        "dashboard_list": a_list(rows=[an_order()], count=120, pages=3),
        "workshop": a_workshop(work(), work("EP-2", legal=True)),
        "plans": {"plans": [a_plan(add_plan(town))]},
        "campaigns": some_campaigns(a_campaign()),
        "figures": a_figure_page("214", "216"),
        "figures_list": a_figure_list(),
    }  # fmt: skip
    with_desk(town, **bodies)
    yield town
    town.database.close()


def wrong(screen: Any) -> tuple[list[str], list[Any], list[Any], list[Any]]:
    """Without a name or a kind; rows that break; without a key or too low for a glove; failures."""
    unfit = [one.key for one in pressed(screen)
             if not one.key or (one.height or TARGET_PX) < TARGET_PX]  # fmt: skip
    return unsaid(screen), broken_wraps(screen), unfit, screen.failures


@pytest.mark.parametrize("who", PLACES)
def test_whatever_the_office_presses_or_fills_in_has_a_name_and_a_kind(
    office: Town, who: str
) -> None:
    named = {"order": f"/orders/{office.ids['order']}", "unit": f"/units/{office.ids['214']}"}

    with office.signed_in(who) as screen:
        for place in PLACES[who]:
            screen.fire(screen.page, "route_change", {"route": named.get(place, place)})
            if place.startswith(ASKED):
                screen.until(lambda: not any(word in screen.text for word in WAITING))

            assert wrong(screen) == ([], [], [], []), place
