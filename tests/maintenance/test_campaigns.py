"""A campaign: one order a unit, legal dates kept, the shop's weeks levelled, the same each time."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asset_model.plans import MaintenancePlan
from asset_model.vocabulary import OccurrenceStatus as S
from maintenance.campaigns import Campaign, Slot, hours_of, plan_campaign
from maintenance.history import Target, Track
from maintenance.moving import Moving, quebec_days_off, week_of
from maintenance.recipes import recipe_of
from tests.maintenance.builders import NO_READINGS, a_history, a_plan, codes, done, still_open

TODAY = date(2026, 8, 24)
WINTER = Campaign("hiver-2026", date(2026, 9, 1), date(2026, 11, 15), "EP-12")
SEASON = a_plan("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=15", "EP-12", shop="garage", estimated_hours=6.0)
SIX_MONTHS = a_plan(
    "FREQ=MONTHLY;INTERVAL=6", "EP-10", floating=True, legal=True, shop="garage",
    estimated_hours=3.0, nests=["EP-09"],
)  # fmt: skip
OIL = a_plan(
    "FREQ=MONTHLY;INTERVAL=6", "EP-09", floating=True, shop="garage", estimated_hours=1.0,
    grace_days=21,
)  # fmt: skip
PLANS = (SEASON, SIX_MONTHS, OIL)
UNITS = [f"{n}" for n in range(201, 211)]


def lay_out(
    tracks: Mapping[str, Mapping[Any, Track]] | None = None,
    *,
    units: Sequence[str] = UNITS,
    plans: Sequence[MaintenancePlan] = PLANS,
    today: date = TODAY,
    weekly: float = 20.0,
    booked: Mapping[tuple[str, tuple[int, int]], float] | None = None,
    campaign: Campaign = WINTER,
) -> list[Slot]:
    targets: Sequence[Target] = list(units)
    history = a_history(plans, tracks, targets=targets)
    moving = Moving(today, quebec_days_off(), {"garage": weekly}, dict(booked or {}))
    recipes = [recipe_of(plan) for plan in plans]
    return plan_campaign(campaign, units, recipes, history, NO_READINGS, moving)


def done_on(day: date, *, plans: Sequence[str] = ("EP-10", "EP-09")) -> dict[str, Any]:
    return {plan: {unit: done(day) for unit in UNITS} for plan in plans}


def wanted(slots: Sequence[Slot]) -> list[date]:
    return [slot.host.wanted_on for slot in slots if slot.host]


def test_each_unit_has_one_order_with_all_that_comes_due() -> None:
    slots = lay_out(done_on(date(2026, 4, 20)))

    assert [slot.asset_id for slot in slots] == UNITS
    for slot in slots:
        assert slot.host is not None
        assert slot.host.plan.code == "EP-12"
        assert [each.plan.code for each in slot.inside] == ["EP-10", "EP-09"]
        assert {each.absorbed_by for each in slot.inside} == {slot.host.id}
        assert {each.state for each in slot.inside} == {S.ABSORBED}
        assert {each.wanted_on for each in slot.inside} == {slot.host.wanted_on}
        assert codes(slot.host) == ["calendar", "campaign", "absorbs"]
        assert slot.hours == 10


def test_no_order_is_later_than_the_law_and_all_are_on_working_days() -> None:
    """The six-month maintenance is due on 20 October; Thanksgiving is on the 12th."""
    slots = lay_out(done_on(date(2026, 4, 20)))

    days_off = quebec_days_off()
    for day in wanted(slots):
        assert date(2026, 9, 1) <= day <= date(2026, 10, 20)
        assert day.weekday() < 5
        assert day not in days_off


def test_the_weeks_are_filled_evenly() -> None:
    """100 hours over the seven weeks and two days until the law's 20 October."""
    hours = hours_of(lay_out(done_on(date(2026, 4, 20))))

    assert sum(hours.values()) == 100
    assert max(hours.values()) == 20
    assert len(hours) == 8


def test_a_week_with_a_day_off_and_one_that_is_booked_take_less() -> None:
    campaign = Campaign("c", date(2026, 10, 5), date(2026, 10, 23), "EP-12")
    booked = {("garage", (2026, 41)): 20.0}

    hours = hours_of(
        lay_out(plans=[SEASON], units=UNITS[:4], booked=booked, campaign=campaign, weekly=30)
    )

    assert hours == {(2026, 42): 12.0, (2026, 43): 12.0}
    assert week_of(date(2026, 10, 12)) == (2026, 42)


def test_a_unit_whose_legal_date_comes_sooner_is_placed_first() -> None:
    tracks = done_on(date(2026, 5, 14))
    tracks["EP-10"] = {**tracks["EP-10"], "207": done(date(2026, 3, 3))}

    slots = {slot.asset_id: slot for slot in lay_out(tracks, weekly=10)}

    early = slots["207"].host
    assert early is not None
    assert early.wanted_on <= date(2026, 9, 3)
    assert "over_capacity" not in codes(early)


