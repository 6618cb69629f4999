"""What is along a segment, by measure: work, closures, passes, conditions, signs, then and now.

What was on an older segment is told by the measures of the one that stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from math import inf

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.closures import Closure
from asset_model.geometry import middle
from asset_model.linear.heirs import heirs_of
from asset_model.linear.ruler import Ruler
from asset_model.linear.stretches import Stretch, ancestry, reanchored
from asset_model.meters import Meter, MeterReading
from asset_model.passes import Pass
from asset_model.passes_along import passes_along
from asset_model.spatial import assets_along
from asset_model.vocabulary import TRUSTED, AssetStatus, MeterKind
from sync_server.segments.heirs import orders_on
from sync_server.segments.shaping import standing

ALONG = ("sign", "street_light", "hydrant", "valve", "catch_basin", "manhole", "traffic_signal")
WITHIN_M = 15.0
"""From the middle of a street to its signs and its lights."""


@dataclass(frozen=True)
class Event:
    """Something from one measure to another; a place has the same twice."""

    kind: str
    """work, closure, pass, condition or asset."""
    from_m: float
    to_m: float
    side: str
    what: str
    ref: str
    """The order's number, the asset's tag, or the meter's measure."""
    segment: str
    """The segment that it was on."""
    at: datetime | None = None
    value: float | None = None
    direction: str | None = None
    """Of a pass: along the line, or against it."""


def events(session: Session, tag: str, *, from_m: float = 0.0, to_m: float = inf) -> list[Event]:
    """All that touches a part of a segment, by measure.

    :raises Refused: ``segment_unknown``
    """
    asset = standing(session, tag)
    length_m = Ruler(asset.geometry or {}).length_m
    of_it = _of(session, Stretch(tag, 0.0, length_m), length_m)
    found = [*of_it, *_passes(session, asset), *_beside(session, asset)]
    wanted = [each for each in found if each.from_m <= to_m and each.to_m >= from_m]
    return sorted(wanted, key=lambda each: (each.from_m, each.to_m, each.kind, each.ref))


def _of(session: Session, stretch: Stretch, length_m: float) -> Iterator[Event]:
    """Work and conditions on a stretch of a segment, and on what it was before."""
    yield from _work(session, stretch, length_m)
    yield from _closures(session, stretch)
    yield from _conditions(session, stretch, length_m)
    heirs = heirs_of(session, stretch.segment)
    for older in ancestry(stretch, heirs):
        for event in _of(session, older, inf):
            yield from _now(event, older, [h for h in heirs if h.old == older.segment])


def _now(event: Event, older: Stretch, heirs: Iterable[object]) -> Iterator[Event]:
    """An event on an older segment, by the measures of its heir; clipped to what it inherited."""
    start, end = max(event.from_m, older.from_m), min(event.to_m, older.to_m)
    side = event.side if event.side in ("left", "right") else "both"
    told = Stretch(older.segment, start, end, side)  # type: ignore[arg-type]
    for now in reanchored(told, list(heirs)):  # type: ignore[arg-type]
        yield Event(
            event.kind, now.from_m, now.to_m, now.side, event.what, event.ref, event.segment,
            event.at, event.value,
        )  # fmt: skip


def _work(session: Session, stretch: Stretch, length_m: float) -> Iterator[Event]:
    for order in orders_on(session, stretch):
        start, end = order.from_m, order.to_m
        whole = start is None
        yield Event(
            "work",
            0.0 if start is None else start,
            (length_m if whole else start or 0.0) if end is None else end,
            order.side or "both",
            order.title,
            order.number or order.alias or "",
            stretch.segment,
            order.completed_at or order.created_at,
        )


def _closures(session: Session, stretch: Stretch) -> Iterator[Event]:
    query = select(Closure).join(Asset, Asset.id == Closure.asset_id)
    query = query.where(Asset.tag == stretch.segment).order_by(Closure.begins_at, Closure.id)
    for each in session.scalars(query):
        if each.from_m <= stretch.to_m and each.to_m >= stretch.from_m:
            yield Event(
                "closure", each.from_m, each.to_m, each.side or "both",
                " ".join(filter(None, (each.kind, each.status, each.cause, each.detour))),
                each.id, stretch.segment, each.begins_at,
            )  # fmt: skip


def _conditions(session: Session, stretch: Stretch, length_m: float) -> Iterator[Event]:
    query = (
        select(MeterReading.value, MeterReading.taken_at, Meter.measure)
        .join(Meter, Meter.id == MeterReading.meter_id)
        .join(Asset, Asset.id == Meter.asset_id)
        .where(Asset.tag == stretch.segment, Meter.kind == MeterKind.GAUGE)
        .where(MeterReading.review.in_(TRUSTED))
        .order_by(MeterReading.taken_at)
    )
    for value, taken_at, measure in session.execute(query):
        yield Event(
            "condition", 0.0, length_m, "both", f"{measure} {value:g}", measure,
            stretch.segment, taken_at, value,
        )  # fmt: skip


def _passes(session: Session, asset: Asset) -> Iterator[Event]:
    for made in passes_along(session, asset):
        told = made.told
        yield Event(
            "pass", made.from_m, made.to_m, "both", f"{told.kind} {_load(told)}".rstrip(), told.id,
            made.tag, told.done_at, told.rate, made.direction,
        )  # fmt: skip


def _load(told: Pass) -> str:
    """What was spread, and how thick: ``salt 120 kg_per_km``."""
    rate = f"{told.rate:g} {told.rate_unit}" if told.rate is not None else ""
    return " ".join(filter(None, (told.material, rate)))


def _beside(session: Session, asset: Asset) -> Iterator[Event]:
    """What stands along it: what hangs on it, and what of these classes is near enough."""
    ruler = Ruler(asset.geometry or {})
    for other in _candidates(session, asset):
        on_line = ruler.locate(middle(other.geometry or {}))
        side = "both" if on_line.side == "on" else on_line.side
        what = f"{other.class_code} {other.name}"
        at_m = on_line.measure_m
        yield Event("asset", at_m, at_m, side, what, other.tag, asset.tag)


def _candidates(session: Session, asset: Asset) -> Iterable[Asset]:
    line = asset.geometry or {}
    along = assets_along(session, [line], WITHIN_M, classes=ALONG)
    hung = select(Asset).where(
        Asset.parent_id == asset.id,
        Asset.class_code.in_(ALONG),
        Asset.status != AssetStatus.RETIRED,
        Asset.geometry.is_not(None),
    )
    found = {each.asset.id: each.asset for each in along}
    return [*found.values(), *(o for o in session.scalars(hung) if o.id not in found)]
