"""A unit that is stored away: nothing falls due meanwhile, and nothing is forgotten after."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asset_model.vocabulary import OccurrenceStatus as S
from maintenance.due import due
from maintenance.forecast import foresee
from maintenance.history import Readings
from maintenance.occurrences import Due
from maintenance.storage import Stored, back_on
from tests.maintenance.builders import TRUCK, a_history, a_plan, ask, at, codes, done, the_one

SIX_MONTHS: dict[str, Any] = {"rule": "FREQ=MONTHLY;INTERVAL=6", "floating": True, "legal": True}
WINTERED = Stored(date(2026, 4, 1), date(2026, 11, 2))
"""A plow truck is stored for the summer."""


def stored(*periods: Stored) -> Readings:
    return Readings(storage={TRUCK: periods})


def test_what_falls_due_meanwhile_is_due_on_the_day_it_returns() -> None:
    # Last done on 10 December: six months later is 10 June, amid the storage.
    plan = a_plan(**SIX_MONTHS, lead_days=21)

    found = the_one(
        ask(plan, date(2026, 10, 15), track=done(date(2025, 12, 10)), readings=stored(WINTERED))
    )

    assert (found.due_on, found.wanted_on) == (date(2026, 11, 2), date(2026, 11, 2))
    assert codes(found) == ["since", "stored"]


def test_the_reason_tells_the_storage_and_the_day_it_would_have_been() -> None:
    found = the_one(
        ask(
            a_plan(**SIX_MONTHS), date(2026, 11, 2),
            track=done(date(2025, 12, 10)), readings=stored(WINTERED),
        )
    )  # fmt: skip

    assert "remisée depuis le 1er avril 2026" in found.reason("fr")
    assert "non le 10 juin 2026" in found.reason("fr")


def test_nothing_is_asked_for_while_it_is_away() -> None:
    for day in (date(2026, 6, 9), date(2026, 6, 10), date(2026, 8, 1)):
        assert ask(a_plan(**SIX_MONTHS), day, track=done(date(2025, 12, 10)),
                   readings=stored(WINTERED)) == []  # fmt: skip


def test_nobody_knows_when_it_is_due_while_nobody_knows_when_it_returns() -> None:
    away = stored(Stored(date(2026, 4, 1), None))

    assert ask(a_plan(**SIX_MONTHS), date(2027, 4, 1), track=done(date(2025, 12, 10)),
               readings=away) == []  # fmt: skip


@pytest.mark.parametrize("last", [date(2025, 9, 15), date(2026, 5, 10)])
def test_what_falls_due_before_or_after_stays_where_it_is(last: date) -> None:
    # From 15 September it was due on 15 March, before; from 10 May it is on 10 November, after.
    plan = a_plan(**SIX_MONTHS)
    without = ask(plan, date(2026, 11, 20), track=done(last))

    assert ask(plan, date(2026, 11, 20), track=done(last), readings=stored(WINTERED)) == without
    assert the_one(without).due_on == plan_date(last)


def plan_date(last: date) -> date:
    month = (last.month + 5) % 12 + 1
    return date(last.year + (last.month > 6), month, last.day)


def test_the_id_is_the_same_stored_or_not() -> None:
    plan, track = a_plan(**SIX_MONTHS), done(date(2025, 12, 10))

    away = ask(plan, date(2026, 11, 2), track=track, readings=stored(WINTERED))
    here = ask(plan, date(2026, 11, 2), track=track)

    assert the_one(away).id == the_one(here).id


def test_a_soft_round_passes_over_the_days_of_storage_and_misses_none() -> None:
    weekly = a_plan("FREQ=WEEKLY;BYDAY=MO", lead_days=0)

    found = ask(
        weekly, date(2026, 11, 10), track=done(date(2026, 3, 30)),
        seen_until=date(2026, 3, 31), readings=stored(WINTERED),
    )  # fmt: skip

    # It returns on Monday 2 November, which asks; Monday the 9th is late by a day.
    assert {each.due_on for each in found} == {date(2026, 11, 2), date(2026, 11, 9)}


def test_a_legal_date_of_the_calendar_is_owed_when_the_unit_returns() -> None:
    yearly = a_plan("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", legal=True, lead_days=30)

    found = the_one(
        ask(yearly, date(2026, 10, 20), track=done(date(2025, 6, 15)),
            seen_until=date(2026, 10, 19), readings=stored(WINTERED))
    )  # fmt: skip

    assert (found.due_on, codes(found)) == (date(2026, 11, 2), ["calendar", "stored"])


def test_what_is_owed_is_asked_for_once() -> None:
    yearly = a_plan("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", legal=True, lead_days=30)
    first = the_one(
        ask(yearly, date(2026, 10, 20), track=done(date(2025, 6, 15)),
            seen_until=date(2026, 10, 19), readings=stored(WINTERED))
    )  # fmt: skip

    again = ask(yearly, date(2026, 11, 5), track=done(first.due_on, first.id),
                seen_until=date(2026, 11, 4), readings=stored(WINTERED))  # fmt: skip

    assert again == []


def test_the_forecast_leaves_out_what_falls_within_the_storage() -> None:
    plans = [a_plan(**SIX_MONTHS)]
    history = a_history(plans, {"EP-01": {TRUCK: done(date(2025, 12, 10))}})

    found = foresee(plans, history, stored(WINTERED), at(date(2026, 4, 2)), until=date(2027, 12, 1))

    assert [each.due_on for each in found] == [
        date(2026, 11, 2), date(2027, 5, 2), date(2027, 11, 2),
    ]  # fmt: skip


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@st.composite
def storages(draw: st.DrawFn) -> list[Stored]:
    """Periods that follow one another, the last perhaps without an end."""
    days = sorted(draw(st.lists(DAYS, max_size=6, unique=True)))
    found = [Stored(a, b) for a, b in zip(days[::2], days[1::2], strict=False)]
    return [*found, Stored(days[-1], None)] if len(days) % 2 else found


def on_each(day: date, storage: list[Stored], *, last: date) -> list[Due]:
    plan = a_plan(**SIX_MONTHS)
    history = a_history([plan], {plan.id: {TRUCK: done(last)}})
    return due([plan], history, Readings(storage={TRUCK: storage}), at(day))


@given(storages(), st.dates(date(2025, 6, 1), date(2026, 6, 1)), st.integers(0, 800))
def test_nothing_is_due_on_a_stored_day_and_nothing_is_lost(
    storage: list[Stored], last: date, later: int
) -> None:
    today = date(2026, 1, 1) + timedelta(days=later)
    bare = on_each(today, [], last=last)

    found = on_each(today, storage, last=last)

    for each in found:
        assert each.state == S.GENERATED
        assert not any(period.holds(each.due_on) for period in storage)
        assert each.due_on >= bare[0].due_on
        assert each.id == bare[0].id
    if bare and not found:
        back = back_on({TRUCK: storage}, TRUCK, bare[0].due_on)
        assert back is None or back > today
