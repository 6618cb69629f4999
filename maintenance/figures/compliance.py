"""Whether what plans asked for was done in time. The rule is one of several that towns use."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from asset_model.vocabulary import OccurrenceStatus as S
from maintenance.figures.figure import Figure, Record, quotient
from maintenance.figures.spans import Period


class Asked(NamedTuple):
    """An occurrence of a plan on a unit."""

    id: str
    plan: str
    asset_id: str
    due_on: date
    status: str
    done_on: date | None
    legal: bool
    grace_days: int

    @property
    def deadline(self) -> date:
        return self.due_on if self.legal else self.due_on + timedelta(self.grace_days)


def compliance_figures(
    asked: Iterable[Asked],
    units: Sequence[str],
    period: Period,
    *,
    today: date,
    unit_of: Mapping[str, str],
) -> Iterator[Figure]:
    """The share done in time, by unit and for the fleet; what may still be done in time waits."""
    by_unit: dict[str, list[Record]] = defaultdict(list)
    for each in asked:
        unit = unit_of.get(each.asset_id)
        if unit is not None and period.holds(each.due_on) and is_decided(each, today):
            by_unit[unit].append(_record(each, unit, period))
    for unit in units:
        yield _figure(unit, by_unit[unit])
    yield _figure(None, [record for unit in units for record in by_unit[unit]])


def is_decided(each: Asked, today: date) -> bool:
    return each.status in (S.DONE, S.SKIPPED, S.MISSED) or each.deadline < today


def in_time(each: Asked) -> bool:
    return each.status == S.DONE and each.done_on is not None and each.done_on <= each.deadline


def _record(each: Asked, unit: str, period: Period) -> Record:
    details = {
        "plan": each.plan,
        "status": each.status,
        "deadline": each.deadline.isoformat(),
        "done": each.done_on.isoformat() if each.done_on else None,
    }
    at = datetime.combine(each.due_on, time(), tzinfo=period.zone)
    amount = 1.0 if in_time(each) else 0.0
    return Record("occurrence", each.id, unit, at, "occurrence", amount, None, details)


def _figure(unit: str | None, records: Sequence[Record]) -> Figure:
    done, count = sum(record.amount or 0.0 for record in records), float(len(records))
    share = quotient(100.0 * done, count)
    return Figure("compliance", unit, share, "%", tuple(records), done, count)