def test_a_legal_date_beats_the_shop_s_hours_and_says_so() -> None:
    slots = lay_out(done_on(date(2026, 3, 2)), weekly=20)

    assert max(wanted(slots)) <= date(2026, 9, 2)
    assert [codes(slot.host).count("over_capacity") for slot in slots if slot.host].count(1) == 8


def test_what_is_open_is_not_made_again_and_the_rest_is() -> None:
    tracks = done_on(date(2026, 4, 20))
    tracks["EP-12"] = {"201": still_open(date(2026, 9, 15), "the order")}
    for plan in ("EP-10", "EP-09"):
        tracks[plan] = {**tracks[plan], "202": still_open(date(2026, 9, 15), f"{plan} 202")}

    slots = {slot.asset_id: slot for slot in lay_out(tracks)}

    assert slots["201"].open_ids == ("the order",)
    assert [each.plan.code for each in slots["201"].found] == ["EP-10", "EP-09"]
    assert [each.plan.code for each in slots["202"].found] == ["EP-12"]


def test_of_a_unit_on_which_nothing_comes_due_it_is_said_when_something_will() -> None:
    tracks = {plan.code: {unit: done(date(2026, 8, 20)) for unit in UNITS} for plan in PLANS}
    campaign = Campaign("c", date(2026, 9, 1), date(2026, 9, 10), "EP-12", also_days=0)

    slots = lay_out(tracks, campaign=campaign)

    assert {(slot.host, slot.next_on) for slot in slots} == {(None, date(2026, 9, 15))}


def test_what_is_due_before_it_begins_its_plan_orders_by_itself() -> None:
    slots = lay_out(done_on(date(2026, 2, 27)))

    assert {tuple(each.plan.code for each in slot.found) for slot in slots} == {("EP-12",)}


def test_once_it_has_begun_what_is_late_is_taken_along() -> None:
    slots = lay_out(done_on(date(2026, 2, 27)), today=date(2026, 9, 2), weekly=0)

    assert {len(slot.found) for slot in slots} == {3}
    assert set(wanted(slots)) == {date(2026, 9, 2)}


def test_without_a_plan_of_its_own_the_one_that_nests_most_is_the_order() -> None:
    campaign = Campaign("c", date(2026, 9, 1), date(2026, 11, 15))

    slots = lay_out(done_on(date(2026, 4, 20)), campaign=campaign)

    assert {slot.host.plan.code for slot in slots if slot.host} == {"EP-10"}


def test_other_soft_work_is_not_put_off_beyond_its_grace() -> None:
    """The oil change of 5 September has 21 days of grace; the season's work could wait."""
    tracks = {"EP-09": {"201": done(date(2026, 3, 5))}}

    full = {("garage", (2026, week)): 20.0 for week in range(36, 40)}

    (slot,) = lay_out(tracks, units=["201"], plans=[SEASON, OIL], booked=full)

    assert slot.host is not None
    assert slot.host.wanted_on <= date(2026, 9, 26)


def told(slot: Slot) -> tuple[object, ...]:
    return (slot.asset_id, *sorted((each.id, each.wanted_on, each.absorbed_by or "")
                                   for each in slot.found))  # fmt: skip


@settings(max_examples=40)
@given(
    days=st.lists(st.integers(0, 200), min_size=10, max_size=10),
    weekly=st.floats(5, 60),
    seed=st.integers(0, 99),
)
def test_it_comes_out_the_same_and_no_legal_date_is_passed(
    days: list[int], weekly: float, seed: int
) -> None:
    tracks: dict[str, dict[Any, Track]] = {
        "EP-10": {
            unit: done(TODAY - timedelta(days=ago)) for unit, ago in zip(UNITS, days, strict=True)
        }
    }
    plans = list(PLANS)

    once = lay_out(tracks, weekly=weekly)
    Random(seed).shuffle(plans)
    again = lay_out(tracks, weekly=weekly, plans=plans)

    assert [told(slot) for slot in once] == [told(slot) for slot in again]
    for slot in once:
        for each in slot.found:
            if each.plan.legal:
                assert each.wanted_on <= max(each.due_on, TODAY)
        assert len({each.id for each in slot.found}) == len(slot.found)


@pytest.mark.parametrize("weekly", [20.0, 0.0])
def test_every_unit_is_in_the_list_whatever_the_shop_can_take(weekly: float) -> None:
    slots = lay_out(done_on(date(2026, 4, 20)), weekly=weekly)

    assert [slot.asset_id for slot in slots] == UNITS
    assert len(wanted(slots)) == len(UNITS)
