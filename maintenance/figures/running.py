"""How far units ran in a period, by the readings that are trusted; and what that came to each."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from maintenance.figures.costs import total
from maintenance.figures.figure import Figure, Record, quotient
from maintenance.figures.spans import Period, Span

MEASURED = {"odometer": ("distance", "km"), "engine_hours": ("engine_hours", "h")}
"""By what a meter measures: the figure of it, and its unit."""
PER = {"distance": ("cost_per_km", "$/km"), "engine_hours": ("cost_per_hour", "$/h")}


class Reading(NamedTuple):
    taken_at: datetime
    total: float
    """The lifetime total, which goes on where a meter was replaced."""
    id: str


Readings = Mapping[str, Mapping[str, Sequence[Reading]]]
"""By measure and unit, in the order they were taken."""


def running_figures(readings: Readings, units: Sequence[str], period: Period) -> Iterator[Figure]:
    """How far each unit ran by each of its meters, and the fleet together."""
    for measure, (code, unit) in MEASURED.items():
        ran = [
            _ran(code, unit, asset, readings.get(measure, {}).get(asset, ()), period.span)
            for asset in units
        ]
        known = [figure for figure in ran if figure.value is not None]
        records = tuple(record for figure in known for record in figure.records)
        whole = sum(figure.value or 0.0 for figure in known) if known else None
        yield from ran
        yield Figure(code, None, whole, unit, records, notes=_notes(known))


def _notes(each: Sequence[Figure]) -> tuple[str, ...]:
    """What is to be known of any of them is to be known of the whole."""
    return tuple(dict.fromkeys(note for figure in each for note in figure.notes))


def _ran(code: str, unit: str, asset: str, points: Sequence[Reading], span: Span) -> Figure:
    used = _around(points, span)
    if len(used) < 2:
        return Figure(code, asset, None, unit, notes=("unread",))
    begin, end = (_at(used, moment) for moment in span)
    records = tuple(
        Record("meter_reading", r.id, asset, r.taken_at, "reading", None, None, {"total": r.total})
        for r in used
    )
    short = used[0].taken_at > span.begin or used[-1].taken_at < span.end
    notes = ("partly_read",) if short else ()
    return Figure(code, asset, end - begin, unit, records, notes=notes)


def _around(points: Sequence[Reading], span: Span) -> Sequence[Reading]:
    """The readings within the span, and the nearest on either side of it."""
    moments = [point.taken_at for point in points]
    first = bisect_right(moments, span.begin)
    last = bisect_left(moments, span.end)
    return points[max(first - 1, 0) : last + 1]


def _at(points: Sequence[Reading], moment: datetime) -> float:
    """The total at a moment, on the line between the readings around it."""
    place = bisect_right([point.taken_at for point in points], moment)
    if place in (0, len(points)):
        return points[0 if place == 0 else -1].total
    before, after = points[place - 1], points[place]
    share = (moment - before.taken_at) / (after.taken_at - before.taken_at)
    return before.total + (after.total - before.total) * share


def cost_by_running(costs: Iterable[Figure], ran: Iterable[Figure]) -> Iterator[Figure]:
    """What a kilometre and an hour of each unit cost; of the fleet, where the meters are known."""
    by_unit = {figure.asset_id: figure for figure in costs if figure.code == "cost"}
    for code, each in _by_code(ran).items():
        name, unit = PER[code]
        known = [figure for figure in each if figure.asset_id is not None]
        pairs = [(figure, by_unit[figure.asset_id]) for figure in known]
        quotients = [_quotient(name, unit, *pair) for pair in pairs]
        yield from quotients
        yield _together(name, unit, [one for one in quotients if one.under])


def _by_code(ran: Iterable[Figure]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {code: [] for code in PER}
    for figure in ran:
        found[figure.code].append(figure)
    return found


def _quotient(name: str, unit: str, ran: Figure, cost: Figure) -> Figure:
    """What was spent between the first reading and the last, by what was run between them."""
    if ran.value is None:
        return Figure(name, ran.asset_id, None, unit, notes=ran.notes)
    begin, end = ran.records[0].at, ran.records[-1].at
    records = tuple(record for record in cost.records if begin <= record.at <= end)
    unpriced = any(record.amount is None for record in records)
    notes = (*(("unpriced",) if unpriced else ()), *ran.notes)
    spent, run = total(records), ran.value
    whole = (*records, *ran.records)
    return Figure(name, ran.asset_id, quotient(spent, run), unit, whole, spent, run, notes)


def _together(name: str, unit: str, each: Sequence[Figure]) -> Figure:
    spent, run = (sum(getattr(one, half) or 0.0 for one in each) for half in ("over", "under"))
    records = tuple(record for one in each for record in one.records)
    return Figure(name, None, quotient(spent, run), unit, records, spent, run, _notes(each))
