"""Bringing a file's readings and fills into the database: all of them in one transaction.

A reading's id follows from its source, unit, measure and moment: a file that comes twice brings
nothing new. What cannot be is kept and queued, as if a tablet had sent it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.ids import NewId, derived_id
from asset_model.meters import DAILY_MAX, Meter, MeterReading
from asset_model.sync.wire import Change
from asset_model.vocabulary import Measure, MeterKind, Review
from gis.table import Table
from sync_server import desk
from sync_server.readings.brought import Brought, Queued
from sync_server.readings.fills import write_fill
from sync_server.readings.fleet import Fleet, the_fleet
from sync_server.readings.lines import Line, Read, lines_of
from sync_server.readings.mapping import FACTORS, ReadingMapping
from sync_server.readings.reasons import ReadingProblem

NOT_ALWAYS_METERED = frozenset({Measure.FUEL_USED})
"""Snapshots tell it of every unit; it is left out where nobody keeps a meter of it."""

IDS_PER_QUERY = 500


@dataclass(frozen=True)
class _Told:
    """A reading of a row, with the id that is its own."""

    id: str
    row: int
    asset_id: str
    read: Read


def bring_in(
    session: Session,
    table: Table,
    mapping: ReadingMapping,
    *,
    now: datetime,
    new_id: NewId,
    add_meters: bool = False,
) -> Brought:
    """Write what the file tells and the database does not know yet, in the caller's transaction."""
    brought = Brought(table, mapping)
    fleet = the_fleet(session, mapping.aliases)
    found = lines_of(table, mapping, fleet, now=now)
    brought.problems, brought.left_aside = found.problems, found.left_aside
    lines = [line for line in found.lines if add_meters or _metered(line, fleet, brought)]
    for asset, told in _new(session, lines, brought).items():
        changes = [*_meters(asset, told, fleet, brought, new_id)]
        kept = [each for each in told if fleet.meter(asset, each.read.measure, each.read.taken_at)]
        changes += [_reading(each, asset, fleet, mapping, new_id) for each in kept]
        desk.write(session, changes, now=now, new_id=new_id)
        brought.readings += len(kept)
        brought.unmetered += len(told) - len(kept)
        brought.queued += _queued(session, kept, fleet.tags[asset])
    refused = set(brought.refused_rows)
    for line in lines:
        if line.row not in refused:
            write_fill(session, line, brought, now=now)
    brought.problems.sort(key=lambda problem: (problem.row or 0, problem.code))
    return brought


def _metered(line: Line, fleet: Fleet, brought: Brought) -> bool:
    """Whether each value of the row has a meter that it can be of; else the row is refused."""
    missing = [
        read
        for read in line.reads
        if fleet.meter(line.asset_id, read.measure, read.taken_at) is None
        and read.measure not in NOT_ALWAYS_METERED
    ]
    for read in missing:
        details = {"tag": fleet.tags[line.asset_id], "measure": read.measure}
        brought.problems.append(ReadingProblem("meter_none", line.row, details))
    return not missing


def _new(session: Session, lines: Sequence[Line], brought: Brought) -> dict[str, list[_Told]]:
    """What nobody has told yet, by unit, in the order it was taken.

    Of a counter read twice at one moment (a sheet that knows days only) the higher value counts.
    What contradicts an earlier file of the same source is refused with its row.
    """
    every = [told for line in lines for told in _told(line, brought.mapping)]
    best: dict[str, _Told] = {}
    for told in every:
        if told.id not in best or told.read.value > best[told.id].read.value:
            best[told.id] = told
    brought.same_moment = len(every) - len(best)
    stands = _standing(session, list(best))
    for told in best.values():
        if stands.get(told.id, told.read.value) != told.read.value:
            details = {"stands": f"{stands[told.id]:.10g}", "value": f"{told.read.value:.10g}"}
            brought.problems.append(ReadingProblem("reading_differs", told.row, details))
    refused = set(brought.refused_rows)
    brought.unchanged += sum(t.row not in refused and t.id in stands for t in best.values())
    new: dict[str, list[_Told]] = defaultdict(list)
    for told in sorted(best.values(), key=lambda each: (each.read.taken_at, each.read.measure)):
        if told.row not in refused and told.id not in stands:
            new[told.asset_id].append(told)
    return new


def _told(line: Line, mapping: ReadingMapping) -> Iterator[_Told]:
    for read in line.reads:
        parts = (mapping.source, line.asset_id, read.measure, read.moment.said)
        yield _Told(derived_id("reading", *parts), line.row, line.asset_id, read)


def _standing(session: Session, ids: Sequence[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for start in range(0, len(ids), IDS_PER_QUERY):
        query = select(MeterReading.id, MeterReading.value)
        part = query.where(MeterReading.id.in_(ids[start : start + IDS_PER_QUERY]))
        found |= dict(session.execute(part).all())
    return found


def _meters(
    asset: str, told: Sequence[_Told], fleet: Fleet, brought: Brought, new_id: NewId
) -> Iterator[Change]:
    """A meter for each measure that the unit has none of, on it since the first reading."""
    wanted: dict[str, datetime] = {}
    for each in told:
        measure = each.read.measure
        if (
            fleet.meter(asset, measure, each.read.taken_at) is None
            and measure not in NOT_ALWAYS_METERED
        ):
            wanted[measure] = min(wanted.get(measure, each.read.taken_at), each.read.taken_at)
    for measure, since in wanted.items():
        before = fleet.meters.get((asset, measure), [])
        meter = Meter(
            id=derived_id("meter", asset, measure, instant(since)),
            asset_id=asset,
            measure=measure,
            unit=next(iter(FACTORS.get(measure, {"": 1.0}))),
            kind=MeterKind.COUNTER,
            daily_max=next((most for m, most in DAILY_MAX.items() if m == measure), None),
            offset=0.0,
            replaces_id=before[0].id if before else None,
            installed_at=since,
        )
        fleet.meters.setdefault((asset, measure), []).insert(0, meter)
        brought.meters.append((fleet.tags[asset], measure))
        yield desk.inserted(meter, new_id=new_id)


def _reading(
    each: _Told, asset: str, fleet: Fleet, mapping: ReadingMapping, new_id: NewId
) -> Change:
    meter = fleet.meter(asset, each.read.measure, each.read.taken_at)
    assert meter is not None, "those without one were left out"
    reading = MeterReading(
        id=each.id,
        meter_id=meter.id,
        asset_id=asset,
        value=each.read.value,
        taken_at=each.read.taken_at,
        source=mapping.reading_source,
        estimated=False,
    )
    return desk.inserted(reading, new_id=new_id)


def _queued(session: Session, kept: Sequence[_Told], tag: str) -> Iterator[Queued]:
    by_id = {each.id: each for each in kept}
    ids = list(by_id)
    for start in range(0, len(ids), IDS_PER_QUERY):
        query = select(MeterReading.id, MeterReading.why).where(
            MeterReading.id.in_(ids[start : start + IDS_PER_QUERY]),
            MeterReading.review == Review.QUEUED,
        )
        for id, why in session.execute(query.order_by(MeterReading.taken_at)):
            told = by_id[id]
            read = told.read
            yield Queued(told.row, tag, read.measure, read.value, read.taken_at, why or "")
