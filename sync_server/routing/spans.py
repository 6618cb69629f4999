"""How long something may take: “4 h”, “14 days”, “2 working days”, “2 jours ouvrables”."""

import re
from dataclasses import dataclass
from datetime import timedelta

_SPAN = re.compile(
    r"(\d{1,9})\s*(working\s+)?(min|hours?|heures?|h|days?|jours?|weeks?|semaines?)"
    r"(\s+ouvrables?)?",
    re.IGNORECASE,
)
_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
_LENGTHS = {
    "min": timedelta(minutes=1),
    **dict.fromkeys(("h", "hour", "heure"), _HOUR),
    **dict.fromkeys(("day", "jour"), _DAY),
    **dict.fromkeys(("week", "semaine"), _WEEK),
}
WORKING_DAYS_A_WEEK = 5
LONGEST = timedelta(days=366)
"""Nobody promises more; a slip of the pen must not reach an incident."""


@dataclass(frozen=True, slots=True)
class Span:
    """`working_days` count days that are worked; else `length`, of working time where `working`."""

    text: str
    length: timedelta
    working: bool = False
    working_days: int = 0


def span_of(text: str) -> Span | None:
    """None where it is not one; a span of nothing, or of more than a year, is none either."""
    found = _SPAN.fullmatch(text.strip())
    if found is None or int(found[1]) == 0:
        return None
    number, working = int(found[1]), bool(found[2] or found[4])
    each = _LENGTHS[found[3].lower().rstrip("s")]
    if number > LONGEST / each:
        return None
    if working and each >= _DAY:
        days = number * (WORKING_DAYS_A_WEEK if each == _WEEK else 1)
        return Span(text.strip(), number * each, working=True, working_days=days)
    return Span(text.strip(), number * each, working=working)
