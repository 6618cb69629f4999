"""A plan made ready to be worked out: its calendar, triggers and seasons read from its columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from asset_model.attributes import plain_number
from asset_model.errors import Refused
from asset_model.plans import MaintenancePlan
from maintenance.calendars import Calendar, Season


@dataclass(frozen=True)
class ByMeter:
    """Every so many on a counter; the order is asked for `lead` before."""

    measure: str
    every: float
    lead: float = 0.0


@dataclass(frozen=True)
class ByCondition:
    """A gauge or a condition score that is below, or above, a threshold."""

    measure: str
    below: float | None = None
    above: float | None = None

    def met(self, value: float) -> bool:
        low = self.below is not None and value < self.below
        return low or (self.above is not None and value > self.above)


@dataclass(frozen=True)
class ByEvent:
    """The n-th event of a code since it was last done."""

    event: str
    every: int = 1


Trigger = ByMeter | ByCondition | ByEvent


@dataclass(frozen=True)
class Recipe:
    plan: MaintenancePlan
    calendar: Calendar | None
    triggers: tuple[Trigger, ...]
    seasons: tuple[Season, ...]

    @property
    def chained(self) -> bool:
        """Whether each occurrence counts from the one before; else the calendar alone says all."""
        return self.plan.floating or bool(self.triggers)

    @property
    def by_meter(self) -> tuple[ByMeter, ...]:
        return tuple(each for each in self.triggers if isinstance(each, ByMeter))


def recipe_of(plan: MaintenancePlan) -> Recipe:
    """:raises Refused: ``plan_rule_unreadable``, ``plan_rule_floats``, ``plan_interval_zero``,
    ``plan_trigger_unreadable``, ``plan_season_unreadable``
    """
    calendar = Calendar(plan.rule, plan.starts_on) if plan.rule else None
    if calendar is not None and plan.floating:
        calendar.after(plan.starts_on)
    elif calendar is not None:
        calendar.days(plan.starts_on, plan.starts_on)
    triggers = tuple(_trigger(given) for given in plan.triggers or ())
    return Recipe(plan, calendar, triggers, tuple(_season(given) for given in plan.seasons or ()))


def _trigger(given: Any) -> Trigger:
    if not isinstance(given, Mapping):
        raise _unreadable("kind", "meter, condition, event")
    match given.get("kind"):
        case "meter":
            lead = _number(given, "lead") if "lead" in given else 0.0
            return ByMeter(_word(given, "measure"), _above_zero(given, "every"), lead)
        case "condition":
            limits = {name: _number(given, name) for name in ("below", "above") if name in given}
            if not limits:
                raise _unreadable("below, above", "1, 2, 3…")
            return ByCondition(_word(given, "measure"), **limits)
        case "event":
            every = _above_zero(given, "every") if "every" in given else 1.0
            if not every.is_integer():
                raise _unreadable("every", "1, 2, 3…")
            return ByEvent(_word(given, "event"), int(every))
    raise _unreadable("kind", "meter, condition, event")


def _word(given: Mapping[str, Any], name: str) -> str:
    word = given.get(name)
    if not isinstance(word, str) or not word:
        raise _unreadable(name, "abc")
    return word


def _number(given: Mapping[str, Any], name: str) -> float:
    number = given.get(name)
    if not plain_number(number):
        raise _unreadable(name, "1, 2, 3…")
    return float(number)  # type: ignore[arg-type]  # proven one line above


def _above_zero(given: Mapping[str, Any], name: str) -> float:
    number = _number(given, name)
    if number <= 0:
        raise Refused("plan_interval_zero", field=name, value=number)
    return number


def _unreadable(field: str, expected: str) -> Refused:
    return Refused("plan_trigger_unreadable", field=field, expected=expected)


def _season(given: Any) -> Season:
    try:
        opens, closes = (_month_and_day(given[end]) for end in ("from", "to"))
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("plan_season_unreadable", season=str(given)[:80]) from error
    return Season(opens, closes)


def _month_and_day(text: str) -> tuple[int, int]:
    day = date.fromisoformat(f"2000-{text}")  # A leap year: a season may end on 29 February.
    return day.month, day.day
