"""Meters, conditions and events: whichever comes first, and then counting begins anew."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintenance.due import due, unread
from maintenance.history import Readings, Standing, Track
from tests.maintenance.builders import (
    NO_READINGS,
    TRUCK,
    a_history,
    a_plan,
    ask,
    at,
    by_meter,
    codes,
    done,
    odometer,
    still_open,
    the_one,
)

TODAY = date(2026, 11, 26)
OIL = a_plan(
    "FREQ=MONTHLY;INTERVAL=6", floating=True, lead_days=7, triggers=[by_meter(10_000, lead=500)]
)


def test_the_calendar_comes_first_where_the_truck_runs_little() -> None:
    track = done(date(2026, 6, 1))

    asked = the_one(ask(OIL, TODAY, track=track, readings=odometer(1_200, TODAY)))

    assert (asked.due_on, codes(asked)) == (date(2026, 12, 1), ["since"])


def test_the_meter_comes_first_where_the_truck_runs_a_lot() -> None:
    track, read = done(date(2026, 10, 1)), odometer(10_050, date(2026, 11, 25))

    asked = the_one(ask(OIL, TODAY, track=track, readings=read))

    assert (asked.due_on, codes(asked)) == (date(2026, 11, 25), ["meter"])
    assert "10\u00a0050 au compteur, à faire à 10\u00a0000" in asked.reason("fr")


def test_by_the_meter_the_order_is_asked_for_within_its_lead() -> None:
    track = done(date(2026, 10, 1))

    assert ask(OIL, TODAY, track=track, readings=odometer(9_499, TODAY)) == []
    assert len(ask(OIL, TODAY, track=track, readings=odometer(9_500, TODAY))) == 1


def test_a_meter_that_nobody_reads_is_carried_on_as_it_ran() -> None:
    """9,000 km read ten days ago, at 95 a day: 10,000 is reached tomorrow."""
    track = done(date(2026, 10, 1))
    read = odometer(9_000, TODAY - timedelta(days=10), per_day=95.0)

    asked = the_one(ask(OIL, TODAY, track=track, readings=read))

    assert (asked.due_on, codes(asked)) == (date(2026, 11, 26), ["meter_expected"])


def test_both_on_one_day_is_one_occurrence_with_both_reasons() -> None:
    track = done(date(2026, 5, 26))

    asked = the_one(ask(OIL, TODAY, track=track, readings=odometer(10_000, TODAY)))

    assert (asked.due_on, codes(asked)) == (TODAY, ["since", "meter"])


@given(total=st.floats(0, 30_000), read_ago=st.integers(0, 60), per_day=st.floats(0, 400))
def test_whichever_comes_first_it_is_the_same_occurrence(
    total: float, read_ago: int, per_day: float
) -> None:
    """So that a late reading, or a race of two workers, makes no second one."""
    track = done(date(2026, 6, 1), "service of June")
    read = odometer(total, TODAY - timedelta(days=read_ago), per_day=per_day)

    found = ask(OIL, TODAY, track=track, readings=read, until=date(2026, 12, 1))

    alone = the_one(ask(OIL, date(2026, 12, 1), track=track, readings=NO_READINGS))
    assert [each.id for each in found] == [alone.id]


@given(first=st.integers(0, 2_000_000), more=st.integers(0, 30_000), every=st.integers(500, 20_000))
def test_a_floating_meter_is_due_once_it_has_run_its_interval_since_it_was_done(
    first: int, more: int, every: int
) -> None:
    plan = a_plan(floating=True, triggers=[by_meter(every)])
    read = odometer(first + more, TODAY, base=first)

    found = ask(plan, TODAY, track=done(date(2026, 1, 1)), readings=read)

    assert len(found) == (more >= every)


@given(base=st.integers(0, 1_000_000), lead=st.integers(0, 400), every=st.integers(500, 20_000))
def test_a_fixed_meter_goes_by_whole_multiples_and_not_twice_for_one(
    base: int, lead: int, every: int
) -> None:
    plan = a_plan(triggers=[by_meter(every, lead)])
    mark = next(n for n in range(every, base + 2 * every + 1, every) if n > base + lead)

    def asked(total: float) -> int:
        read = odometer(total, TODAY, base=base)
        return len(ask(plan, TODAY, track=done(date(2026, 1, 1)), readings=read))

    assert (asked(mark - lead - 1), asked(mark)) == (0, 1)


def test_a_meter_plan_waits_while_its_order_is_open() -> None:
    read = odometer(25_000, TODAY)

    assert ask(OIL, TODAY, track=still_open(date(2026, 10, 1)), readings=read) == []


def test_a_unit_whose_meter_was_never_read_is_named() -> None:
    history = a_history([OIL], {OIL.id: {TRUCK: done(date(2026, 10, 1))}})

    ((plan, asset, reason),) = unread([OIL], history, NO_READINGS)

    assert (plan.code, asset, reason.code) == ("EP-01", TRUCK, "meter_never_read")


def gauge(value: float, read_on: date) -> Readings:
    return Readings({"pci": {TRUCK: Standing(value, read_on)}})


REPAVE = a_plan(triggers=[{"kind": "condition", "measure": "pci", "below": 40}])


@pytest.mark.parametrize(("value", "asked"), [(40.0, 0), (39.9, 1)])
def test_a_condition_asks_below_its_threshold(value: float, asked: int) -> None:
    assert len(ask(REPAVE, TODAY, readings=gauge(value, TODAY))) == asked


def test_a_condition_read_before_the_work_was_done_asks_for_nothing() -> None:
    read = gauge(10.0, date(2026, 9, 1))

    assert ask(REPAVE, TODAY, track=done(date(2026, 9, 1)), readings=read) == []
    assert len(ask(REPAVE, TODAY, track=done(date(2026, 8, 31)), readings=read)) == 1


AFTER_STORMS = a_plan(triggers=[{"kind": "event", "event": "storm", "every": 2}])
STORMS = [date(2026, 11, 3), date(2026, 11, 3), date(2026, 11, 20)]


def test_the_second_storm_since_it_was_done_asks() -> None:
    since_october, since_november = done(date(2026, 10, 1)), done(date(2026, 11, 4))
    read = Readings(events={"storm": {None: STORMS}})

    asked = the_one(ask(AFTER_STORMS, TODAY, track=since_october, readings=read))

    assert (asked.due_on, codes(asked)) == (date(2026, 11, 3), ["event"])
    assert ask(AFTER_STORMS, TODAY, track=since_november, readings=read) == []


def test_an_asset_s_own_events_count_with_the_town_s_and_another_s_do_not() -> None:
    read = Readings(events={"storm": {None: STORMS[:1], TRUCK: STORMS[1:2], "other": STORMS}})

    assert len(ask(AFTER_STORMS, TODAY, track=done(date(2026, 10, 1)), readings=read)) == 1
    assert ask(AFTER_STORMS, TODAY, track=done(date(2026, 11, 3)), readings=read) == []


TRIGGERS = st.lists(
    st.sampled_from(
        [
            by_meter(5_000, 100),
            by_meter(300, 10, "engine_hours"),
            {"kind": "condition", "measure": "pci", "below": 40},
            {"kind": "event", "event": "storm"},
        ]
    ),
    max_size=3,
)
STANDING = st.builds(
    Standing,
    st.floats(0, 12_000),
    st.dates(date(2026, 6, 1), TODAY),
    st.one_of(st.none(), st.floats(0, 500)),
)


@given(
    triggers=TRIGGERS,
    floating=st.booleans(),
    has_rule=st.booleans(),
    standings=st.dictionaries(st.sampled_from(["odometer", "engine_hours", "pci"]), STANDING),
    done_on=st.one_of(st.none(), st.dates(date(2025, 6, 1), TODAY)),
    lead=st.integers(0, 30),
)
def test_whatever_the_triggers_the_sooner_of_them_decides(
    triggers: list[dict[str, object]],
    floating: bool,
    has_rule: bool,
    standings: dict[str, Standing],
    done_on: date | None,
    lead: int,
) -> None:
    """A plan of several triggers is due on the first of the days that each alone gives."""
    rule = "FREQ=MONTHLY;INTERVAL=5" if has_rule or not triggers else ""
    read = Readings({measure: {TRUCK: held} for measure, held in standings.items()})
    track = Track("last", done_on, done_on) if done_on else None

    def day_of(rule: str, triggers: list[dict[str, object]]) -> date | None:
        plan = a_plan(
            rule, floating=floating, triggers=triggers, starts_on=date(2026, 12, 1), lead_days=lead
        )
        found = ask(plan, TODAY, track=track, readings=read)
        return found[0].due_on if found else None

    if not floating and not triggers:
        return  # The calendar alone: nothing to be first of.
    # An event that never happens makes of a calendar alone a plan that is chained as well.
    never: dict[str, object] = {"kind": "event", "event": "never"}
    alone = [day_of("", [each]) for each in triggers]
    alone += [day_of(rule, [never])] if rule else []

    assert day_of(rule, triggers) == min((day for day in alone if day), default=None)


def test_an_order_by_meter_is_never_asked_for_twice_by_looking_again() -> None:
    plan, read = OIL, odometer(10_050, TODAY)
    history = a_history([plan], {plan.id: {TRUCK: done(date(2026, 10, 1))}})

    first, again = (due([plan], history, read, at(TODAY)) for _ in range(2))

    assert [each.id for each in first] == [each.id for each in again]
