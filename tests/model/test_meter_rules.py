"""Readings of meters: late, out of order, over a rollover, and those that cannot be."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asset_model.errors import Refused
from asset_model.meter_rules import Gauged, Point, check_reading, rate, totals

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
NOW = START + timedelta(days=400)


def a_meter(
    *,
    offset: float = 0,
    rollover_at: float | None = None,
    daily_max: float | None = 1_500,
    removed_day: int | None = None,
    counts: bool = True,
) -> Gauged:
    removed = None if removed_day is None else START + timedelta(days=removed_day)
    return Gauged(counts, offset, rollover_at, daily_max, START, removed)


def at_day(day: float, value: float) -> Point:
    return Point(START + timedelta(days=day), value)


def why_not(meter: Gauged, trusted: list[Point], new: Point) -> str | None:
    try:
        check_reading(meter, trusted, new, now=NOW)
    except Refused as refused:
        return refused.code
    return None


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (at_day(12, 11_000), None),
        (at_day(12, 10_499), "reading_falls"),
        (at_day(12, 13_600), "reading_too_fast"),
        (at_day(5, 10_200), None),
        (at_day(5, 10_501), "reading_falls"),
        (at_day(5, 9_999), "reading_falls"),
        (at_day(401, 11_000), "reading_in_future"),
        (at_day(-1, 9_000), "reading_outside"),
    ],
)
def test_a_reading_is_judged_beside_those_before_and_after_it(new: Point, why: str | None) -> None:
    trusted = [at_day(0, 10_000), at_day(10, 10_500)]

    assert why_not(a_meter(), trusted, new) == why


@pytest.mark.parametrize(("gained", "why"), [(24.0, None), (25.1, "reading_too_fast")])
def test_an_engine_runs_no_more_than_24_hours_a_day(gained: float, why: str | None) -> None:
    hours = a_meter(daily_max=24)

    assert why_not(hours, [at_day(0, 500)], at_day(1, 500 + gained)) == why


def test_a_meter_that_was_taken_off_is_read_no_more() -> None:
    assert why_not(a_meter(removed_day=10), [], at_day(11, 5)) == "reading_outside"


def test_a_gauge_may_fall() -> None:
    assert why_not(a_meter(counts=False), [at_day(0, 80)], at_day(1, 35)) is None


def test_a_counter_that_begins_anew_goes_on_from_its_total() -> None:
    meter = a_meter(rollover_at=100_000)
    read = [at_day(0, 99_900), at_day(1, 150), at_day(2, 300)]

    assert why_not(meter, read[:1], read[1]) is None
    assert totals(meter, read) == [99_900, 100_150, 100_300]


def test_a_counter_without_a_rollover_does_not_begin_anew() -> None:
    assert why_not(a_meter(), [at_day(0, 99_900)], at_day(1, 150)) == "reading_falls"


def test_a_replaced_meter_goes_on_from_the_total_of_the_one_before() -> None:
    """The old one was taken off at 180,000 km; the new one showed 12 when it was put on."""
    meter = a_meter(offset=180_000 - 12)

    assert totals(meter, [at_day(0, 12), at_day(30, 1_012)]) == [180_000, 181_000]


def test_what_a_person_accepted_stands_though_it_breaks_the_rules() -> None:
    read = [at_day(0, 50_000), at_day(1, 40_000), at_day(2, 40_100)]

    assert totals(a_meter(), read) == [50_000, 40_000, 40_100]


@given(
    steps=st.lists(st.tuples(st.floats(0.1, 20), st.floats(0, 1)), min_size=2, max_size=12),
    first=st.floats(0, 99_999),
    rollover=st.booleans(),
    seed=st.integers(0, 1_000),
)
def test_readings_that_can_be_are_all_trusted_in_whatever_order_they_arrive(
    steps: list[tuple[float, float]], first: float, rollover: bool, seed: int
) -> None:
    """And the total is what was really run, over a rollover too."""
    meter = a_meter(rollover_at=100_000 if rollover else None)
    day, run, read = 0.0, first, [(0.0, first)]
    for days, share in steps:
        day, run = day + days, run + days * 1_400 * share
        read.append((day, run))
    shown = [at_day(day, run % 100_000 if rollover else run) for day, run in read]
    arriving = shown[:]
    Random(seed).shuffle(arriving)
    trusted: list[Point] = []
    for point in arriving:
        # Few and far between, a counter may have turned unseen: those are for a person.
        if why_not(meter, trusted, point) is None:
            trusted = sorted([*trusted, point])

    if not rollover:
        assert trusted == shown
    in_order: list[Point] = []
    for point in shown:
        assert why_not(meter, in_order, point) is None
        in_order.append(point)
    assert totals(meter, in_order) == pytest.approx([run for _, run in read], abs=1e-6)


def at_rate(*kilometres: float, every: float = 10) -> list[tuple[datetime, float]]:
    return [
        (START + timedelta(days=every * number), sum(kilometres[: number + 1]))
        for number in range(len(kilometres))
    ]


def test_a_steady_rate_has_no_error() -> None:
    found = rate(at_rate(1_000, 500, 500, 500))

    assert found is not None
    assert (found.per_day, found.error) == (50, 0)


def test_an_uneven_rate_says_how_far_it_can_be_trusted() -> None:
    """Spans of 10 days at 20 and 80 a day: the mean 50, error √(2·10·30² / (1·20)) = 30."""
    found = rate(at_rate(0, 200, 800))

    assert found is not None
    assert found.per_day == 50
    assert found.error == pytest.approx(30)


def test_of_one_span_nobody_knows_the_error_and_of_one_reading_no_rate() -> None:
    two = rate(at_rate(0, 300))

    assert two is not None
    assert (two.per_day, two.error) == (30, None)
    assert rate(at_rate(100)) is None
    assert rate([]) is None


def test_the_rate_is_that_of_the_last_year() -> None:
    long_ago = [(START - timedelta(days=2_000), 0.0), (START - timedelta(days=1_000), 90_000.0)]

    found = rate([*long_ago, (START, 91_000.0), (START + timedelta(days=10), 91_200.0)])

    assert found is not None
    assert found.per_day == 20
