"""When a town works, beside Québec's calendar by plain arithmetic: nights, holidays, clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.mapping_document import Section
from gis.problems import Problem
from sync_server.routing.calendar_reading import calendar_of
from sync_server.routing.calendars import DAYS, Calendar
from sync_server.routing.putting_off import later, soon_at
from sync_server.routing.spans import span_of
from sync_server.routing.working_time import due_at, worked

TORONTO = ZoneInfo("America/Toronto")
OFFICE = Calendar("bureau", DAYS[:5], time(8), time(16, 30), "QC")
NIGHT = Calendar("nuit", DAYS[:5], time(22), time(6))


def a_calendar(**told: object) -> Calendar:
    problems: list[Problem] = []
    made = calendar_of(Section("t", "", dict(told), problems), "c")
    assert problems == []
    return made


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TORONTO)


def due(begins: str, span: str, calendar: Calendar) -> str:
    told = span_of(span)
    assert told is not None
    return f"{due_at(at(begins), told, calendar, TORONTO).astimezone(TORONTO):%Y-%m-%d %H:%M}"


def closed_in_quebec(year: int) -> set[date]:
    """As the labour standards and the law on the national holiday have it, by plain arithmetic."""

    def nth(month: int, weekday: int, n: int) -> date:
        first = date(year, month, 1)
        return first + timedelta((weekday - first.weekday()) % 7 + 7 * (n - 1))

    def moved(day: date, *weekdays: int) -> set[date]:
        """A holiday on one of these days is also had on the Monday after it."""
        return {day} | (
            {day + timedelta(7 - day.weekday())} if day.weekday() in weekdays else set()
        )

    patriots = date(year, 5, 24) - timedelta(date(year, 5, 24).weekday())
    fixed = moved(date(year, 6, 24), 6) | moved(date(year, 7, 1), 6)
    fixed |= moved(date(year, 1, 1), 5, 6) | moved(date(year, 12, 25), 5, 6)
    return fixed | {patriots, nth(9, 0, 1), nth(10, 0, 2), easter_of(year) - timedelta(2)}


def easter_of(year: int) -> date:
    """Gauss's rule, as Meeus and Butcher tell it."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize("year", range(2024, 2041))
def test_weekdays_without_work_are_those_of_quebec(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(n) for n in range(365)]

    idle = {day for day in days if day.weekday() < 5 and not OFFICE.works_on(day)}

    assert idle == {day for day in closed_in_quebec(year) if day.weekday() < 5}


@pytest.mark.parametrize(
    ("begins", "span", "wanted"),
    [
        ("2029-06-22 09:00", "1 jour ouvrable", "2029-06-26 16:30"),  # Saint-Jean, a Sunday
        ("2026-05-15 09:00", "1 jour ouvrable", "2026-05-19 16:30"),  # National Patriots' Day
        ("2026-04-02 09:00", "2 jours ouvrables", "2026-04-07 16:30"),  # Good Friday
        ("2027-12-24 09:00", "1 jour ouvrable", "2027-12-28 16:30"),  # Christmas on a Saturday
        ("2026-12-31 16:00", "2 heures ouvrables", "2027-01-04 09:30"),  # over the New Year
        ("2026-12-30 09:00", "2 jours ouvrables", "2027-01-04 16:30"),
        ("2026-03-07 23:00", "4 h", "2026-03-08 04:00"),  # the hour that is not there
        ("2026-10-31 23:00", "4 h", "2026-11-01 02:00"),  # the hour that is there twice
    ],
)
def test_promises_over_holidays_and_changes_of_the_clock(
    begins: str, span: str, wanted: str
) -> None:
    assert due(begins, span, OFFICE) == wanted


@pytest.mark.parametrize(
    ("begins", "span", "wanted"),
    [
        ("2026-05-04 23:00", "3 heures ouvrables", "2026-05-05 02:00"),
        ("2026-05-05 03:00", "4 heures ouvrables", "2026-05-05 23:00"),
        ("2026-05-09 05:00", "2 heures ouvrables", "2026-05-11 23:00"),  # Friday's night ends
        ("2026-05-09 07:00", "2 heures ouvrables", "2026-05-12 00:00"),
        ("2026-05-05 03:00", "1 jour ouvrable", "2026-05-06 06:00"),  # still Monday's night
        ("2026-05-05 23:00", "1 jour ouvrable", "2026-05-07 06:00"),
    ],
)
def test_a_night_shift_is_worked_through(begins: str, span: str, wanted: str) -> None:
    assert due(begins, span, NIGHT) == wanted


