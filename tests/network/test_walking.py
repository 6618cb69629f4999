"""The way from valve to valve."""

from itertools import permutations

from asset_model.network.walking import length_m, walking_order
from tests.network.ground import place


def test_the_nearest_comes_first_and_the_way_does_not_turn_back() -> None:
    start = place(0, 0)
    places = {"far": place(200, 0), "near": place(20, 0), "between": place(90, 0)}

    assert walking_order(start, places) == ["near", "between", "far"]


def test_five_valves_around_a_break_are_walked_about_as_short_as_can_be() -> None:
    start = place(0, 0)
    corners = [(-40, 0), (45, 10), (60, -80), (-70, -60), (10, 90)]
    places = {f"V{number}": place(*corner) for number, corner in enumerate(corners)}

    walked = length_m(start, walking_order(start, places), places)

    shortest = min(length_m(start, way, places) for way in permutations(places))
    assert walked <= 1.15 * shortest


def test_a_break_without_valves_is_no_walk() -> None:
    assert walking_order(place(0, 0), {}) == []
