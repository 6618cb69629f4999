"""Which buckets a row is in, which a device may hold, and whether it may touch a row."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.people import Crew, District
from asset_model.sync.wire import Columns
from asset_model.tables import OF_AN_ORDER
from sync_server.tables import Device, FeedEntry

TOWN = "town"
OFFICE = "office"
GRACE = timedelta(days=30)
"""How long after a row left a tablet's scope its edits are still judged as if it had not."""


@dataclass(frozen=True)
class Scope:
    """The buckets a device may hold."""

    buckets: tuple[str, ...]

    @cached_property
    def id(self) -> str:
        return hashlib.sha256("\n".join(self.buckets).encode()).hexdigest()[:16]

    def meets(self, buckets: Iterable[str]) -> bool:
        return not set(self.buckets).isdisjoint(buckets)


def scope_of(session: Session, device: Device) -> Scope:
    """The office holds everything; a tablet the town's lists, its district and its crew."""
    if device.kind == "office":
        districts = session.scalars(select(District.id)).all()
        crews = session.scalars(select(Crew.id)).all()
        return _scope({TOWN, OFFICE}, districts, crews)
    return _scope({TOWN}, [device.district_id], [device.crew_id])


def _scope(always: set[str], districts: Iterable[str | None], crews: Iterable[str | None]) -> Scope:
    named = {f"district:{id}" for id in districts if id} | {f"crew:{id}" for id in crews if id}
    return Scope(tuple(sorted(always | named)))


def buckets_of(
    table: str, columns: Columns, parents: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """The buckets a row belongs to, by what it says.

    `parents`: the buckets of the work orders that rows of this write belong to.
    """
    if table in OF_AN_ORDER:
        return parents.get(columns["work_order_id"], frozenset({OFFICE}))
    if table == "work_order":
        return _placed(columns) or frozenset({OFFICE})
    if table == "asset":
        return _placed({"district_id": columns["district_id"]}) or frozenset({TOWN})
    if table == "credential":
        return parents.get(columns["person_id"], frozenset()) | {OFFICE}
    return frozenset({TOWN})


def _placed(columns: Mapping[str, Any]) -> frozenset[str]:
    places = {"district": columns.get("district_id"), "crew": columns.get("crew_id")}
    return frozenset(f"{kind}:{id}" for kind, id in places.items() if id)


def held_lately(session: Session, scope: Scope, table: str, row: str, *, now: datetime) -> bool:
    """Whether the row left the scope so recently that an edit of it may have been made before."""
    entry = select(FeedEntry.row).where(
        FeedEntry.table == table,
        FeedEntry.row == row,
        FeedEntry.bucket.in_(scope.buckets),
        FeedEntry.gone_at > now - GRACE,
    )
    return session.scalars(entry).first() is not None
