"""Which holes are over the limit, and what citizens are told of those that are not."""

import pytest

from asset_model.builtin_choices import ROAD_CLASSES, SURFACES
from asset_model.potholes import (
    CLASS_OF,
    CLASSES,
    LIMITS,
    UNPAVED_SURFACES,
    Ground,
    Hole,
    told_below,
)


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
    hole = Hole(area, depth, ground, road_class)

    assert hole.over
    assert hole.limit is not None
    assert hole.limit.days == days


@pytest.mark.parametrize(("area", "depth"), [(1000, 9), (1100, 8), (5000, 2), (10, 40)])
def test_what_is_over_one_of_them_only_is_not(area: float, depth: float) -> None:
    assert not Hole(area, depth, Ground.PAVED, 4).over


def test_unpaved_roads_of_the_first_classes_have_no_figure() -> None:
    hole = Hole(9000, 40, Ground.UNPAVED, 2)

    assert hole.limit is None
    assert not hole.over


def test_the_higher_the_class_the_sooner_and_the_smaller() -> None:
    for limits in LIMITS.values():
        rows = [limits[road_class] for road_class in CLASSES if road_class in limits]
        assert [row.days for row in rows] == sorted(row.days for row in rows)
        assert [row.area_cm2 for row in rows] == sorted(row.area_cm2 for row in rows)
        assert [row.depth_cm for row in rows] == sorted(row.depth_cm for row in rows)


def test_classes_and_surfaces_are_those_of_the_inventory() -> None:
    assert set(CLASS_OF) == set(ROAD_CLASSES) - {"other"}
    assert set(UNPAVED_SURFACES) <= set(SURFACES)


def test_citizens_are_told_the_measures_and_the_limit_in_both_languages() -> None:
    hole = Hole(412.5, 5, Ground.PAVED, 4)
    assert hole.limit is not None

    french, english = told_below(hole, hole.limit)

    assert "412,5\u00a0cm² sur 5\u00a0cm" in french
    assert "1\u00a0000\u00a0cm² et 8\u00a0cm" in french
    assert "412.5 cm² and 5 cm deep" in english
    assert "1,000 cm² and 8 cm" in english
