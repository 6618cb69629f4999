"""The calendar of fixed plans: RFC 5545 by its letter."""

from datetime import date, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st

from asset_model.errors import Refused
from maintenance.calendars import Calendar

DAYS = st.dates(date(2023, 1, 1), date(2029, 12, 31))
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules as people make them: a rhythm, and days of the week, the month or the year."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 7))}"]
    weekdays = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=4, unique=True)
    if frequency == "WEEKLY" and draw(st.booleans()):
        parts.append(f"BYDAY={','.join(draw(weekdays))}")
    if frequency == "YEARLY" and draw(st.booleans()):
        months = draw(st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True))
        parts.append(f"BYMONTH={','.join(map(str, months))}")
    if frequency == "MONTHLY":
        parts += draw(
            st.sampled_from(
                [[], ["BYMONTHDAY=-1"], ["BYMONTHDAY=1,15"], ["BYDAY=1MO"], ["BYDAY=-1FR"],
                 ["BYDAY=MO,TU,WE,TH,FR", "BYSETPOS=-1"]]
            )
        )  # fmt: skip
    return ";".join(parts)


@st.composite
def rhythms(draw: st.DrawFn) -> tuple[str, date]:
    """A rule and its first day; a month may have no 29th, and then such a rule may never come."""
    rule, start = draw(rules()), draw(DAYS)
    return rule, start.replace(day=min(start.day, 28)) if "BYMONTH=" in rule else start


def test_the_last_day_of_the_month_comes_in_every_month() -> None:
    days = Calendar("FREQ=MONTHLY;BYMONTHDAY=-1", date(2024, 1, 31)).days(
        date(2027, 1, 1), date(2027, 4, 30)
    )

    assert days == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_the_last_working_day_of_the_month_is_a_friday_where_the_month_ends_on_a_weekend() -> None:
    rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"

    days = Calendar(rule, date(2024, 1, 1)).days(date(2027, 1, 1), date(2027, 3, 31))

    assert days == [date(2027, 1, 29), date(2027, 2, 26), date(2027, 3, 31)]


def test_a_plan_of_the_31st_skips_the_shorter_months() -> None:
    days = Calendar("FREQ=MONTHLY", date(2024, 1, 31)).days(date(2027, 1, 1), date(2027, 5, 31))

    assert days == [date(2027, 1, 31), date(2027, 3, 31), date(2027, 5, 31)]


def test_a_plan_of_29_february_waits_for_leap_years() -> None:
    calendar = Calendar("FREQ=YEARLY", date(2024, 2, 29))

    assert calendar.days(date(2025, 1, 1), date(2033, 1, 1)) == [
        date(2028, 2, 29),
        date(2032, 2, 29),
    ]
    assert calendar.first_from(date(2096, 3, 1)) == date(2104, 2, 29)


def test_a_plan_goes_on_over_the_year_s_end() -> None:
    calendar = Calendar("FREQ=WEEKLY;INTERVAL=2", date(2026, 12, 21))

    days = calendar.days(date(2026, 12, 20), date(2027, 1, 20))

    assert days == [date(2026, 12, 21), date(2027, 1, 4), date(2027, 1, 18)]


@given(rhythm=rhythms(), late=DAYS, span=st.integers(0, 900))
def test_looking_from_late_finds_the_days_that_looking_from_the_start_finds(
    rhythm: tuple[str, date], late: date, span: int
) -> None:
    calendar, end = Calendar(*rhythm), late + timedelta(days=span)

    assert calendar.days(late, end) == [day for day in calendar.days(rhythm[1], end) if day >= late]


@given(rhythm=rhythms(), late=DAYS, span=st.integers(0, 900))
def test_the_days_are_those_that_another_library_finds(
    rhythm: tuple[str, date], late: date, span: int
) -> None:
    (rule, start), end = rhythm, late + timedelta(days=span)
    event = icalendar.Event()
    event.add("dtstart", start)
    event.add("rrule", icalendar.vRecur.from_ical(rule))
    book = icalendar.Calendar()
    book.add_component(event)
    told = recurring_ical_events.of(book).between(late, end + timedelta(days=1))
    theirs = {_day(found["DTSTART"].dt) for found in told}
    # The standard lets an event begin on a day that its rule does not give; a plan does not.
    first = Calendar(rule, start).first_from(start)

    ours = Calendar(rule, start).days(late, end)

    assert set(ours) == {day for day in theirs if day != start or first == start}


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


@given(rhythm=rhythms(), late=DAYS)
def test_the_first_day_is_the_first_of_the_days(rhythm: tuple[str, date], late: date) -> None:
    calendar = Calendar(*rhythm)

    first = calendar.first_from(late)

    assert first is not None
    assert calendar.days(late, first) == [first]


@pytest.mark.parametrize(
    ("rule", "left"),
    [("FREQ=MONTHLY;COUNT=3", 1), ("FREQ=MONTHLY;UNTIL=20240401T000000Z", 1)],
)
def test_a_rule_that_ends_gives_no_day_after_its_end(rule: str, left: int) -> None:
    calendar = Calendar(rule, date(2024, 1, 10))

    assert len(calendar.days(date(2024, 3, 1), date(2030, 1, 1))) == left
    assert calendar.first_from(date(2024, 5, 1)) is None


@pytest.mark.parametrize(
    "rule",
    ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5",
     "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "FREQ=DAILY;INTERVAL=7;BYDAY=TU"],
)  # fmt: skip
def test_a_rule_that_never_comes_is_refused_and_takes_no_age_to_be(rule: str) -> None:
    with pytest.raises(Refused, match="plan_never_due"):
        Calendar(rule, date(2024, 1, 1)).first_from(date(2024, 1, 1))


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("", "plan_rule_unreadable"),
        ("every month", "plan_rule_unreadable"),
        ("FREQ=HOURLY", "plan_rule_unreadable"),
        ("FREQ=MONTHLY;INTERVAL=many", "plan_rule_unreadable"),
        ("FREQ=MONTHLY;INTERVAL=-1", "plan_rule_unreadable"),
        ("FREQ=MONTHLY;BYDAY=XX", "plan_rule_unreadable"),
        ("FREQ=MONTHLY;;INTERVAL=2", "plan_rule_unreadable"),
        ("FREQ=DAILY;INTERVAL=0", "plan_interval_zero"),
    ],
)
def test_a_rule_that_is_none_is_refused(rule: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        Calendar(rule, date(2024, 1, 1)).days(date(2027, 1, 1), date(2027, 2, 1))


@pytest.mark.parametrize(
    ("rule", "done", "again"),
    [
        ("FREQ=DAILY;INTERVAL=90", date(2026, 11, 30), date(2027, 2, 28)),
        ("FREQ=WEEKLY;INTERVAL=3", date(2026, 12, 24), date(2027, 1, 14)),
        ("FREQ=MONTHLY;INTERVAL=6", date(2026, 8, 31), date(2027, 2, 28)),
        ("FREQ=MONTHLY;INTERVAL=6", date(2027, 8, 31), date(2028, 2, 29)),
        ("FREQ=YEARLY", date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_floating_plan_counts_from_the_day_it_was_done_and_skips_no_short_month(
    rule: str, done: date, again: date
) -> None:
    assert Calendar(rule, date(2024, 1, 1)).after(done) == again


def test_a_floating_plan_cannot_name_days() -> None:
    with pytest.raises(Refused, match="plan_rule_floats") as refused:
        Calendar("FREQ=MONTHLY;BYDAY=1MO;INTERVAL=6", date(2024, 1, 1)).after(date(2026, 1, 1))

    assert refused.value.details == {"parts": "BYDAY"}
