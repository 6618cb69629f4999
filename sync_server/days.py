"""Days that somebody asks about, far from the ends of the calendar, where counting ends."""

from datetime import date

FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)


def day_of(text: str) -> date:
    """:raises ValueError: it is no day, or one that no town asks about"""
    day = date.fromisoformat(text)
    if not FIRST <= day <= LAST:
        raise ValueError(text)
    return day
