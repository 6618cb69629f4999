"""What plans ask for now: orders by their lead, one at a time, and what was missed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asset_model.vocabulary import OccurrenceStatus as S
from maintenance.due import due, due_at
from maintenance.history import Target, Track
from tests.maintenance.builders import (
    NO_READINGS,
    TRUCK,
    a_history,
    a_plan,
    ask,
    at,
    codes,
    done,
    orders,
    still_open,
    the_one,
)

YEARLY = "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15"
MONDAYS = "FREQ=WEEKLY;BYDAY=MO"


def test_an_order_is_asked_for_by_its_lead() -> None:
    plan = a_plan(YEARLY, lead_days=14)

    assert ask(plan, date(2027, 5, 31)) == []
    asked = the_one(ask(plan, date(2027, 6, 1)))
    assert (asked.due_on, asked.make_on) == (date(2027, 6, 15), date(2027, 6, 1))


def test_looking_ahead_asks_for_what_a_later_day_would_ask_for() -> None:
    plan = a_plan(YEARLY, lead_days=14)

    assert the_one(ask(plan, date(2027, 5, 1), until=date(2027, 6, 1))).due_on == date(2027, 6, 15)


def test_work_is_due_by_four_in_the_afternoon_on_both_sides_of_the_time_change() -> None:
    # Clocks went back in Toronto in the night of 1 November 2026.
    summer, winter = (due_at(date(2026, month, day)) for month, day in ((10, 31), (11, 1)))

    assert (summer.hour, winter.hour) == (20, 21)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 1, 3, 59, tzinfo=UTC), date(2026, 10, 31)),
        (datetime(2026, 11, 1, 4, 0, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2026, 11, 2, 4, 59, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2027, 3, 14, 4, 59, tzinfo=UTC), date(2027, 3, 13)),
        (datetime(2027, 3, 15, 3, 59, tzinfo=UTC), date(2027, 3, 14)),
        (datetime(2027, 3, 15, 4, 0, tzinfo=UTC), date(2027, 3, 15)),
    ],
)
def test_the_day_is_that_of_the_town_in_the_nights_of_the_time_change(
    moment: datetime, day: date
) -> None:
    plan = a_plan("FREQ=DAILY")

    assert the_one(due([plan], a_history([plan]), NO_READINGS, moment)).due_on == day


def test_a_plan_of_a_class_asks_for_each_of_its_assets() -> None:
    plan = a_plan("FREQ=MONTHLY")
    history = a_history([plan], targets=["one", "two"])

    found = due([plan], history, NO_READINGS, at(date(2027, 1, 31)))

    assert [each.asset_id for each in found] == ["one", "two"]


def test_a_plan_of_no_asset_asks_once() -> None:
    plan = a_plan("FREQ=MONTHLY")
    history = a_history([plan], targets=[None])

    found = due([plan], history, NO_READINGS, at(date(2027, 1, 31)))

    assert [each.asset_id for each in found] == [None]


def test_a_plan_at_rest_asks_for_nothing() -> None:
    assert ask(a_plan("FREQ=DAILY", active=False), date(2027, 1, 1)) == []


def test_work_is_asked_for_late_during_its_grace() -> None:
    plan = a_plan(YEARLY, grace_days=5)

    asked = the_one(ask(plan, date(2027, 6, 20)))

    assert (asked.due_on, codes(asked)) == (date(2027, 6, 15), ["calendar", "late"])
    assert ask(plan, date(2027, 6, 21)) == []


def test_after_a_month_away_what_was_missed_is_written_down_and_one_order_made() -> None:
    plan = a_plan(MONDAYS, lead_days=2)
    before, back = date(2026, 10, 26), date(2026, 11, 29)

    found = ask(plan, back, track=done(before), seen_until=before)

    missed = [each.due_on for each in found if each.state == S.MISSED]
    assert missed == [date(2026, 11, day) for day in (2, 9, 16, 23)]
    assert {codes(each)[0] for each in found if each.state == S.MISSED} == {"too_late"}
    assert the_one(orders(found)).due_on == date(2026, 11, 30)


def test_what_the_law_asks_for_is_done_late_rather_than_not_at_all() -> None:
    plan = a_plan(YEARLY, legal=True)
    last, back = date(2026, 6, 15), date(2027, 8, 1)

    asked = the_one(ask(plan, back, track=done(last), seen_until=date(2027, 6, 1)))

    assert (asked.state, asked.due_on) == (S.GENERATED, date(2027, 6, 15))


def test_a_plan_that_is_new_has_missed_nothing() -> None:
    assert all(each.state != S.MISSED for each in ask(a_plan(MONDAYS), date(2027, 1, 4)))


def test_no_second_order_is_made_while_one_is_open_and_the_missed_one_is_written_down() -> None:
    plan = a_plan(MONDAYS, lead_days=7)
    track = still_open(date(2026, 11, 16))

    found = ask(plan, date(2026, 11, 24), track=track, seen_until=date(2026, 11, 16))

    missed = the_one(found)
    assert (missed.state, missed.due_on) == (S.MISSED, date(2026, 11, 23))
    assert codes(missed)[0] == "still_open"
    assert "16 novembre 2026" in missed.reason("fr")


def test_nothing_is_missed_on_the_day_itself() -> None:
    track = still_open(date(2026, 11, 16))

    assert ask(a_plan(MONDAYS), date(2026, 11, 23), track=track) == []


def test_a_floating_plan_counts_from_the_day_it_was_done() -> None:
    plan = a_plan("FREQ=MONTHLY;INTERVAL=6", floating=True)
    track = Track("the last", date(2026, 5, 1), date(2026, 5, 20))

    assert ask(plan, date(2026, 11, 19), track=track) == []
    asked = the_one(ask(plan, date(2026, 11, 20), track=track))
    assert (asked.due_on, codes(asked)) == (date(2026, 11, 20), ["since"])
    assert "tous les 6 mois depuis le 20 mai 2026" in asked.reason("fr")


def test_a_floating_plan_waits_while_its_order_is_open_and_is_never_missed() -> None:
    plan = a_plan("FREQ=MONTHLY;INTERVAL=6", floating=True)

    assert ask(plan, date(2028, 1, 1), track=still_open(date(2026, 5, 1))) == []
    late = the_one(ask(plan, date(2028, 1, 1), track=done(date(2026, 5, 1))))
    assert (late.state, late.due_on) == (S.GENERATED, date(2026, 11, 1))


def test_a_floating_plan_that_was_never_done_is_due_on_its_first_day() -> None:
    plan = a_plan("FREQ=MONTHLY;INTERVAL=6", floating=True, starts_on=date(2026, 12, 1))

    assert ask(plan, date(2026, 11, 30)) == []
    assert the_one(ask(plan, date(2026, 12, 1))).due_on == date(2026, 12, 1)


def test_what_was_absorbed_by_cancelled_work_asks_again_under_its_own_id() -> None:
    plan = a_plan("FREQ=MONTHLY;INTERVAL=6", floating=True)
    track = Track("mine", date(2026, 5, 1), date(2026, 1, 1), None, None, "mine", date(2026, 5, 1))

    asked = the_one(ask(plan, date(2026, 5, 3), track=track))

    assert (asked.id, asked.due_on, codes(asked)) == ("mine", date(2026, 5, 1), ["released"])


@given(
    lead=st.integers(0, 10),
    grace=st.integers(0, 10),
    interval=st.integers(1, 9),
    floating=st.booleans(),
    legal=st.booleans(),
    days_to_finish=st.lists(st.integers(0, 40), min_size=1, max_size=6),
    away=st.sets(st.integers(0, 150)),
)
def test_day_after_day_no_plan_has_two_orders_open_and_every_day_of_it_is_accounted_for(
    lead: int,
    grace: int,
    interval: int,
    floating: bool,
    legal: bool,
    days_to_finish: list[int],
    away: set[int],
) -> None:
    """A plan is worked out on most days; its orders are finished after so many days."""
    rule = f"FREQ=DAILY;INTERVAL={interval}"
    start = date(2026, 10, 1)  # Over the night of the time change, and the year's end.
    plan = a_plan(
        rule, starts_on=start, lead_days=lead, grace_days=grace, floating=floating, legal=legal
    )
    track: Track | None = None
    seen: date | None = None
    written: dict[str, date] = {}
    finishes, count = date.max, 0
    for number in range(150):
        day = start + timedelta(days=number)
        if track and track.open_id and day >= finishes:
            track = Track(track.last_id, track.last_due_on, day)
        if number in away and number > 0:
            continue
        found = ask(plan, day, track=track, seen_until=seen)
        assert len(orders(found)) <= (0 if track and track.open_id else 1)
        for each in found:
            assert each.id not in written
            written[each.id] = each.due_on
            opened = (each.id, each.due_on) if each.state == S.GENERATED else _open_of(track)
            last = max((each.due_on, each.id), _last_of(track))
            track = Track(last[1], last[0], track.base_on if track else None, *opened)
            if each.state == S.GENERATED:
                finishes = day + timedelta(days=days_to_finish[count % len(days_to_finish)])
                count += 1
        seen = day - timedelta(days=1)
    if not floating and seen is not None and track is not None:
        days = {start + timedelta(days=n) for n in range(0, 150, interval)}
        expected = {day for day in days if day <= seen} - {
            d for d in days if d < min(written.values())
        }
        assert expected <= set(written.values())


def _open_of(track: Track | None) -> tuple[str | None, date | None]:
    return (track.open_id, track.open_due_on) if track else (None, None)


def _last_of(track: Track | None) -> tuple[date, str]:
    if track is None or track.last_due_on is None or track.last_id is None:
        return date.min, ""
    return track.last_due_on, track.last_id


@given(
    done_on=st.lists(st.dates(date(2025, 1, 1), date(2027, 6, 1)), min_size=5, max_size=5),
    today=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    months=st.integers(1, 14),
    lead=st.integers(0, 30),
)
def test_many_assets_are_worked_out_as_each_would_be_alone(
    done_on: list[date], today: date, months: int, lead: int
) -> None:
    plan = a_plan(f"FREQ=MONTHLY;INTERVAL={months}", floating=True, lead_days=lead)
    assets: list[Target] = [f"unit {n}" for n in range(6)]
    tracks = {asset: done(day) for asset, day in zip(assets, done_on, strict=False)}

    together = due(
        [plan], a_history([plan], {plan.id: tracks}, targets=assets), NO_READINGS, at(today)
    )

    alone = [
        each
        for asset in assets
        for each in due(
            [plan], a_history([plan], {plan.id: tracks}, targets=[asset]), NO_READINGS, at(today)
        )
    ]
    assert sorted(each.id for each in together) == sorted(each.id for each in alone)


def test_assets_share_no_id() -> None:
    plan = a_plan(MONDAYS)
    history = a_history([plan], targets=["a", "b", TRUCK])

    found = due([plan], history, NO_READINGS, at(date(2026, 11, 23)))

    assert len({each.id for each in found}) == 3
