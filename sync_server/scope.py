"""Which buckets a row is in, which a device may hold, and whether it may touch a row."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from asset_model.people import Crew, District
from asset_model.sync.wire import Columns
from asset_model.tables import OF_AN_ASSET, OF_AN_ORDER
from asset_model.vocabulary import ReadingSource
from sync_server.tables import Device, DeviceScope, FeedEntry

TOWN = "town"
OFFICE = "office"
FROM_FILES = frozenset({ReadingSource.TELEMATICS, ReadingSource.FUEL_CARD, ReadingSource.IMPORT})
AT_311 = (
    *("report", "report_photo", "incident_update"),
    *("grouping_decision", "grouping_weights"),
)
OF_THE_OFFICE = frozenset({"rate", "contact", "tablet_standing", *AT_311})
"""What no crew's tablet is sent: what people and parts cost, what citizens wrote, telephones, and
how far tablets are."""
PLACED_BY = {
    "asset": ("district_id",),
    "store": ("crew_id",),
    "handover_note": ("district_id", "crew_id"),
}
"""What says whose a row is; without it, it is everybody's, as the store of a yard is."""
GRACE = timedelta(days=30)
"""How long after a row left a tablet's scope its edits are still judged as if it had not."""


@dataclass(frozen=True)
class Scope:
    """The buckets a device may hold, and those it held until lately."""

    buckets: tuple[str, ...]
    former: frozenset[str] = frozenset()

    @cached_property
    def id(self) -> str:
        return hashlib.sha256("\n".join(self.buckets).encode()).hexdigest()[:16]

    def meets(self, buckets: Iterable[str]) -> bool:
        return not set(self.buckets).isdisjoint(buckets)

    def reaches(self, buckets: Iterable[str]) -> bool:
        """Whether work on rows of these buckets may have been done in good faith."""
        return self.meets(buckets) or not self.former.isdisjoint(buckets)


class Placed(Protocol):
    """A device, or the code for one."""

    @property
    def kind(self) -> str: ...

    @property
    def crew_id(self) -> str | None: ...

    @property
    def district_id(self) -> str | None: ...


_DISTRICTS, _CREWS = select(District.__table__.c.id), select(Crew.__table__.c.id)


def scope_of(session: Session, device: Placed) -> Scope:
    """The office holds everything; a tablet the town's lists, its crew, and its district.

    A crew without a district serves the whole town.
    """
    always = {TOWN, OFFICE} if device.kind == "office" else {TOWN}
    districts: Iterable[str | None] = [device.district_id]
    crews: Iterable[str | None] = [device.crew_id]
    if device.kind == "office" or device.district_id is None:
        districts = session.scalars(_DISTRICTS).all()
    if device.kind == "office":
        crews = session.scalars(_CREWS).all()
    named = {f"district:{id}" for id in districts if id} | {f"crew:{id}" for id in crews if id}
    return Scope(tuple(sorted(always | named)))


def with_former(session: Session, device: Device, scope: Scope, *, now: datetime) -> Scope:
    """The scope, with the buckets that the device held within the grace."""
    left = session.scalars(_LEFT, {"device": device.id, "since": now - GRACE})
    return replace(scope, former=frozenset(left))


_LEFT = select(DeviceScope.bucket).where(
    DeviceScope.device_id == bindparam("device"), DeviceScope.left_at > bindparam("since")
)


def remember(session: Session, device: Device, scope: Scope, *, now: datetime) -> None:
    """Note which buckets the device has been told to hold, and when it was told to drop others."""
    held = {entry.bucket: entry for entry in _told(session, device)}
    for bucket in scope.buckets:
        if bucket not in held:
            session.add(DeviceScope(device_id=device.id, bucket=bucket))
        else:
            held[bucket].left_at = None
    for bucket in held.keys() - set(scope.buckets):
        held[bucket].left_at = held[bucket].left_at or now


def _told(session: Session, device: Device) -> Iterable[DeviceScope]:
    return session.scalars(select(DeviceScope).where(DeviceScope.device_id == device.id)).all()


def buckets_of(
    table: str, columns: Columns, parents: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """The buckets a row belongs to, by what it says.

    `parents`: the buckets of the work orders and assets that rows of this write belong to. What
    files tell of meters all day stays at the office: a tablet has the meter with its latest total.
    """
    if table in OF_AN_ASSET:
        from_a_file = table == "meter_reading" and columns["source"] in FROM_FILES
        goes_with = parents.get(columns["asset_id"], frozenset({TOWN}))
        return frozenset({OFFICE}) if from_a_file else goes_with
    if table in OF_AN_ORDER:
        return parents.get(columns["work_order_id"], frozenset({OFFICE}))
    if table in OF_THE_OFFICE:
        return frozenset({OFFICE})
    if table in ("work_order", "incident"):
        return _placed(columns) or frozenset({OFFICE})
    if table == "credential":
        return parents.get(columns["person_id"], frozenset()) | {OFFICE}
    whose = {name: columns[name] for name in PLACED_BY.get(table, ())}
    return _placed(whose) or frozenset({TOWN})


def _placed(columns: Mapping[str, Any]) -> frozenset[str]:
    places = {"district": columns.get("district_id"), "crew": columns.get("crew_id")}
    return frozenset(f"{kind}:{id}" for kind, id in places.items() if id)


def left_at(session: Session, scope: Scope, table: str, row: str) -> datetime | None:
    """When the row last left the buckets of this scope; None if it never was in them."""
    held = [*scope.buckets, *scope.former]
    query = select(FeedEntry.gone_at).where(
        FeedEntry.table == table,
        FeedEntry.row == row,
        FeedEntry.bucket.in_(held),
        FeedEntry.gone_at.is_not(None),
    )
    return max((moment for moment in session.scalars(query) if moment), default=None)
