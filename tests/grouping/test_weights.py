"""Weights are data: they are read strictly, and learn from decisions."""

import json

import pytest

from asset_model.grouping.nearby import Grid
from asset_model.grouping.sightings import Sighting, metres_between
from asset_model.grouping.weights import (
    WeightsRefusedError,
    first_edition,
    read,
    written,
)
from sync_server.grouping.learning import learned
from tests.grouping.conftest import Report


def test_what_was_written_is_read_back() -> None:
    assert read(written(first_edition())) == first_edition()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"of": {"distnace": 1}}, "distnace"),
        ({"kinds": {"pothole": {"life_days": 0, "spread_m": 3}}}, "pothole"),
        ({"attach": 0.9}, "attach"),
    ],
)
def test_a_wrong_key_is_refused_by_name(change: dict[str, object], named: str) -> None:
    document = {**json.loads(written(first_edition())), **change}

    with pytest.raises(WeightsRefusedError, match=named):
        read(json.dumps(document))


def test_a_grid_finds_what_looking_at_all_finds(report: Report) -> None:
    reports = [report(f"{n:03}", north_m=(n * 37) % 400) for n in range(120)]
    grid = Grid(60, latitude=45.42)
    for each in reports:
        grid.add(each)

    found = {each.id for _, each in grid.around(reports[7])}

    assert found == {each.id for each in reports if metres_between(reports[7], each) <= 60}


def _street(report: Report, *, twins: bool) -> tuple[list[Sighting], dict[str, str]]:
    """Forty graffiti with a second report each at 8 m, which clerks did or did not link."""
    firsts = [report(f"a{n:02}", 300 * n, n, category="graffiti") for n in range(40)]
    seconds = [report(f"b{n:02}", 300 * n + 8, n + 1, category="graffiti") for n in range(40)]
    linked = {f"{letter}{n:02}": f"a{n:02}" for n in range(40) for letter in "ab"}
    once = {"a00": "a00", "b00": "a00"}
    return firsts + seconds, linked if twins else once


def test_a_category_that_clerks_link_often_leans_towards_twins(report: Report) -> None:
    before = first_edition()

    often = learned(*_street(report, twins=True), before=before, edition="often")
    seldom = learned(*_street(report, twins=False), before=before, edition="seldom")

    assert often.kind("graffiti").bias > seldom.kind("graffiti").bias
    assert often.of["base"] > seldom.of["base"]


def test_learning_says_when_there_is_nothing_to_learn_from(report: Report) -> None:
    with pytest.raises(ValueError, match="nothing to learn"):
        learned([report("1"), report("2")], {}, before=first_edition(), edition="none")
