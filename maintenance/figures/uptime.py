"""How long units could be used, how often they broke down, and how long the repair took.

Definitions as in the trade: MTBF = uptime ÷ failures and MTTR = repair time ÷ repairs, counting
breakdowns only (`rules.py` has each in full).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from asset_model.vocabulary import WorkOrderKind
from maintenance.figures.figure import Figure, Record, quotient
from maintenance.figures.rules import BREAKDOWN_KINDS, BREAKDOWN_PRIORITY_MAX
from maintenance.figures.spans import HOUR, Period, Span, clipped, hours, united, without


class Job(NamedTuple):
    """An order on a unit that was not cancelled."""

    id: str
    number: str | None
    asset_id: str
    kind: str
    priority: int
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    major_defect: bool = False
    """It repairs a defect with which the unit may not run."""

    @property
    def is_breakdown(self) -> bool:
        urgent = self.kind == WorkOrderKind.CORRECTIVE and self.priority <= BREAKDOWN_PRIORITY_MAX
        return self.major_defect or self.kind in BREAKDOWN_KINDS or urgent


class Stay(NamedTuple):
    """A unit was in a state for a time, and which record says so."""

    table: str
    id: str
    asset_id: str
    begin: datetime
    end: datetime | None
    """None: it still is."""


@dataclass(frozen=True)
class Service:
    """When units were in the fleet at all, and when they were out of service."""

    absent: Iterable[Stay] = ()
    """Stored away, not yet bought, retired: in neither half of the availability."""
    out: Iterable[Stay] = ()


@dataclass
class _Unit:
    base: list[Span] = field(default_factory=list)
    down: list[Span] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    broke: list[Record] = field(default_factory=list)
    repaired: list[Record] = field(default_factory=list)

    @cached_property
    def in_service_h(self) -> float:
        return hours(self.base)

    @cached_property
    def up_h(self) -> float:
        return hours(without(self.base, self.down))

    @property
    def repair_h(self) -> float:
        return sum(record.amount or 0.0 for record in self.repaired)


def uptime_figures(
    jobs: Iterable[Job], service: Service, units: Sequence[str], period: Period, *, now: datetime
) -> Iterator[Figure]:
    """Availability, breakdowns, MTBF and MTTR of each unit and of the fleet; nothing after now."""
    span = Span(period.span.begin, max(period.span.begin, min(period.span.end, now)))
    found = {unit: _Unit([span]) for unit in units}
    absent = _by_unit(service.absent, span, now)
    for unit, away in absent.items():
        if unit in found:
            found[unit].base = without([span], [where for where, _ in away])
            found[unit].records += [record for _, record in away]
    down = [*service.out, *_stays(jobs_of := list(jobs))]
    for unit, stays in _by_unit(down, span, now).items():
        if unit in found:
            found[unit].down = united(where for where, _ in stays)
            found[unit].records += [record for _, record in stays]
    _breakdowns(jobs_of, found, span)
    for unit, known in found.items():
        yield from _figures(unit, [known])
    yield from _figures(None, list(found.values()))


def _stays(jobs: Iterable[Job]) -> Iterator[Stay]:
    """When each job kept its unit from being used.

    A major defect does so by itself, until somebody certifies that the unit may return: its order
    may be closed much later.
    """
    for job in jobs:
        reported = job.is_breakdown and not job.major_defect
        begin = job.created_at if reported else job.started_at
        if begin is not None:
            yield Stay("work_order", job.id, job.asset_id, begin, job.completed_at)


def _by_unit(
    stays: Iterable[Stay], span: Span, now: datetime
) -> Mapping[str, list[tuple[Span, Record]]]:
    """The part of each stay within the span, with the record of it in hours."""
    found: dict[str, list[tuple[Span, Record]]] = defaultdict(list)
    for stay in stays:
        where = clipped(Span(stay.begin, stay.end or max(now, stay.begin)), span)
        if where is not None:
            lasted = (where.end - where.begin) / HOUR
            details = {"until": None if stay.end is None else stay.end.isoformat()}
            record = Record(stay.table, stay.id, stay.asset_id, stay.begin, stay.table, lasted,
                            details=details)  # fmt: skip
            found[stay.asset_id].append((where, record))
    return found


def _breakdowns(jobs: Iterable[Job], found: Mapping[str, _Unit], span: Span) -> None:
    for job in jobs:
        known = found.get(job.asset_id)
        if known is None or not job.is_breakdown:
            continue
        if span.begin <= job.created_at < span.end:
            known.broke.append(_record(job, job.created_at, 1.0))
        if job.completed_at is not None and span.begin <= job.completed_at < span.end:
            began = job.started_at or job.created_at
            known.repaired.append(_record(job, began, (job.completed_at - began) / HOUR))


def _record(job: Job, at: datetime, amount: float) -> Record:
    details = {"until": job.completed_at.isoformat()} if job.completed_at else {"until": None}
    return Record("work_order", job.id, job.asset_id, at, "breakdown", amount, job.number, details)


def _figures(unit: str | None, known: Sequence[_Unit]) -> Iterator[Figure]:
    up, base = sum(one.up_h for one in known), sum(one.in_service_h for one in known)
    records = tuple(record for one in known for record in one.records)
    broke = tuple(record for one in known for record in one.broke)
    repaired = tuple(record for one in known for record in one.repaired)
    share = quotient(100.0 * up, base)
    yield Figure("availability", unit, share, "%", records, up, base)
    yield Figure("breakdowns", unit, float(len(broke)), "", broke)
    yield Figure("mtbf", unit, quotient(up, len(broke)), "h", broke, up, float(len(broke)))
    spent = sum(one.repair_h for one in known)
    mttr = quotient(spent, len(repaired))
    yield Figure("mttr", unit, mttr, "h", repaired, spent, float(len(repaired)))
