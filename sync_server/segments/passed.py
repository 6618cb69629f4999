"""How often streets were passed, and when last: each, and per km of all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.passes import STREET, RateUnit
from asset_model.passes_along import Made, passes_along
from asset_model.vocabulary import AssetStatus
from sync_server.segments.shaping import length_of, standing

M_PER_KM = 1_000.0


@dataclass(frozen=True)
class Passed:
    """One street. `times` it was passed from end to end: a pass over half of it is half a time."""

    tag: str
    name: str
    length_m: float
    times: float
    km: float
    spread_kg: float
    """Of what was told per km; grams per square metre say no weight without a width."""
    last_at: datetime | None
    last_kind: str | None


def passed(
    session: Session,
    *,
    tags: Sequence[str] = (),
    since: datetime | None = None,
    kinds: Sequence[str] = (),
) -> list[Passed]:
    """Those named, or every street in service; by tag.

    :raises Refused: ``segment_unknown``
    """
    return [_line(asset, passes_along(session, asset, since=since, kinds=kinds))
            for asset in _streets(session, tags)]  # fmt: skip


def _streets(session: Session, tags: Sequence[str]) -> Iterator[Asset]:
    if tags:
        yield from (standing(session, tag) for tag in tags)
        return
    query = select(Asset).where(
        Asset.class_code == STREET,
        Asset.status != AssetStatus.RETIRED,
        Asset.geometry.is_not(None),
    )
    yield from session.scalars(query.order_by(Asset.tag))


def _line(asset: Asset, made: Sequence[Made]) -> Passed:
    length_m = length_of(asset)
    metres = sum(each.to_m - each.from_m for each in made)
    last = made[0].told if made else None
    return Passed(
        asset.tag, asset.name, length_m, round(metres / length_m, 2) if length_m else 0.0,
        round(metres / M_PER_KM, 3), round(sum(map(_kg, made)), 1),
        last.done_at if last else None, last.kind if last else None,
    )  # fmt: skip


def _kg(made: Made) -> float:
    if made.told.rate is None or made.told.rate_unit != RateUnit.KG_PER_KM:
        return 0.0
    return made.told.rate * (made.to_m - made.from_m) / M_PER_KM


def summed(lines: Sequence[Passed]) -> dict[str, Any]:
    km, passed_km = sum(line.length_m for line in lines) / M_PER_KM, sum(line.km for line in lines)
    return {
        "segments": len(lines),
        "length_km": round(km, 3),
        "passed_segments": sum(line.times > 0 for line in lines),
        "passed_km": round(passed_km, 3),
        "passes_per_km": round(passed_km / km, 2) if km else None,
        "spread_kg": round(sum(line.spread_kg for line in lines), 1),
    }
