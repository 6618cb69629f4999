"""Availability, MTBF and MTTR, by hand on a small month and by chance."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maintenance.figures.uptime import Job, Service, Stay
from tests.figures.builders import NOVEMBER, at, job, uptime

HOURS = 30 * 24 + 1
"""November 2026 has the night of the 25 hours."""


def test_a_unit_that_nothing_happened_to_was_there_all_the_month() -> None:
    made = uptime([])

    availability = made["availability", "201"]
    assert (availability.value, availability.under) == (100.0, HOURS)
    assert made["mtbf", "201"].value is None
    assert made["mttr", "201"].value is None


def test_two_breakdowns_by_hand() -> None:
    # Reported at 8:00, begun at 10:00, done at 16:00; another from 6:00 to 10:00, begun at once.
    made = uptime(
        [
            job("emergency", at(5, 8), at(5, 10), at(5, 16)),
            job("corrective", at(20, 6), at(20, 6), at(20, 10), priority=1),
        ]
    )

    up = HOURS - 8 - 4
    assert made["availability", "201"].value == pytest.approx(100 * up / HOURS)
    assert made["breakdowns", "201"].value == 2
    assert made["mtbf", "201"].value == pytest.approx(up / 2)
    assert made["mttr", "201"].value == pytest.approx((6 + 4) / 2)


def test_planned_work_keeps_a_unit_in_the_shop_and_is_no_breakdown() -> None:
    made = uptime([job("preventive", at(1), at(5, 8), at(5, 16))])

    assert made["availability", "201"].over == HOURS - 8
    assert made["breakdowns", "201"].value == 0
    assert made["mttr", "201"].value is None


def test_a_repair_of_a_major_defect_is_a_breakdown() -> None:
    # Found at 8:00, certified at 11:00; its order was worked from 9:00 to 10:00.
    defect = Stay("defect", "d", "201", at(5, 8), at(5, 11))
    order = job("corrective", at(5, 8), at(5, 9), at(5, 10), major_defect=True)
    made = uptime([order], Service(out=[defect]))

    assert made["breakdowns", "201"].value == 1
    assert made["availability", "201"].over == HOURS - 3
    assert made["mttr", "201"].value == 1


def test_an_order_that_nobody_closed_keeps_no_certified_unit_down() -> None:
    defect = Stay("defect", "d", "201", at(5, 8), at(5, 11))
    made = uptime([job("corrective", at(5, 8), major_defect=True)], Service(out=[defect]))

    assert made["availability", "201"].over == HOURS - 3


def test_an_ordinary_repair_that_waits_leaves_the_unit_in_use() -> None:
    made = uptime([job("corrective", at(2), None, None)])

    assert made["availability", "201"].value == 100.0


def test_time_that_two_records_tell_counts_once() -> None:
    out = Stay("circle_check", "o", "201", at(5, 8), at(5, 20))
    made = uptime([job("emergency", at(5, 10), at(5, 11), at(5, 22))], Service(out=[out]))

    assert made["availability", "201"].over == HOURS - 14
    assert len(made["availability", "201"].records) == 2


def test_storage_counts_neither_for_a_unit_nor_against_it() -> None:
    stored = Stay("storage_period", "s", "201", at(1, month=10), at(21, 5))
    made = uptime([job("emergency", at(3), at(3), at(4))], Service(absent=[stored]))

    availability = made["availability", "201"]
    assert (availability.over, availability.under, availability.value) == (240, 240, 100.0)


def test_a_unit_that_is_stored_all_the_time_has_no_availability() -> None:
    stored = Stay("storage_period", "s", "201", at(1, month=10), None)

    assert uptime([], Service(absent=[stored]))["availability", "201"].value is None


def test_a_breakdown_that_is_not_over_lasts_until_now() -> None:
    made = uptime([job("emergency", at(10, 12))], now=at(10, 20))

    availability = made["availability", "201"]
    assert (availability.under or 0) - (availability.over or 0) == 8
    assert made["mttr", "201"].value is None


def test_a_repair_counts_in_the_month_in_which_it_is_done() -> None:
    made = uptime([job("emergency", at(28, month=10), at(28, month=10), at(2, 12))])

    assert made["breakdowns", "201"].value == 0
    assert made["mttr", "201"].value == 5 * 24


MINUTES = st.integers(-5 * 24 * 60, 35 * 24 * 60)
BEGIN = NOVEMBER.span.begin


@st.composite
def jobs(draw: st.DrawFn) -> Job:
    created, started, done = sorted(BEGIN + timedelta(minutes=draw(MINUTES)) for _ in range(3))
    kind = draw(st.sampled_from(["emergency", "preventive", "corrective"]))
    unit = draw(st.sampled_from(["201", "202"]))
    return job(kind, created, started, draw(st.sampled_from([done, None])), asset_id=unit)


@given(st.lists(jobs(), max_size=12))
def test_units_add_up_to_the_fleet_and_nobody_is_up_more_than_there_is_time(
    every: list[Job],
) -> None:
    made = uptime(every, units=("201", "202"))

    for code in ("availability", "breakdowns", "mtbf", "mttr"):
        mine, theirs, fleet = (made[code, unit] for unit in ("201", "202", None))
        for half in ("over", "under"):
            if getattr(fleet, half) is not None:
                both = getattr(mine, half) + getattr(theirs, half)
                assert getattr(fleet, half) == pytest.approx(both)
        assert len(fleet.records) == len(mine.records) + len(theirs.records)
    for unit in ("201", "202"):
        assert 0 <= (made["availability", unit].value or 0) <= 100


@settings(max_examples=20)
@given(st.lists(jobs(), max_size=8))
def test_minutes_counted_one_by_one_come_to_the_same(every: list[Job]) -> None:
    """An independent way: every minute of the month is up or is not."""
    down = 0
    moments: list[tuple[datetime, datetime]] = [
        (begin, end.completed_at or datetime.max.replace(tzinfo=BEGIN.tzinfo))
        for end in every
        if end.asset_id == "201"
        and (begin := end.created_at if end.is_breakdown else end.started_at)
    ]
    for minute in range(HOURS * 60):
        moment = BEGIN + timedelta(minutes=minute)
        down += any(begin <= moment < end for begin, end in moments)

    assert uptime(every)["availability", "201"].over == pytest.approx(HOURS - down / 60)
