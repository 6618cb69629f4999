"""Which holes are over the limit, and what citizens are told of those that are not."""

from copy import deepcopy
from datetime import date

import pytest

from asset_model.builtin_choices import ROAD_CLASSES, SURFACES
from asset_model.fleet import LegalRule
from asset_model.fleet_rules import figures_on
from asset_model.potholes import (
    CLASS_OF,
    CLASSES,
    UNPAVED_SURFACES,
    Ground,
    Hole,
    limit_in,
    told_below,
)

DAY = date(2026, 11, 23)
OURS = figures_on([], DAY)


def a_hole(area: float, depth: float, ground: Ground, road_class: int) -> Hole:
    return Hole(area, depth, road_class, limit_in(OURS, ground, road_class))


@pytest.mark.parametrize(
    ("area", "depth", "ground", "road_class", "days"),
    [
        (1100, 9, Ground.PAVED, 4, 14),
        (601, 8.1, Ground.PAVED, 1, 4),
        (1001, 8.1, Ground.PAVED, 5, 30),
        (1501, 10.1, Ground.UNPAVED, 4, 14),
        (1501, 12.1, Ground.SHOULDER, 5, 60),
    ],
)
def test_what_is_over_both_is_repaired_in_the_days_of_its_class(
    area: float, depth: float, ground: Ground, road_class: int, days: int
) -> None:
    hole = a_hole(area, depth, ground, road_class)

    assert hole.over
    assert hole.limit is not None
    assert hole.limit.days == days


@pytest.mark.parametrize(("area", "depth"), [(1000, 9), (1100, 8), (5000, 2), (10, 40)])
def test_what_is_over_one_of_them_only_is_not(area: float, depth: float) -> None:
    assert not a_hole(area, depth, Ground.PAVED, 4).over


def test_unpaved_roads_of_the_first_classes_have_no_figure() -> None:
    hole = a_hole(9000, 40, Ground.UNPAVED, 2)

    assert hole.limit is None
    assert not hole.over


def test_the_higher_the_class_the_sooner_and_the_smaller() -> None:
    for ground in Ground:
        limits = [limit_in(OURS, ground, road_class) for road_class in CLASSES]
        rows = [limit for limit in limits if limit is not None]
        assert [row.days for row in rows] == sorted(row.days for row in rows)
        assert [row.area_cm2 for row in rows] == sorted(row.area_cm2 for row in rows)
        assert [row.depth_cm for row in rows] == sorted(row.depth_cm for row in rows)


def test_a_town_that_sets_its_own_figures_goes_by_them_from_that_day_on() -> None:
    value = deepcopy(OURS["pothole_limits"].value)
    value["paved"]["4"] = {"area_cm2": 500, "depth_cm": 5, "days": 10}
    own = LegalRule(code="pothole_limits", effective_on=DAY, value=value, label_fr="", label_en="",
                    source="Résolution 2026-11-212", confirmed=True)  # fmt: skip

    limit = limit_in(figures_on([own], DAY), Ground.PAVED, 4)

    assert limit is not None
    assert (limit.area_cm2, limit.depth_cm, limit.days) == (500, 5, 10)
    before = figures_on([own], date(2026, 11, 22))
    assert limit_in(before, Ground.PAVED, 4) == limit_in(OURS, Ground.PAVED, 4)


def test_classes_and_surfaces_are_those_of_the_inventory() -> None:
    assert set(CLASS_OF) == set(ROAD_CLASSES) - {"other"}
    assert set(UNPAVED_SURFACES) <= set(SURFACES)


def test_citizens_are_told_the_measures_and_the_limit_in_both_languages() -> None:
    hole = a_hole(412.5, 5, Ground.PAVED, 4)
    assert hole.limit is not None

    french, english = told_below(hole, hole.limit)

    assert "412,5\u00a0cm² sur 5\u00a0cm" in french
    assert "1\u00a0000\u00a0cm² et 8\u00a0cm" in french
    assert "412.5 cm² and 5 cm deep" in english
    assert "1,000 cm² and 8 cm" in english
