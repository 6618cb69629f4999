"""What segments cost, what was done on them, and in which condition they are; each and per km."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.linear.heirs import SOURCE, read_key
from asset_model.meters import Meter, MeterReading
from asset_model.prices import prices_set
from asset_model.vocabulary import OPEN_STATUSES, TRUSTED, AssetStatus, MeterKind
from asset_model.work_orders import WorkOrder
from maintenance.figures.costs import cost_records
from maintenance.figures.figure import Record
from maintenance.figures.spans import Period
from sync_server.figures import facts
from sync_server.figures.fleet import Fleet
from sync_server.segments.shaping import LINES, length_of


@dataclass(frozen=True)
class Condition:
    """The latest trusted reading of one gauge: a PCI, a grade."""

    measure: str
    value: float
    read_on: date


@dataclass(frozen=True)
class Line:
    """One segment. `cost` is of what has a rate; `unpriced` counts what has none."""

    tag: str
    name: str
    length_m: float
    orders: float
    open: int
    hours: float
    cost: float
    unpriced: int
    conditions: tuple[Condition, ...]

    @property
    def cost_per_km(self) -> float:
        return round(self.cost / self.length_m * 1000, 2) if self.length_m else 0.0


def lines(
    session: Session, period: Period, *, class_code: str, tags: Sequence[str] = ()
) -> list[Line]:
    """One line for each standing segment of a class, or for those named, by tag.

    Work on a segment that was cut is shared among its pieces by what they have of its length; an
    order that says its measures is on the pieces that it touches.

    :raises Refused: ``segment_unknown``
    """
    assets = _assets(session, class_code, tags)
    shares = _shares(session, assets)
    records: dict[str, list[Record]] = {}
    for record in _records(session, period, shares):
        records.setdefault(record.asset_id, []).append(record)
    orders = _orders(session, period, shares)
    conditions = _conditions(session, period, [asset.id for asset in assets])
    placed = _by_order(orders)
    return [
        _line(asset, shares, records, orders, placed, conditions.get(asset.id, ()))
        for asset in assets
    ]


Share = tuple[str, float, float]
"""An old or standing asset that a segment is made of: its id, from one measure to another."""


@dataclass(frozen=True)
class Shares:
    """By the id of each segment, what it is made of; and how long each of those is."""

    of: Mapping[str, Sequence[Share]]
    lengths: Mapping[str, float]
    tags: Mapping[str, str]


def _assets(session: Session, class_code: str, tags: Sequence[str]) -> Sequence[Asset]:
    query = select(Asset).where(
        Asset.status != AssetStatus.RETIRED,
        Asset.geometry.is_not(None),
        Asset.class_code.in_(LINES),
    )
    wanted = (
        query.where(Asset.tag.in_(tags)) if tags else query.where(Asset.class_code == class_code)
    )
    found = session.scalars(wanted.order_by(Asset.tag)).all()
    for missing in sorted(set(tags) - {asset.tag for asset in found}):
        raise Refused("segment_unknown", tag=missing)
    return found


def _shares(session: Session, assets: Iterable[Asset]) -> Shares:
    """Each segment itself, and back through every edit what it was."""
    edited = select(
        Asset.id, Asset.tag, Asset.length_m, Asset.geometry, Asset.source, Asset.source_key
    )
    past = edited.where((Asset.source == SOURCE) | (Asset.status == AssetStatus.RETIRED))
    rows = {row.tag: row for row in session.execute(past)}
    of: dict[str, list[Share]] = {}
    for asset in assets:
        of[asset.id] = [(asset.id, 0.0, length_of(asset))]
        ahead = read_key(asset.tag, asset.source_key) if asset.source == SOURCE else []
        for heir in ahead:
            old = rows.get(heir.old)
            if old is not None:
                of[asset.id].append((old.id, heir.old_from_m, heir.old_to_m))
                if old.source == SOURCE:
                    older = read_key(old.tag, old.source_key)
                    ahead += [h for h in older if _meets(h.new_from_m, h.new_to_m, heir)]
    lengths = {row.id: length_of(row) for row in rows.values()}
    lengths |= {asset.id: length_of(asset) for asset in assets}
    tags = {row.id: row.tag for row in rows.values()} | {a.id: a.tag for a in assets}
    return Shares(of, lengths, tags)


def _meets(one: float, other: float, heir: Any) -> bool:
    return min(one, other) < float(heir.old_to_m) and max(one, other) > float(heir.old_from_m)


def _records(session: Session, period: Period, shares: Shares) -> Iterator[Record]:
    """Every hour, part and invoice on the segments and on what they were, each with its price."""
    every = {id for parts in shares.of.values() for id, _, _ in parts}
    places = Fleet(shares.tags, shares.tags, {}, {id: id for id in every})
    spent = facts.spent(session, places, period)
    yield from cost_records(spent, prices_set(session), period, places.unit_of)


Orders = Mapping[str, Sequence[WorkOrder]]
"""By the id of the asset."""


def _orders(session: Session, period: Period, shares: Shares) -> Orders:
    begin, end = period.span
    every = {id for parts in shares.of.values() for id, _, _ in parts}
    query = (
        select(WorkOrder)
        .where(WorkOrder.asset_id.is_not(None))
        .where(WorkOrder.created_at >= begin, WorkOrder.created_at < end)
        .order_by(WorkOrder.created_at, WorkOrder.id)
    )
    found: dict[str, list[WorkOrder]] = {}
    for order in session.scalars(query):
        if order.asset_id in every:
            found.setdefault(order.asset_id or "", []).append(order)
    return found


def _by_order(orders: Orders) -> dict[str, WorkOrder]:
    """By the number that records name orders by."""
    return {o.number or o.alias or "": o for these in orders.values() for o in these}


def _line(
    asset: Asset,
    shares: Shares,
    records: Mapping[str, Sequence[Record]],
    orders: Orders,
    placed: Mapping[str, WorkOrder],
    conditions: Sequence[Condition],
) -> Line:
    cost = hours = count = 0.0
    opened = unpriced = 0
    for part, start, end in shares.of[asset.id]:
        length_m = shares.lengths.get(part, 0.0)
        for order in orders.get(part, ()):
            share = _share(order, start, end, length_m)
            count += share
            opened += share > 0 and order.status in OPEN_STATUSES
        for record in records.get(part, ()):
            share = _share(placed.get(record.order or ""), start, end, length_m)
            cost += share * (record.amount or 0.0)
            unpriced += record.amount is None and share > 0
            if record.what == "labour":
                hours += share * float(record.details.get("quantity", 0.0))
    return Line(
        asset.tag, asset.name, length_of(asset), round(count, 2), opened, round(hours, 2),
        round(cost, 2), unpriced, tuple(conditions),
    )  # fmt: skip


def _share(order: WorkOrder | None, start: float, end: float, length_m: float) -> float:
    """How much of an order is between two measures of its segment, from 0 to 1."""
    low, high = 0.0, length_m
    if order is not None and order.from_m is not None:
        low = order.from_m
        high = order.from_m if order.to_m is None else max(low, order.to_m)
    if high <= low:  # A place is on the piece that begins there; at the very end, on the last.
        last = low >= length_m and end >= length_m
        return 1.0 if start <= low < end or last else 0.0
    return max(0.0, min(high, end) - max(low, start)) / (high - low)


def _conditions(session: Session, period: Period, ids: Sequence[str]) -> dict[str, list[Condition]]:
    """The latest of each gauge, read no later than the period's end."""
    query = (
        select(Meter.asset_id, Meter.measure, MeterReading.value, MeterReading.taken_at)
        .join(MeterReading, MeterReading.meter_id == Meter.id)
        .where(Meter.kind == MeterKind.GAUGE, MeterReading.review.in_(TRUSTED))
        .where(MeterReading.taken_at < period.span.end)
        .order_by(MeterReading.taken_at)
    )
    wanted, latest = set(ids), dict[tuple[str, str], Condition]()
    for asset_id, measure, value, taken_at in session.execute(query):
        if asset_id in wanted:
            latest[asset_id, measure] = Condition(measure, value, period.day_of(taken_at))
    found: dict[str, list[Condition]] = {}
    for (asset_id, _), condition in sorted(latest.items()):
        found.setdefault(asset_id, []).append(condition)
    return found


