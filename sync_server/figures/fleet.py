"""The units of the fleet, what is mounted on each, and when each was in service."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.fleet import Defect, RepairCertificate
from asset_model.upkeep import StoragePeriod
from asset_model.vocabulary import AssetStatus
from maintenance.figures.uptime import Service, Stay
from sync_server.tables import JournalEntry

UNIT_CLASS, MOUNTED_CLASS = "vehicle", "attachment"
BEFORE = datetime(1970, 1, 1, tzinfo=UTC)
"""What the record says first of a unit holds of all the time before, too."""


@dataclass(frozen=True)
class Fleet:
    """`unit_of` leads from an asset to the unit it counts with: itself, or what it is mounted on.

    All in the order of their tags.
    """

    tags: Mapping[str, str]
    names: Mapping[str, str]
    statuses: Mapping[str, str]
    unit_of: Mapping[str, str]

    @property
    def units(self) -> Sequence[str]:
        return list(self.tags)


def fleet_of(session: Session, tag: str | None = None) -> Fleet:
    """The whole fleet, or one unit of it.

    :raises Refused: ``unit_not_in_fleet``
    """
    columns = (Asset.id, Asset.tag, Asset.name, Asset.status)
    query = select(*columns).where(Asset.class_code == UNIT_CLASS).order_by(Asset.tag)
    rows = session.execute(query.where(Asset.tag == tag) if tag else query).all()
    if tag and not rows:
        raise Refused("unit_not_in_fleet", tag=tag)
    units = {row.id for row in rows}
    mounted = select(Asset.id, Asset.parent_id).where(Asset.class_code == MOUNTED_CLASS)
    on = {id: parent for id, parent in session.execute(mounted) if parent and parent in units}
    return Fleet(
        tags={row.id: row.tag for row in rows},
        names={row.id: row.name for row in rows},
        statuses={row.id: row.status for row in rows},
        unit_of={**{id: id for id in units}, **on},
    )


def service_of(session: Session, fleet: Fleet, zone: ZoneInfo) -> Service:
    """When units were away from the fleet, and when they were in it and might not run."""
    absent = [*_stored(session, fleet, zone)]
    out = [*_with_defects(session, fleet)]
    for unit, status, begin, end in _statuses(session, fleet):
        stay = Stay("asset", unit, unit, begin, end)
        if status == AssetStatus.OUT_OF_SERVICE:
            out.append(stay)
        elif status != AssetStatus.IN_SERVICE:
            absent.append(stay)
    return Service(absent=absent, out=out)


def _stored(session: Session, fleet: Fleet, zone: ZoneInfo) -> Iterator[Stay]:
    for row in session.scalars(select(StoragePeriod).order_by(StoragePeriod.begins_on)):
        if row.asset_id in fleet.tags:
            begin, end = (
                None if day is None else datetime.combine(day, time(), tzinfo=zone)
                for day in (row.begins_on, row.ends_on)
            )
            assert begin is not None
            yield Stay("storage_period", row.id, row.asset_id, begin, end)


def _with_defects(session: Session, fleet: Fleet) -> Iterator[Stay]:
    """A major defect from when it was found, a minor one from the end of its delay on."""
    ended: dict[str, datetime] = {}
    signed = select(RepairCertificate.defect_id, RepairCertificate.signed_at)
    for defect, moment in session.execute(signed.order_by(RepairCertificate.signed_at)):
        ended.setdefault(defect, moment)
    columns = (Defect.id, Defect.asset_id, Defect.severity, Defect.found_at, Defect.due_at)
    for id, asset, severity, found_at, due_at in session.execute(select(*columns)):
        begin, end = found_at if severity == "major" else due_at, ended.get(id)
        if asset in fleet.tags and begin is not None and (end is None or end > begin):
            yield Stay("defect", id, asset, begin, end)


def _statuses(
    session: Session, fleet: Fleet
) -> Iterator[tuple[str, str, datetime, datetime | None]]:
    """Each status that a unit had, from when to when, by the history of its record."""
    moves: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    columns = (JournalEntry.row, JournalEntry.made_at, JournalEntry.after, JournalEntry.columns)
    query = select(*columns).where(
        JournalEntry.table == Asset.__tablename__,
        JournalEntry.row.in_(fleet.units),
        JournalEntry.result.in_(("applied", "merged")),
    )
    for unit, made_at, after, stood in session.execute(query.order_by(JournalEntry.position)):
        status = stood.get("status") or after.get("status")
        if status is not None:
            moves[unit].append((datetime.fromisoformat(made_at), status))
    for unit in fleet.units:
        told = moves[unit] or [(BEFORE, fleet.statuses[unit])]
        told[0] = (BEFORE, told[0][1])
        ends = [*(moment for moment, _ in told[1:]), None]
        for (begin, status), end in zip(told, ends, strict=True):
            yield unit, status, begin, end
