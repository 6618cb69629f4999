"""The nearest thing is found by its real distance in metres."""

from typing import Any

import pytest

from asset_model.geometry import distance_m
from gis.nearness import nearest_of


def point(longitude: float, latitude: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [longitude, latitude]}


def test_the_nearest_is_found_by_metres_and_not_by_degrees() -> None:
    # At 45° a degree of longitude is 30 % shorter than one of latitude.
    east, north = point(-75.7388, 45.43), point(-75.74, 45.4310)

    assert nearest_of([point(-75.74, 45.43)], among=[north, east], within_m=250) == [1]


@pytest.mark.parametrize(("within_m", "found"), [(120, 0), (100, None)])
def test_what_is_farther_than_the_limit_is_not_near(within_m: float, found: int | None) -> None:
    here, there = point(-75.74, 45.43), point(-75.74, 45.431)

    assert 100 < distance_m((-75.74, 45.43), (-75.74, 45.431)) < 120
    assert nearest_of([here], among=[there], within_m=within_m) == [found]


def test_a_long_street_is_near_all_along() -> None:
    street = {"type": "LineString", "coordinates": [[-75.74, 45.43], [-75.70, 45.43]]}

    assert nearest_of([point(-75.72, 45.4301)], among=[street], within_m=50) == [0]


def test_nothing_is_near_where_nothing_stands() -> None:
    assert nearest_of([point(0, 0)], among=[], within_m=50) == [None]
