"""A week in figures, each beside the week before and the same week of last year.

Two numbers are compared only where both are whole: the record must reach back to that week, and
nothing of either may still be undecided. Where that is not so it is said why.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, func, select
from sqlalchemy.orm import Session

from maintenance.due import TORONTO
from maintenance.figures.rules import Rule
from sync_server.bulletins.asking import Asking
from sync_server.dashboard.came import Came, Question, Weekly
from sync_server.dashboard.figure import Listing
from sync_server.dashboard.narrowing import Narrowing
from sync_server.dashboard.week_calls import OF_CALLS
from sync_server.dashboard.week_months import OF_MONTHS
from sync_server.dashboard.week_orders import OF_ORDERS
from sync_server.dashboard.week_passes import OF_PASSES
from sync_server.dashboard.week_rules import WEEK_RULE, WEEK_RULES
from sync_server.dashboard.weeks import BESIDE, Week, beside, week_of

WEEKLY: dict[str, Weekly] = {**OF_ORDERS, **OF_CALLS, **OF_MONTHS, **OF_PASSES}
NOTHING = Came()
NO_RECORD = "no_record"


def week_told(asking: Asking, narrowed: Narrowing) -> dict[str, Any]:
    """:raises Refused: ``bad_value``"""
    week = week_of(asking)
    weeks = {which: beside(week, which) for which in ("", *BESIDE)}
    asked = Question(asking.session, narrowed, asking.now)
    return {
        **week.told(),
        "beside": {which: weeks[which].told() for which in BESIDE},
        "figures": [_figure(code, asked, weeks) for code in WEEK_RULES],
        "rule": _rule(WEEK_RULE),
    }


def week_list(
    asking: Asking, narrowed: Narrowing, figure: str, part: str | None, page: int | None
) -> Listing:
    """The rows of a figure in the week asked for, or in the one `beside` it.

    :raises Refused: ``bad_value``
    """
    asked = Question(asking.session, narrowed, asking.now)
    return WEEKLY[figure].listed(asked, listed_week(asking), part, page)


def listed_week(asking: Asking) -> Week:
    """:raises Refused: ``bad_value``"""
    return beside(week_of(asking), asking.word("beside", ("", *BESIDE)))


def _figure(code: str, asked: Question, weeks: dict[str, Week]) -> dict[str, Any]:
    weekly = WEEKLY[code]
    came = dict(zip(weeks, weekly.came(asked, list(weeks.values())), strict=True))
    why_not = {
        which: _missing(asked.session, weekly, weeks[which])
        or ("undecided" if came[""].undecided or came[which].undecided else None)
        for which in BESIDE
    }

    def told(part: str | None) -> dict[str, Any]:
        of = {which: each if part is None else each.parts.get(part, NOTHING)
              for which, each in came.items()}  # fmt: skip
        beside = {which: _beside(of[which], why_not[which]) for which in BESIDE}
        return {**_numbers(of[""]), "beside": beside}

    return {
        "code": code,
        "measure": weekly.measure,
        **told(None),
        "parts": [{"code": part, "name": None, **told(part)} for part in _in_order(came.values())],
        "rule": _rule(WEEK_RULES[code]),
    }


def _in_order(came: Iterable[Came]) -> list[str]:
    """Every part that one of the weeks has, the largest first."""
    values: dict[str, float] = {}
    for each in came:
        for code, part in each.parts.items():
            values[code] = max(values.get(code, 0.0), part.value or 0.0)
    return sorted(values, key=lambda code: (-values[code], code))


def _numbers(came: Came) -> dict[str, Any]:
    value = None if came.value is None else round(came.value, 2)
    notes = list(came.notes) + [f"undecided:{came.undecided}"] * bool(came.undecided)
    return {"value": value, "count": came.count, "notes": notes}


def _beside(then: Came, why_not: str | None) -> dict[str, Any]:
    """`why` there is nothing to compare: no record of then, not all decided, nothing then."""
    if why_not is not None and why_not.startswith(NO_RECORD):
        return {"value": None, "count": 0, "notes": [], "why": why_not}
    return {**_numbers(then), "why": why_not or (None if then.count else "none")}


def _missing(session: Session, weekly: Weekly, week: Week) -> str | None:
    """``no_record:2026-08-12`` where the record begins after the week does; bare if there is none.

    A week of which a part alone is on record would look like a calm one.
    """
    begin = week.span.begin
    found: list[date] = []
    for column in weekly.since:
        limit: date | datetime = week.first if isinstance(column.type, Date) else begin
        if session.scalar(select(1).where(column <= limit).limit(1)):
            return None
        first = session.scalar(select(func.min(column)))
        if first is not None:
            found.append(_day_of(first))
    return f"{NO_RECORD}:{min(found)}" if found else NO_RECORD


def _day_of(moment: date | datetime) -> date:
    """The town's day of a moment; of a day, itself."""
    return moment.astimezone(TORONTO).date() if isinstance(moment, datetime) else moment


def _rule(rule: Rule) -> dict[str, Any]:
    return {"version": rule.version, "fr": rule.french, "en": rule.english}
