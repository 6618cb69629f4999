"""Seasons: a stretch of the year in which a plan asks, which may wrap the year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintenance.calendars import Season, in_season
from tests.maintenance.builders import a_plan, ask, codes, done, the_one

DAYS = st.dates(date(2023, 1, 1), date(2033, 12, 31))
MONTH_DAYS = DAYS.map(lambda day: (day.month, day.day))
FALL, WINTER = Season((9, 1), (11, 15)), Season((11, 15), (4, 1))


@pytest.mark.parametrize(
    ("season", "day", "holds"),
    [
        (FALL, date(2026, 8, 31), False),
        (FALL, date(2026, 9, 1), True),
        (FALL, date(2026, 11, 15), True),
        (FALL, date(2026, 11, 16), False),
        (WINTER, date(2026, 11, 14), False),
        (WINTER, date(2026, 11, 15), True),
        (WINTER, date(2026, 12, 31), True),
        (WINTER, date(2027, 1, 1), True),
        (WINTER, date(2027, 4, 1), True),
        (WINTER, date(2027, 4, 2), False),
    ],
)
def test_both_ends_are_in_season_and_the_year_s_end_is_no_edge(
    season: Season, day: date, holds: bool
) -> None:
    assert season.holds(day) is holds


@given(opens=MONTH_DAYS, closes=MONTH_DAYS, day=DAYS)
def test_a_day_out_of_season_waits_for_the_first_day_that_is_in(
    opens: tuple[int, int], closes: tuple[int, int], day: date
) -> None:
    season = Season(opens, closes)

    waited = in_season([season], day)

    skipped = (waited - day).days
    only_leap_day = opens == closes == (2, 29)
    assert season.holds(waited) or (waited.month, waited.day) == (3, 1)
    assert only_leap_day or not any(season.holds(day + timedelta(days=n)) for n in range(skipped))


def test_a_season_of_29_february_opens_on_1_march_in_other_years() -> None:
    assert Season((2, 29), (4, 1)).next_opening(date(2026, 5, 1)) == date(2027, 3, 1)
    assert Season((2, 29), (4, 1)).next_opening(date(2027, 5, 1)) == date(2028, 2, 29)


BEFORE_WINTER = [{"from": "09-01", "to": "11-15"}]


def test_a_fixed_plan_asks_on_no_day_out_of_season() -> None:
    plan = a_plan("FREQ=MONTHLY;BYMONTHDAY=1", seasons=BEFORE_WINTER)

    assert ask(plan, date(2026, 8, 1)) == []
    assert len(ask(plan, date(2026, 9, 1))) == 1
    assert ask(plan, date(2026, 12, 1)) == []


def test_a_floating_plan_that_falls_out_of_season_waits_for_its_first_day() -> None:
    plan = a_plan("FREQ=YEARLY", floating=True, seasons=BEFORE_WINTER, lead_days=10)
    track = done(date(2025, 8, 10))

    assert ask(plan, date(2026, 8, 21), track=track) == []
    asked = the_one(ask(plan, date(2026, 8, 22), track=track))
    assert (asked.due_on, codes(asked)) == (date(2026, 9, 1), ["since", "season"])


def test_a_plan_of_winter_goes_on_over_the_year_s_end() -> None:
    plan = a_plan("FREQ=WEEKLY;BYDAY=MO", seasons=[{"from": "11-15", "to": "04-01"}])

    for day in (date(2026, 11, 16), date(2026, 12, 28), date(2027, 1, 4), date(2027, 3, 29)):
        assert the_one(ask(plan, day)).due_on == day
    assert ask(plan, date(2027, 4, 5)) == []
