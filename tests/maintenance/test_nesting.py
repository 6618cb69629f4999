"""Nests: the annual service takes the six-month one and the oil change that are due about then."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asset_model.plans import MaintenancePlan
from asset_model.vocabulary import OccurrenceStatus as S
from maintenance.due import due
from maintenance.history import Track
from maintenance.occurrences import Due
from tests.maintenance.builders import (
    NO_READINGS,
    TRUCK,
    a_history,
    a_plan,
    at,
    by_meter,
    done,
    odometer,
    orders,
    still_open,
    the_one,
)

TODAY = date(2026, 9, 15)


def floating(code: str, months: int, **more: object) -> MaintenancePlan:
    rule = f"FREQ=MONTHLY;INTERVAL={months}"
    return a_plan(rule, code, floating=True, **({"lead_days": 14} | more))


ANNUAL = floating("AN", 12, nests=["SM", "OIL"], nest_days=30)
SIX = floating("SM", 6, legal=True)
OIL = floating("OIL", 6, triggers=[by_meter(10_000)])
ALL = [OIL, SIX, ANNUAL]


def months_ago(due_on: date, months: int) -> Track:
    year, month = divmod(due_on.year * 12 + due_on.month - 1 - months, 12)
    return done(date(year, month + 1, due_on.day), f"{months} months before {due_on}")


def ask_all(annual: date, six: date, oil: date, *, on: date = TODAY) -> dict[str, Due]:
    """What is asked for where each would be due on that day."""
    tracks = {
        "AN": {TRUCK: months_ago(annual, 12)},
        "SM": {TRUCK: months_ago(six, 6)},
        "OIL": {TRUCK: months_ago(oil, 6)},
    }
    found = due(ALL, a_history(ALL, tracks), NO_READINGS, at(on))
    return {each.plan.code: each for each in found}


def test_what_is_due_within_the_window_goes_into_the_annual_s_order() -> None:
    found = ask_all(date(2026, 9, 20), date(2026, 10, 15), date(2026, 10, 1))

    assert [each.plan.code for each in orders(found.values())] == ["AN"]
    assert {found[code].absorbed_by for code in ("SM", "OIL")} == {found["AN"].id}
    assert "avec\u00a0: SM, OIL" in found["AN"].reason("fr")
    assert "fait avec le plan AN" in found["SM"].reason("fr")


def test_what_is_due_outside_the_window_is_not_in_it() -> None:
    found = ask_all(date(2026, 9, 20), date(2026, 10, 21), date(2026, 12, 1))

    assert set(found) == {"AN"}
    assert found["AN"].state == S.GENERATED


def test_the_annual_comes_forward_to_a_smaller_one_that_cannot_wait() -> None:
    found = ask_all(date(2026, 10, 20), date(2026, 9, 25), date(2027, 1, 1))

    assert found["AN"].wanted_on == found["SM"].wanted_on == date(2026, 9, 25)
    assert found["AN"].due_on == date(2026, 10, 20)
    assert "devancé du 20 octobre 2026 avec SM" in found["AN"].reason("fr")


def test_without_the_annual_in_sight_each_has_its_own_order() -> None:
    found = ask_all(date(2027, 3, 1), date(2026, 9, 25), date(2026, 9, 25))

    assert {each.plan.code for each in orders(found.values())} == {"SM", "OIL"}


def test_an_oil_change_that_the_meter_asks_for_takes_the_annual_along() -> None:
    tracks = {
        "AN": {TRUCK: months_ago(date(2026, 10, 10), 12)},
        "OIL": {TRUCK: done(date(2026, 6, 1))},
        "SM": {TRUCK: done(date(2026, 9, 1))},
    }
    read = odometer(10_400, date(2026, 9, 14), plan="OIL")

    found = due(ALL, a_history(ALL, tracks), read, at(TODAY))

    order = the_one(orders(found))
    assert (order.plan.code, order.wanted_on) == ("AN", date(2026, 9, 14))


def test_what_comes_due_while_the_annual_is_open_joins_it() -> None:
    tracks = {
        "AN": {TRUCK: still_open(date(2026, 9, 10), "the annual")},
        "SM": {TRUCK: months_ago(date(2026, 9, 25), 6)},
        "OIL": {TRUCK: months_ago(date(2027, 1, 1), 6)},
    }

    joined = the_one(due(ALL, a_history(ALL, tracks), NO_READINGS, at(TODAY)))

    assert (joined.plan.code, joined.state, joined.absorbed_by) == ("SM", S.ABSORBED, "the annual")


def test_a_nest_within_a_nest_is_one_order() -> None:
    six = floating("SM", 6, nests=["OIL"], nest_days=30)
    annual = floating("AN", 12, nests=["SM"], nest_days=30)
    plans = [OIL, six, annual]
    soon = {TRUCK: months_ago(date(2026, 9, 20), 6)}
    tracks = {"AN": {TRUCK: months_ago(date(2026, 9, 20), 12)}, "SM": soon, "OIL": soon}

    found = due(plans, a_history(plans, tracks), NO_READINGS, at(TODAY))

    order = the_one(orders(found))
    assert order.plan.code == "AN"
    assert [each.absorbed_by for each in found if each is not order] == [order.id, order.id]


@pytest.mark.parametrize(
    ("nests", "made"), [(["SM", "nobody"], 1), (["AN"], 2), (["SM", "SM"], 1), (["AN", "SM"], 1)]
)
def test_a_nest_that_makes_no_sense_loses_no_work(nests: list[str], made: int) -> None:
    plans = [SIX, floating("AN", 12, nests=nests, nest_days=30)]
    tracks = {
        "AN": {TRUCK: months_ago(date(2026, 9, 20), 12)},
        "SM": {TRUCK: months_ago(date(2026, 9, 20), 6)},
    }

    found = due(plans, a_history(plans, tracks), NO_READINGS, at(TODAY))

    assert {each.plan.code for each in found} == {"AN", "SM"}
    assert len(orders(found)) == made


OFFSETS = st.integers(-20, 60)


@given(annual=OFFSETS, six=OFFSETS, oil=OFFSETS)
def test_nothing_in_a_nest_is_done_late_and_nothing_is_lost(
    annual: int, six: int, oil: int
) -> None:
    days = [TODAY + timedelta(days=offset) for offset in (annual, six, oil)]
    days = [day.replace(day=min(day.day, 28)) for day in days]

    found = ask_all(*days)

    for each in found.values():
        assert each.wanted_on <= each.due_on
        if each.state == S.ABSORBED:
            host = next(other for other in found.values() if other.id == each.absorbed_by)
            assert host.state == S.GENERATED
            assert host.wanted_on == each.wanted_on
    soon = {
        code
        for code, day in zip(("AN", "SM", "OIL"), days, strict=True)
        if day <= TODAY + timedelta(days=14)
    }
    assert soon <= found.keys()
