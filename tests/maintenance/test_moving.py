"""Soft dates move off days off and out of full weeks; legal ones never."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asset_model.plans import MaintenancePlan
from maintenance.due import due
from maintenance.moving import quebec_days_off, week_of
from tests.maintenance.builders import (
    NO_READINGS,
    a_history,
    a_plan,
    ask,
    at,
    codes,
    orders,
    the_one,
)

DAYS_OFF = quebec_days_off()
CHRISTMAS, MONDAY = date(2026, 12, 25), date(2026, 11, 30)


def on_the(day: date, **more: Any) -> MaintenancePlan:
    rule = f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}"
    given: dict[str, Any] = {"lead_days": 7, "shop": "garage", "estimated_hours": 10.0}
    return a_plan(rule, **(given | more))


@pytest.mark.parametrize(
    "day", [date(2026, 6, 24), date(2027, 1, 1), CHRISTMAS, date(2027, 7, 1), date(2027, 5, 24)]
)
def test_quebec_s_holidays_are_known(day: date) -> None:
    """The national holiday, New Year, Christmas, Canada Day, and the patriots' Monday."""
    assert day in DAYS_OFF


def test_a_date_on_a_holiday_moves_to_the_next_working_day_within_the_grace() -> None:
    asked = the_one(ask(on_the(CHRISTMAS, grace_days=5), date(2026, 12, 20), days_off=DAYS_OFF))

    assert (asked.due_on, asked.wanted_on) == (CHRISTMAS, date(2026, 12, 28))
    assert codes(asked) == ["calendar", "holiday"]
    assert "déplacé du 25 décembre 2026, jour de congé" in asked.reason("fr")


def test_without_a_grace_it_moves_to_the_working_day_before() -> None:
    asked = the_one(ask(on_the(CHRISTMAS), date(2026, 12, 20), days_off=DAYS_OFF))

    assert asked.wanted_on == date(2026, 12, 24)


def test_a_plan_of_saturdays_stays_on_saturdays() -> None:
    plan = a_plan("FREQ=WEEKLY;BYDAY=SA", grace_days=2)

    asked = the_one(ask(plan, date(2026, 11, 28), days_off=DAYS_OFF))

    assert asked.wanted_on == date(2026, 11, 28)


@given(day=st.dates(date(2026, 1, 1), date(2030, 12, 31)), grace=st.integers(0, 20))
def test_a_legal_date_never_moves(day: date, grace: int) -> None:
    plan = a_plan("FREQ=DAILY", starts_on=day, legal=True, grace_days=grace, shop="garage",
                  estimated_hours=10.0)  # fmt: skip

    asked = the_one(ask(plan, day, days_off=DAYS_OFF, weekly_hours={"garage": 1.0}))

    assert asked.wanted_on == asked.due_on == day


@given(day=st.dates(date(2026, 1, 1), date(2030, 12, 31)), grace=st.integers(0, 20))
def test_a_soft_date_ends_on_a_working_day_not_later_than_its_grace(day: date, grace: int) -> None:
    today = day - timedelta(days=7)
    plan = a_plan("FREQ=DAILY", starts_on=day, lead_days=7, grace_days=grace)

    asked = the_one(ask(plan, today, days_off=DAYS_OFF))

    assert today <= asked.wanted_on <= day + timedelta(days=grace)
    if asked.wanted_on != day:
        assert asked.wanted_on not in DAYS_OFF
        assert asked.wanted_on.weekday() < 5 or day.weekday() >= 5


def ask_of(targets: list[str], plan: MaintenancePlan, booked: float = 0.0) -> list[date]:
    weeks = {("garage", week_of(MONDAY)): booked}
    history = a_history([plan], targets=targets, booked=weeks)
    found = due([plan], history, NO_READINGS, at(date(2026, 11, 24)), weekly_hours={"garage": 40.0})
    return [each.wanted_on for each in found]


def test_what_a_week_cannot_take_goes_to_the_next_within_the_grace() -> None:
    plan = on_the(MONDAY, grace_days=10)

    days = ask_of(["a", "b", "c", "d", "e"], plan)

    assert days == [MONDAY] * 4 + [date(2026, 12, 7)]


def test_hours_that_other_orders_have_already_count() -> None:
    assert ask_of(["a"], on_the(MONDAY, grace_days=10), booked=35.0) == [date(2026, 12, 7)]


def test_without_a_grace_it_goes_to_the_week_before() -> None:
    assert ask_of(["a"], on_the(MONDAY), booked=35.0) == [date(2026, 11, 27)]


def test_a_legal_date_takes_its_room_first_and_says_when_there_is_none() -> None:
    legal = on_the(MONDAY, code="Z-LEGAL", legal=True, estimated_hours=40.0)
    soft = on_the(MONDAY, code="A-SOFT", grace_days=10)
    history = a_history([soft, legal])

    found = due([soft, legal], history, NO_READINGS, at(date(2026, 11, 24)),
                weekly_hours={"garage": 40.0})  # fmt: skip

    days = {each.plan.code: each.wanted_on for each in found}
    assert days == {"Z-LEGAL": MONDAY, "A-SOFT": date(2026, 12, 7)}
    crowded = a_history([legal], booked={("garage", week_of(MONDAY)): 1.0})
    (over,) = due([legal], crowded, NO_READINGS, at(MONDAY), weekly_hours={"garage": 40.0})
    assert codes(over) == ["calendar", "over_capacity"]


def test_moving_makes_no_other_occurrence() -> None:
    plan = on_the(CHRISTMAS, grace_days=5)

    moved, stayed = (ask(plan, date(2026, 12, 20), days_off=off) for off in (DAYS_OFF, ()))

    assert [each.id for each in orders(moved)] == [each.id for each in orders(stayed)]
