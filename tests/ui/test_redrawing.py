"""What has changed is drawn once, and what has not is handed over as it was."""

from collections import Counter
from typing import Any

import flet_map as fm
import pytest
from flet.components.component import Renderer

from asset_model.work_orders import WorkOrder
from tests.ui.map_town import CHURCH, drawn, orders_around
from tests.ui.town import Town


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each component was drawn, by its name."""
    counted, really = Counter[str](), Renderer.render

    def render(self: Any, component: Any, *args: Any, **kwargs: Any) -> Any:
        counted[component.__name__] += 1
        return really(self, component, *args, **kwargs)

    monkeypatch.setattr(Renderer, "render", render)
    return counted


def test_going_to_another_page_draws_each_part_of_it_once(
    town: Town, drawings: Counter[str]
) -> None:
    page = ["App", "_Framed", "Shell", "TopBar", "MapScreen", "MapList", "MapCanvas"]
    with town.signed_in(route="/orders") as screen:
        for _ in range(4):
            drawings.clear()
            screen.tap("go-map")

            assert {name: drawings[name] for name in page} == dict.fromkeys(page, 1)
            assert not drawings["Today"]
            screen.tap("go-today")


def test_marks_that_are_as_they_were_are_the_same_and_one_that_is_not_is_another(
    town: Town,
) -> None:
    with town.signed_in(route="/map") as screen:
        (before,) = drawn(screen, fm.Marker)
        screen.tap("map-layers")
        assert drawn(screen, fm.Marker)[0] is before
        with town.database.writing() as session:
            session.get_one(WorkOrder, town.ids["order"]).status = "on_hold"
        orders_around(town, (CHURCH[0] + 0.001, CHURCH[1]), 1)
        town.workplace.changed()
        screen.settle()

        marks = {mark.key: mark for mark in drawn(screen, fm.Marker)}
        assert len(marks) == 2
        assert marks[before.key] is not before
        assert not screen.failures