def test_nights_when_the_clock_moves_are_an_hour_longer_or_shorter() -> None:
    every_night = Calendar("nuit", DAYS, time(22), time(6))

    for day, hours in (("2026-03-07", 7), ("2026-10-31", 9), ("2026-05-04", 8)):
        begins, ends = every_night.hours_of(date.fromisoformat(day), TORONTO)
        assert (ends - begins) / timedelta(hours=1) == hours


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        ("2026-05-04 21:59", False),
        ("2026-05-04 22:00", True),
        ("2026-05-05 05:59", True),
        ("2026-05-05 06:00", False),
        ("2026-05-04 05:00", False),  # Nobody works on Sunday's night.
        ("2026-05-09 05:00", True),  # That of Friday.
        ("2026-05-09 22:30", False),
    ],
)
def test_within_a_night_shift(moment: str, *, works: bool) -> None:
    assert NIGHT.works_at(at(moment)) is works


def test_a_town_chooses_its_easter_day_and_its_own_days_off() -> None:
    told = a_calendar(
        holidays="QC", open=["vendredi saint"], closed=["Lundi de Pâques", "12-24", "2026-12-28"]
    )

    works = [told.works_on(date.fromisoformat(day)) for day in (
        "2026-04-03", "2026-04-06", "2026-12-24", "2027-12-24", "2026-12-28", "2027-12-28",
    )]  # fmt: skip

    assert works == [True, False, False, False, False, True]


def test_days_are_named_in_either_language() -> None:
    told = a_calendar(days=["Lundi", "tue", "mercredi", "jeu", "Friday"])

    assert told.days == ("mon", "tue", "wed", "thu", "fri")


def test_a_day_may_end_at_midnight() -> None:
    always = a_calendar(days=list(DAYS), **{"from": "00:00", "to": "24:00"})

    assert always.works_at(at("2026-05-04 23:59"))
    assert always.works_at(at("2026-05-04 00:00"))
    assert due("2026-05-04 23:00", "2 heures ouvrables", always) == "2026-05-05 01:00"


def test_a_calendar_that_hardly_works_ends_somewhere() -> None:
    hardly = Calendar("jamais", ("sat",), time(9), time(9, 1))

    assert due("2026-05-04 23:00", "366 heures ouvrables", hardly) == "2031-05-08 23:00"


@pytest.mark.parametrize(
    ("span", "calendar", "when_due", "wanted"),
    [
        ("1 jour ouvrable", NIGHT, "2026-05-06 06:00", "2026-05-05 22:00"),
        ("2 jours ouvrables", NIGHT, "2026-05-12 06:00", "2026-05-09 06:00"),
        ("3 jours ouvrables", OFFICE, "2029-06-26 16:30", "2029-06-22 16:30"),
    ],
)
def test_a_promise_is_seen_before_it_is_missed(
    span: str, calendar: Calendar, when_due: str, wanted: str
) -> None:
    told = span_of(span)
    assert told is not None

    assert soon_at(at(when_due), told, calendar, TORONTO) == at(wanted)


def test_a_promise_suspended_over_a_weekend_or_by_a_clock_that_was_set_back_stays() -> None:
    days, hours = span_of("5 jours ouvrables"), span_of("4 h")
    kept = at("2026-11-13 16:30").astimezone(UTC)
    friday, sunday = at("2026-11-06 17:00"), at("2026-11-08 20:00")

    put = later(kept, since=friday, until=sunday, span=days, calendar=OFFICE, zone=TORONTO)
    back = later(kept, since=sunday, until=friday, span=hours, calendar=OFFICE, zone=TORONTO)

    assert (put, back) == (kept, kept)


MINUTES = st.integers(0, 2 * 365 * 24 * 60)


@given(MINUTES, st.integers(1, 200), st.sampled_from([OFFICE, NIGHT]))
def test_what_is_due_after_so_many_working_hours_has_as_many_before_it(
    minutes: int, hours: int, calendar: Calendar
) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    span = span_of(f"{hours} working hours")
    assert span is not None

    ends = due_at(start, span, calendar, TORONTO)

    assert worked(start, ends, calendar, TORONTO) == timedelta(hours=hours)
