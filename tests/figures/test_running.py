"""How far a unit ran, between readings that seldom fall on the ends of a month."""

from datetime import datetime

import pytest

from maintenance.figures.costs import cost_figures, cost_records
from maintenance.figures.figure import Figure
from maintenance.figures.running import Reading, cost_by_running, running_figures
from tests.figures.builders import NOVEMBER, PRICES, UNIT_OF, UNITS, at, keyed, worked


def ran(**by_unit: list[tuple[datetime, float]]) -> list[Figure]:
    points = {
        unit: [Reading(moment, total, f"{unit} {total}") for moment, total in given]
        for unit, given in by_unit.items()
    }
    return list(running_figures({"odometer": points}, UNITS, NOVEMBER))


def distance(unit: str | None, figures: list[Figure]) -> Figure:
    return keyed(figures)["distance", unit]


def test_readings_on_either_side_are_joined_by_a_line() -> None:
    # 600 km in the 60 days around; November has 30 of them and an hour (the time changed).
    found = distance(
        "201", ran(**{"201": [(at(17, 4, month=10), 0.0), (at(16, 4, month=12), 600.0)]})
    )

    assert found.value == pytest.approx(10.0 * (30 + 1 / 24))
    assert (len(found.records), found.notes) == (2, ())


def test_readings_within_the_period_are_all_in_the_list() -> None:
    points = [(at(28, month=10), 0.0), (at(10), 400.0), (at(20), 450.0), (at(3, month=12), 500.0)]

    assert [r.details["total"] for r in distance("201", ran(**{"201": points})).records] == [
        0.0, 400.0, 450.0, 500.0,
    ]  # fmt: skip


def test_a_meter_that_is_read_from_the_middle_on_tells_the_part_that_is_known() -> None:
    found = distance("201", ran(**{"201": [(at(10), 100.0), (at(20), 250.0)]}))

    assert (found.value, found.notes) == (150.0, ("partly_read",))


@pytest.mark.parametrize("points", [[], [(at(10), 100.0)], [(at(1, month=9), 5.0)]])
def test_one_reading_tells_no_distance(points: list[tuple[datetime, float]]) -> None:
    found = distance("201", ran(**{"201": points}))

    assert (found.value, found.notes) == (None, ("unread",))


def test_the_fleet_ran_what_its_units_did() -> None:
    figures = ran(**{"201": [(at(5), 0.0), (at(20), 70.0)], "202": [(at(5), 0.0), (at(20), 30.0)]})

    assert distance(None, figures).value == 100.0
    assert distance(None, figures).notes == ("partly_read",)


def test_a_kilometre_costs_the_cost_by_the_distance() -> None:
    spent = cost_records([worked(3), worked(1, unit="202")], PRICES, NOVEMBER, UNIT_OF)
    costs = list(cost_figures(spent, UNITS))
    figures = ran(**{"201": [(at(5), 0.0), (at(20), 60.0)]})

    made = keyed(cost_by_running(costs, figures))

    # 3 h at 40 $ over 60 km. 202 was never read: what it cost is not the fleet's per kilometre.
    assert made["cost_per_km", "201"].value == 2.0
    assert made["cost_per_km", "202"].value is None
    assert made["cost_per_km", None].value == 2.0
    assert (made["cost_per_km", None].over, made["cost_per_km", None].under) == (120.0, 60.0)


def test_what_was_spent_before_the_first_reading_is_not_counted_by_the_kilometre() -> None:
    spent = cost_records([worked(5, on=2), worked(3, on=10)], PRICES, NOVEMBER, UNIT_OF)
    costs = list(cost_figures(spent, UNITS))

    made = keyed(cost_by_running(costs, ran(**{"201": [(at(5), 0.0), (at(20), 60.0)]})))

    # The truck was read from the 5th on: the 5 h of the 2nd belong to a distance nobody knows.
    assert keyed(costs)["cost", "201"].value == 320.0
    assert made["cost_per_km", "201"].value == 2.0
    assert made["cost_per_km", "201"].notes == ("partly_read",)


def test_a_unit_that_stood_still_has_no_cost_by_the_kilometre() -> None:
    spent = cost_records([worked(3)], PRICES, NOVEMBER, UNIT_OF)
    figures = ran(**{"201": [(at(5), 7.0), (at(20), 7.0)]})

    made = keyed(cost_by_running(list(cost_figures(spent, UNITS)), figures))

    assert made["cost_per_km", "201"].value is None
