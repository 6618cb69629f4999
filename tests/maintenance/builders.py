"""Plans, and what is known when they are worked out, with what a test does not care about."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from asset_model.plans import MaintenancePlan
from asset_model.vocabulary import OccurrenceStatus as S
from maintenance.due import due
from maintenance.history import History, Readings, Standing, Target, Track
from maintenance.occurrences import Due

TRUCK = "truck"
NO_READINGS = Readings()


def a_plan(rule: str = "", code: str = "EP-01", **columns: Any) -> MaintenancePlan:
    """A plan of TRUCK, from 31 January 2024, whose id is its code."""
    given = {
        "id": code,
        "title_fr": "Vidange",
        "title_en": "Oil change",
        "starts_on": date(2024, 1, 31),
        "lead_days": 0,
        "grace_days": 0,
        "steps": [],
        "active": True,
        "asset_filter": {},
        "triggers": [],
        "floating": False,
        "seasons": [],
        "legal": False,
        "nests": [],
        "nest_days": 0,
    }
    return MaintenancePlan(rule=rule, code=code, **(given | columns))


def by_meter(every: float, lead: float = 0, measure: str = "odometer") -> dict[str, object]:
    return {"kind": "meter", "measure": measure, "every": every, "lead": lead}


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def a_history(
    plans: Iterable[MaintenancePlan],
    tracks: Mapping[str, Mapping[Any, Track]] | None = None,
    *,
    targets: Sequence[Target] = (TRUCK,),
    seen_until: date | None = None,
    booked: Mapping[tuple[str, tuple[int, int]], float] | None = None,
) -> History:
    every = list(plans)
    seen = {plan.id: seen_until for plan in every} if seen_until else {}
    return History({plan.id: targets for plan in every}, tracks or {}, seen, booked or {})


def done(on: date, occurrence: str = "the last") -> Track:
    """The last one was due and done on this day."""
    return Track(occurrence, on, on)


def still_open(due_on: date, occurrence: str = "open") -> Track:
    return Track(occurrence, due_on, due_on, open_id=occurrence, open_due_on=due_on)


def odometer(
    total: float,
    read_on: date,
    *,
    base: float = 0.0,
    plan: str = "EP-01",
    per_day: float | None = None,
) -> Readings:
    """TRUCK's odometer, and what it showed at the day that the plan counts from."""
    standings = {"odometer": {TRUCK: Standing(total, read_on, per_day)}}
    return Readings(standings, {plan: {"odometer": {TRUCK: base}}})


def ask(
    plan: MaintenancePlan,
    on: date,
    *,
    track: Track | None = None,
    readings: Readings = NO_READINGS,
    until: date | None = None,
    seen_until: date | None = None,
    **more: object,
) -> list[Due]:
    """What one plan asks for of TRUCK."""
    tracks = {plan.id: {TRUCK: track}} if track else {}
    history = a_history([plan], tracks, seen_until=seen_until)
    later = at(until) if until else None
    return due([plan], history, readings, at(on), until=later, **more)  # type: ignore[arg-type]


def the_one(found: Sequence[Due]) -> Due:
    (only,) = found
    return only


def orders(found: Iterable[Due]) -> list[Due]:
    return [each for each in found if each.state == S.GENERATED]


def codes(each: Due) -> list[str]:
    return [reason.code for reason in each.reasons]
