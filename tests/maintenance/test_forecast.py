"""What plans will ask for, how sure that is, and the hours it takes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asset_model.plans import MaintenancePlan
from maintenance.forecast import (
    Foreseen,
    foresee,
    hours_by_week,
    next_of,
    reached_between,
    too_full,
)
from maintenance.history import Readings, Standing, Track
from tests.maintenance.builders import (
    NO_READINGS,
    TRUCK,
    a_history,
    a_plan,
    ask,
    at,
    by_meter,
    done,
    still_open,
)

TODAY = date(2026, 11, 26)
IN_A_YEAR = date(2027, 11, 26)


def see(
    plan: MaintenancePlan,
    *,
    track: Track | None = None,
    readings: Readings = NO_READINGS,
    until: date = IN_A_YEAR,
) -> list[Foreseen]:
    history = a_history([plan], {plan.id: {TRUCK: track}} if track else {})
    return list(foresee([plan], history, readings, at(TODAY), until=until))


def days(found: list[Foreseen]) -> list[date]:
    return [each.due_on for each in found]


def test_a_fixed_plan_comes_on_each_of_its_days_that_has_no_order_yet() -> None:
    plan = a_plan("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", starts_on=date(2026, 3, 1))

    assert days(see(plan, track=done(date(2026, 12, 1)))) == [
        date(2027, 3, 1), date(2027, 6, 1), date(2027, 9, 1),
    ]  # fmt: skip


def test_a_floating_plan_comes_an_interval_after_each_time() -> None:
    plan = a_plan("FREQ=MONTHLY;INTERVAL=5", floating=True)

    assert days(see(plan, track=done(date(2026, 8, 15)))) == [
        date(2027, 1, 15), date(2027, 6, 15), date(2027, 11, 15),
    ]  # fmt: skip


def test_what_is_open_is_not_told_again_and_the_next_counts_from_it() -> None:
    plan = a_plan("FREQ=MONTHLY;INTERVAL=8", floating=True)

    assert days(see(plan, track=still_open(date(2026, 12, 1)))) == [date(2027, 8, 1)]


def test_what_is_late_is_for_today() -> None:
    plan = a_plan("FREQ=YEARLY", floating=True)

    assert days(see(plan, track=done(date(2025, 1, 1)))) == [TODAY, date(2027, 11, 26)]


def runs(per_day: float, error: float | None = 0.0) -> Readings:
    standing = Standing(4_000.0, TODAY, per_day, error)
    return Readings({"odometer": {TRUCK: standing}}, {"EP-01": {"odometer": {TRUCK: 0.0}}})


OIL = a_plan("FREQ=MONTHLY;INTERVAL=6", floating=True, triggers=[by_meter(10_000)])


def test_by_the_meter_it_comes_as_the_unit_runs() -> None:
    found = see(OIL, track=done(date(2026, 10, 1)), readings=runs(100))

    assert days(found) == [TODAY + timedelta(days=60 + 100 * n) for n in range(4)]
    assert {each.why for each in found} == {"meter_expected"}


def test_by_the_calendar_where_the_unit_hardly_runs() -> None:
    found = see(OIL, track=done(date(2026, 10, 1)), readings=runs(10))

    assert days(found) == [date(2027, 4, 1), date(2027, 10, 1)]
    assert {each.why for each in found} == {"since"}


def test_a_rate_that_is_sure_gives_a_day_and_one_that_is_not_a_span() -> None:
    sure = see(OIL, track=done(date(2026, 10, 1)), readings=runs(100))[0]
    unsure = see(OIL, track=done(date(2026, 10, 1)), readings=runs(100, 20))[0]

    assert (sure.earliest, sure.latest) == (sure.due_on, sure.due_on)
    assert unsure.due_on == sure.due_on
    assert unsure.latest is not None
    # 6,000 km more at 100 ± 32.9 a day.
    assert (unsure.earliest, unsure.latest) == (
        TODAY + timedelta(days=45), TODAY + timedelta(days=89),
    )  # fmt: skip


@given(
    per_day=st.floats(1, 2_000), error=st.one_of(st.none(), st.floats(0, 3_000)),
    missing=st.floats(0, 20_000),
)  # fmt: skip
def test_the_day_lies_within_its_span(per_day: float, error: float | None, missing: float) -> None:
    earliest, latest = reached_between(Standing(0.0, TODAY, per_day, error), missing)

    expected = TODAY + timedelta(days=int(missing / per_day))
    assert earliest <= expected
    assert latest is None or expected <= latest


def test_of_a_rate_that_two_readings_tell_nobody_knows_the_latest() -> None:
    assert reached_between(Standing(0.0, TODAY, 100.0, None), 6_000) == (
        TODAY + timedelta(days=30), None,
    )  # fmt: skip


@given(
    months=st.integers(1, 12),
    done_on=st.dates(date(2026, 1, 1), TODAY),
    floating=st.booleans(),
)
def test_the_first_that_is_foreseen_is_what_is_asked_for_then(
    months: int, done_on: date, floating: bool
) -> None:
    plan = a_plan(f"FREQ=MONTHLY;INTERVAL={months}", floating=floating, starts_on=date(2026, 1, 28))
    track = done(done_on)

    found = days(see(plan, track=track))

    asked = ask(plan, TODAY, track=track, until=IN_A_YEAR)
    if floating:
        assert found[0] == max(asked[0].due_on, TODAY)
    else:
        assert found[0] == next(each.due_on for each in asked if each.due_on >= TODAY)


def test_hours_are_summed_by_shop_and_week_and_full_weeks_are_named() -> None:
    plan = a_plan("FREQ=WEEKLY;BYDAY=MO,WE", shop="garage", estimated_hours=3.0)

    hours = hours_by_week(see(plan, until=date(2026, 12, 10)))

    assert hours == {"garage": {(2026, 49): 6.0, (2026, 50): 6.0}}
    assert too_full(hours, {"garage": 5.0}) == [
        ("garage", (2026, 49), 1.0), ("garage", (2026, 50), 1.0),
    ]  # fmt: skip
    assert too_full(hours, {"garage": 6.0}) == []


def test_of_one_unit_the_soonest_of_each_plan_is_told_with_why() -> None:
    weekly = a_plan("FREQ=WEEKLY;BYDAY=MO", "EP-02")
    plans = [OIL, weekly]
    history = a_history(plans, {OIL.id: {TRUCK: done(date(2026, 10, 1))}}, targets=[TRUCK, "other"])

    found = next_of(foresee(plans, history, NO_READINGS, at(TODAY), until=IN_A_YEAR), TRUCK)

    assert [(each.plan.code, each.due_on, each.why) for each in found] == [
        ("EP-02", date(2026, 11, 30), "calendar"), ("EP-01", date(2027, 4, 1), "since"),
    ]  # fmt: skip


@pytest.mark.parametrize("until", [TODAY, date(2026, 12, 31)])
def test_nothing_is_foreseen_after_the_last_day(until: date) -> None:
    plan = a_plan("FREQ=DAILY")

    assert days(see(plan, until=until))[-1] == until
