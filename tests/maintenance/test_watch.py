"""Dates that would be missed are seen sixty days ahead, each with what is wrong."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from asset_model.plans import MaintenancePlan
from maintenance.history import Readings, Track
from maintenance.storage import Stored
from maintenance.watch import Opened, Watched, watch
from tests.maintenance.builders import (
    NO_READINGS,
    TRUCK,
    a_history,
    a_plan,
    at,
    by_meter,
    done,
    still_open,
)

TODAY = date(2026, 11, 26)
SIX_MONTHS: dict[str, Any] = {
    "rule": "FREQ=MONTHLY;INTERVAL=6", "floating": True, "legal": True, "lead_days": 21,
}  # fmt: skip


def seen(
    *plans: MaintenancePlan,
    tracks: Mapping[str, Mapping[Any, Track]] | None = None,
    opened: Sequence[Opened] = (),
    readings: Readings = NO_READINGS,
    weekly_hours: Mapping[str, float] | None = None,
    targets: Sequence[str] = (TRUCK,),
    days: int = 60,
) -> list[Watched]:
    history = a_history(plans, tracks or {}, targets=targets)
    return watch(plans, history, readings, opened, weekly_hours or {}, at(TODAY), days=days)


def last_done(on: date) -> dict[str, dict[Any, Track]]:
    return {"EP-01": {TRUCK: done(on)}}


def states(found: Sequence[Watched]) -> list[tuple[date | None, str]]:
    return [(each.due_on, each.state) for each in found]


def test_a_date_is_seen_sixty_days_ahead_and_not_earlier() -> None:
    plan = a_plan(**SIX_MONTHS)

    # Six months after 25 July is 25 January, the sixtieth day from today.
    assert states(seen(plan, tracks=last_done(date(2026, 7, 25)))) == [
        (date(2027, 1, 25), "to_come")
    ]
    assert seen(plan, tracks=last_done(date(2026, 7, 26))) == []


def test_a_date_that_is_past_is_told_as_it_was() -> None:
    found = seen(a_plan(**SIX_MONTHS), tracks=last_done(date(2026, 3, 1)))

    assert states(found) == [(date(2026, 9, 1), "overdue")]


def test_a_date_whose_order_should_be_there_and_is_not() -> None:
    # Due on 10 December; its order should have been made on 19 November.
    found = seen(a_plan(**SIX_MONTHS), tracks=last_done(date(2026, 6, 10)))

    assert states(found) == [(date(2026, 12, 10), "not_ordered")]


def test_an_order_that_somebody_planned_after_the_date() -> None:
    due = date(2026, 12, 10)
    tracks = {"EP-01": {TRUCK: still_open(due)}}

    late, fine = (
        seen(a_plan(**SIX_MONTHS), tracks=tracks,
             opened=[Opened("EP-01", TRUCK, due, wanted, "order")])
        for wanted in (due + timedelta(days=1), due)
    )  # fmt: skip

    assert (states(late), states(fine)) == ([(due, "ordered_late")], [(due, "ordered")])
    assert late[0].order_id == "order"


def test_an_order_that_is_not_done_when_its_date_is_past() -> None:
    due = date(2026, 11, 20)
    found = seen(a_plan(**SIX_MONTHS), tracks={"EP-01": {TRUCK: still_open(due)}},
                 opened=[Opened("EP-01", TRUCK, due, due, "order")])  # fmt: skip

    assert states(found) == [(due, "overdue")]


def test_a_unit_in_storage_owes_nothing_until_it_returns() -> None:
    plan, tracks = a_plan(**SIX_MONTHS), last_done(date(2026, 6, 10))
    back = Readings(storage={TRUCK: [Stored(date(2026, 11, 1), date(2027, 1, 4))]})
    away = Readings(storage={TRUCK: [Stored(date(2026, 11, 1), None)]})

    assert states(seen(plan, tracks=tracks, readings=back)) == [(date(2027, 1, 4), "to_come")]
    assert states(seen(plan, tracks=tracks, readings=away)) == [(None, "stored")]


def test_a_meter_that_nobody_read_is_told() -> None:
    plan = a_plan(triggers=[by_meter(10_000)], legal=True)

    assert states(seen(plan)) == [(None, "unread")]


def test_a_shop_that_has_too_few_hours_before_the_dates() -> None:
    # Three yearly verifications of 5 h by 3 December: the shop has 8 days of 7 h a week, 8 h.
    plan = a_plan("FREQ=YEARLY", floating=True, legal=True, lead_days=0, shop="garage",
                  estimated_hours=5.0)  # fmt: skip
    tracks = {"EP-01": {unit: done(date(2025, 12, 3)) for unit in ("a", "b", "c")}}

    found = seen(plan, tracks=tracks, targets=("a", "b", "c"), weekly_hours={"garage": 7.0})

    assert [(each.state, each.hours_over) for each in found] == [
        ("shop_full", 2.0), ("shop_full", 7.0), ("to_come", 0.0),
    ]  # fmt: skip


JOBS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)), min_size=1, max_size=5)


@given(JOBS, st.integers(7, 60))
def test_a_shop_is_full_just_when_no_order_of_the_work_keeps_every_date(
    jobs: list[tuple[int, int]], weekly: int
) -> None:
    """An independent way: every sequence of the jobs is tried."""
    plans = [
        a_plan("FREQ=YEARLY", code=f"P{n}", floating=True, shop="garage", estimated_hours=float(h))
        for n, (_, h) in enumerate(jobs)
    ]
    tracks = {
        plan.id: {TRUCK: done(date(2025, 11, 26) + timedelta(days))}
        for plan, (days, _) in zip(plans, jobs, strict=True)
    }

    found = seen(*plans, tracks=tracks, weekly_hours={"garage": float(weekly)})

    full = any(each.state == "shop_full" for each in found)
    assert full is not any(in_time(turn, weekly) for turn in permutations(jobs))


def in_time(turn: Sequence[tuple[int, int]], weekly: int) -> bool:
    worked = 0
    for days, hours in turn:
        worked += hours
        if worked * 7 > weekly * (days + 1):
            return False
    return True
