"""When calendar plans ask for work."""

from datetime import UTC, date, datetime, timedelta

import pytest

from asset_model.plans import MaintenancePlan
from maintenance.due import BadRule, Occurrence, due
from maintenance.reasons import rhythm


def a_plan(rule: str, *, starts_on: date = date(2024, 1, 31), **columns: object) -> MaintenancePlan:
    given = {
        "id": "plan",
        "code": "EP-01",
        "title_fr": "Vidange",
        "title_en": "Oil change",
        "lead_days": 0,
        "grace_days": 0,
        "steps": [],
        "active": True,
    }
    return MaintenancePlan(rule=rule, starts_on=starts_on, **(given | columns))


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def due_days(plan: MaintenancePlan, first: date, last: date) -> list[date]:
    return [o.due_on for o in due([plan], (), at(first), at(last))]


def the_one(plan: MaintenancePlan, now: datetime) -> Occurrence:
    (found,) = due([plan], (), now, now)
    return found


def test_the_last_day_of_the_month_comes_in_every_month() -> None:
    plan = a_plan("FREQ=MONTHLY;BYMONTHDAY=-1")

    days = due_days(plan, date(2027, 1, 1), date(2027, 4, 30))

    assert days == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_a_plan_of_the_31st_skips_the_shorter_months() -> None:
    days = due_days(a_plan("FREQ=MONTHLY"), date(2027, 1, 1), date(2027, 5, 31))

    assert days == [date(2027, 1, 31), date(2027, 3, 31), date(2027, 5, 31)]


def test_a_plan_of_29_february_waits_for_leap_years() -> None:
    plan = a_plan("FREQ=YEARLY", starts_on=date(2024, 2, 29))

    days = due_days(plan, date(2025, 1, 1), date(2033, 1, 1))

    assert days == [date(2028, 2, 29), date(2032, 2, 29)]


def test_a_plan_goes_on_over_the_year_s_end() -> None:
    plan = a_plan("FREQ=WEEKLY;INTERVAL=2", starts_on=date(2026, 12, 21))

    days = due_days(plan, date(2026, 12, 20), date(2027, 1, 20))

    assert days == [date(2026, 12, 21), date(2027, 1, 4), date(2027, 1, 18)]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=10",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH",
        "FREQ=MONTHLY;INTERVAL=5",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU",
        "FREQ=YEARLY;BYMONTH=5,11;BYMONTHDAY=25",
        "FREQ=YEARLY;INTERVAL=3",
        "FREQ=MONTHLY;COUNT=40",
        "FREQ=MONTHLY;UNTIL=20280630T000000Z",
    ],
)
def test_looking_from_late_finds_the_same_days_as_looking_from_the_start(rule: str) -> None:
    plan = a_plan(rule, starts_on=date(2024, 1, 30))
    late, end = date(2027, 9, 1), date(2031, 1, 1)

    from_the_start = due_days(plan, date(2024, 1, 1), end)

    assert due_days(plan, late, end) == [day for day in from_the_start if day >= late]


def test_work_is_due_by_four_in_the_afternoon_on_both_sides_of_the_time_change() -> None:
    plan = a_plan("FREQ=DAILY")

    # Clocks went back in Toronto in the night of 1 November 2026.
    summer, winter = (the_one(plan, at(date(2026, m, d))) for m, d in ((10, 31), (11, 1)))

    assert (summer.due_at.hour, winter.due_at.hour) == (20, 21)


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
    assert the_one(a_plan("FREQ=DAILY"), moment).due_on == day


def test_an_order_is_asked_for_by_its_lead_time() -> None:
    plan = a_plan("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", lead_days=14)

    assert due([plan], (), at(date(2027, 5, 31)), at(date(2027, 5, 31))) == []
    assert the_one(plan, at(date(2027, 6, 1))).make_on == date(2027, 6, 1)


def test_an_occurrence_is_given_late_during_its_grace_and_then_missed() -> None:
    plan = a_plan("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", grace_days=5)

    assert due_days(plan, date(2027, 6, 20), date(2027, 6, 20)) == [date(2027, 6, 15)]
    assert due_days(plan, date(2027, 6, 21), date(2027, 6, 21)) == []


def test_a_plan_of_a_class_asks_for_each_of_its_assets() -> None:
    plan = a_plan("FREQ=MONTHLY", class_code="culvert")
    now = at(date(2027, 1, 31))

    found = due([plan], (), now, now, assets={"culvert": ["one", "two"], "sign": ["three"]})

    assert [o.asset_id for o in found] == ["one", "two"]


def test_asking_twice_gives_the_same_ids_and_what_is_completed_is_not_asked_again() -> None:
    plan, now = a_plan("FREQ=WEEKLY"), at(date(2027, 1, 1))
    first = due([plan], (), now, now + timedelta(days=30))

    again = due([plan], (), now + timedelta(days=1), now + timedelta(days=30))
    rest = due([plan], {o.id for o in first[:2]}, now, now + timedelta(days=30))

    assert {o.id for o in again} <= {o.id for o in first}
    assert [o.id for o in rest] == [o.id for o in first[2:]]


def test_a_plan_at_rest_asks_for_nothing() -> None:
    assert due_days(a_plan("FREQ=DAILY", active=False), date(2027, 1, 1), date(2027, 2, 1)) == []


def test_the_reason_says_the_plan_its_rhythm_and_the_day() -> None:
    found = the_one(a_plan("FREQ=MONTHLY;BYMONTHDAY=1"), at(date(2026, 12, 1)))

    assert found.reason_fr == "Plan d’entretien EP-01 (chaque mois)\u00a0: 1er décembre 2026"
    assert found.reason_en == "Maintenance plan EP-01 (every month): December 1, 2026"


@pytest.mark.parametrize(
    ("rule", "french", "english"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", "chaque semaine", "every week"),
        ("FREQ=MONTHLY;INTERVAL=3", "tous les 3 mois", "every 3 months"),
        ("FREQ=WEEKLY;INTERVAL=2", "toutes les 2 semaines", "every 2 weeks"),
        ("FREQ=YEARLY;BYMONTH=5,11;BYMONTHDAY=25", "2 fois l’an", "2 times a year"),
    ],
)
def test_a_rhythm_is_said_as_people_say_it(rule: str, french: str, english: str) -> None:
    assert rhythm(rule) == (french, english)


@pytest.mark.parametrize(
    "rule",
    ["", "every month", "FREQ=HOURLY", "FREQ=MONTHLY;INTERVAL=many", "FREQ=MONTHLY;BYDAY=XX",
     "FREQ=DAILY;INTERVAL=0"],
)  # fmt: skip
def test_a_rule_that_is_none_is_refused_with_the_name_of_its_plan(rule: str) -> None:
    with pytest.raises(BadRule, match="EP-01"):
        due_days(a_plan(rule), date(2027, 1, 1), date(2027, 2, 1))