def summed(found: Sequence[Line]) -> dict[str, Any]:
    """All lines as one, per km; conditions weigh by length, over what has been read."""
    length_m = sum(line.length_m for line in found)
    km = length_m / 1000
    cost = round(sum(line.cost for line in found), 2)
    orders = round(sum(line.orders for line in found), 2)
    return {
        "segments": len(found),
        "length_km": round(km, 3),
        "orders": orders,
        "orders_per_km": round(orders / km, 2) if km else None,
        "open": sum(line.open for line in found),
        "hours": round(sum(line.hours for line in found), 2),
        "cost": cost,
        "cost_per_km": round(cost / km, 2) if km else None,
        "unpriced": sum(line.unpriced for line in found),
        "conditions": list(_means(found, length_m)),
    }


def _means(found: Sequence[Line], length_m: float) -> Iterator[dict[str, Any]]:
    read: dict[str, list[tuple[float, float]]] = {}
    for line in found:
        for condition in line.conditions:
            read.setdefault(condition.measure, []).append((condition.value, line.length_m))
    for measure, pairs in sorted(read.items()):
        over = sum(length for _, length in pairs)
        if over:
            mean = sum(value * length for value, length in pairs) / over
            yield {
                "measure": measure,
                "mean": round(mean, 2),
                "share_of_length": round(over / length_m, 4),
            }
