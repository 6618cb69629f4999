"""What this replica knows of its units, and where each one stands: in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.combinations import TRAILER
from asset_model.fleet import (
    Countersignature,
    Defect,
    Inspection,
    InspectionForm,
    LegalRule,
    RepairCertificate,
    ServiceException,
    UnitAssignment,
)
from asset_model.fleet_rules import Figures, figures_at
from asset_model.inspection_forms import Asked, asked_of, every_form
from asset_model.readiness import (
    Check,
    Coupled,
    Exemption,
    Known,
    OpenDefect,
    Readiness,
    Taken,
    Unit,
    needs_check,
    readiness,
)
from asset_model.vocabulary import AssetStatus, WorkOrderStatus
from asset_model.work_orders import WorkOrder

VEHICLE, ATTACHMENT = "vehicle", "attachment"
GONE = (AssetStatus.RETIRED, AssetStatus.PLANNED)


@dataclass(frozen=True)
class UnitLine:
    """One unit, where it stands for whoever looks, and the order that it is working on."""

    unit: Unit
    asset: Asset
    mounted: tuple[str, ...]
    readiness: Readiness
    by_law: bool = True
    """Whether the law asks for circle checks of it."""
    busy_on: str | None = None
    behind: Asset | None = None
    """Of a trailer: what it is coupled to."""

    @property
    def free(self) -> bool:
        return self.readiness.may_start and self.busy_on is None


def figures(session: Session, now: datetime) -> Figures:
    return figures_at(session.scalars(select(LegalRule)), now)


def unit_of(asset: Asset) -> Unit:
    said = asset.attributes or {}
    return Unit(
        id=asset.id,
        tag=asset.tag,
        name=asset.name,
        kind=said.get("kind"),
        gross_weight_kg=said.get("gross_weight_kg"),
        status=asset.status,
    )


def unit_lines(
    session: Session, *, now: datetime, driver_id: str | None = None, only: str | None = None
) -> list[UnitLine]:
    """Every unit by its number, or one; as it stands for this driver, coupled as it is."""
    assets = _vehicles(session, only)
    ids = [asset.id for asset in assets]
    known, rules = known_of(session, ids), figures(session, now)
    mounted, busy = _mounted(session, ids), _busy(session, ids)
    coupled = _coupled(assets, known)
    by_id = {asset.id: asset for asset in assets}
    found = []
    for asset in assets:
        unit, beside = unit_of(asset), coupled[asset.id]
        stands = readiness(
            unit, known[asset.id], rules, now=now, driver_id=driver_id, beside=beside
        )
        line = UnitLine(
            unit=unit,
            asset=asset,
            mounted=tuple(mounted[asset.id]),
            readiness=stands,
            by_law=needs_check(unit, rules, [each.unit for each in beside]),
            busy_on=busy.get(asset.id),
            behind=by_id.get(asset.parent_id or "") if unit.kind == TRAILER else None,
        )
        if only in (None, asset.id):
            found.append(line)
    return found


def _vehicles(session: Session, only: str | None) -> Sequence[Asset]:
    """All, or one with what it may be coupled to."""
    query = select(Asset).where(Asset.class_code == VEHICLE, Asset.status.not_in(GONE))
    if only is not None:
        puller = select(Asset.parent_id).where(Asset.id == only).scalar_subquery()
        query = query.where(
            Asset.id.in_([only]) | (Asset.id == puller) | Asset.parent_id.in_([only])
            | (Asset.parent_id == puller)
        )  # fmt: skip
    return session.scalars(query.order_by(Asset.tag)).all()


def _coupled(
    assets: Sequence[Asset], known: Mapping[str, Known]
) -> defaultdict[str, list[Coupled]]:
    """The others of each unit's combination."""
    units = {asset.id: unit_of(asset) for asset in assets}
    members: defaultdict[str, list[str]] = defaultdict(list)
    for asset in assets:
        if units[asset.id].kind == TRAILER and asset.parent_id in units:
            members[asset.parent_id].append(asset.id)
    found: defaultdict[str, list[Coupled]] = defaultdict(list)
    for puller, trailers in members.items():
        every = [puller, *trailers]
        for id in every:
            found[id] = [Coupled(units[one], known[one]) for one in every if one != id]
    return found


def unit_line(
    session: Session, unit_id: str, *, now: datetime, driver_id: str | None = None
) -> UnitLine | None:
    found = unit_lines(session, now=now, driver_id=driver_id, only=unit_id)
    return found[0] if found else None


def free_trailers(session: Session, *, now: datetime, driver_id: str | None) -> list[UnitLine]:
    """Those behind no unit."""
    every = unit_lines(session, now=now, driver_id=driver_id)
    return [each for each in every if each.unit.kind == TRAILER and each.behind is None]


def asked(session: Session, line: UnitLine, now: datetime) -> Asked:
    """What a check of this unit asks today."""
    return asked_of(
        every_form(session.scalars(select(InspectionForm))),
        line.unit.kind,
        line.mounted,
        on=now.date(),
        by_law=line.by_law,
        behind=(line.behind.attributes or {}).get("kind") if line.behind else None,
    )


def known_of(session: Session, ids: Iterable[str]) -> defaultdict[str, Known]:
    """What is known of each unit."""
    wanted = list(ids)
    checks, defects = _checks(session, wanted), _defects(session, wanted)
    exemptions, taken = _exemptions(session, wanted), _taken(session, wanted)
    found: defaultdict[str, Known] = defaultdict(Known)
    for id in wanted:
        found[id] = Known(
            tuple(checks[id]), tuple(defects[id]), tuple(exemptions[id]), tuple(taken[id])
        )
    return found


def last_checks(ids: Iterable[str]) -> Select[Inspection]:
    """The last report of each unit; one of a clock that runs ahead counts when it was heard of."""
    last = (
        select(Inspection.asset_id, func.max(ENDED).label("ended"))
        .where(Inspection.asset_id.in_(list(ids)))
        .group_by(Inspection.asset_id)
        .subquery()
    )
    return select(Inspection).join(
        last, (last.c.asset_id == Inspection.asset_id) & (last.c.ended == ENDED)
    )


ENDED = func.min(
    Inspection.ended_at, func.coalesce(Inspection.received_at, Inspection.ended_at)
)  # SQLite's `min` of two values


def open_defects(ids: Iterable[str]) -> Select[Defect]:
    """Those that no certificate names, the gravest and oldest first."""
    certified = select(RepairCertificate.defect_id)
    return (
        select(Defect)
        .where(Defect.asset_id.in_(list(ids)), Defect.id.not_in(certified))
        .order_by(Defect.severity, Defect.found_at, Defect.id)
    )


def _checks(session: Session, ids: list[str]) -> defaultdict[str, list[Check]]:
    found: defaultdict[str, list[Check]] = defaultdict(list)
    for row in session.scalars(last_checks(ids)):
        # Never after the server heard of it: a clock that runs ahead makes no check last longer.
        ended_at = min(row.ended_at, row.received_at or row.ended_at)
        found[row.asset_id].append(Check(row.id, row.person_id, row.made_as, ended_at))
    return found


def _defects(session: Session, ids: list[str]) -> defaultdict[str, list[OpenDefect]]:
    found: defaultdict[str, list[OpenDefect]] = defaultdict(list)
    for row in session.scalars(open_defects(ids)):
        told = OpenDefect(
            row.id, row.severity, row.label_fr, row.label_en, row.found_at, row.due_at
        )
        found[row.asset_id].append(told)
    return found


def _exemptions(session: Session, ids: list[str]) -> defaultdict[str, list[Exemption]]:
    found: defaultdict[str, list[Exemption]] = defaultdict(list)
    for row in session.scalars(select(ServiceException).where(ServiceException.asset_id.in_(ids))):
        told = Exemption(frozenset(row.reasons), frozenset(row.covers), row.until)
        found[row.asset_id].append(told)
    return found


def _taken(session: Session, ids: list[str]) -> defaultdict[str, list[Taken]]:
    found: defaultdict[str, list[Taken]] = defaultdict(list)
    for row in session.scalars(select(Countersignature).where(Countersignature.asset_id.in_(ids))):
        found[row.asset_id].append(Taken(row.inspection_id, row.person_id, row.result))
    return found


def _mounted(session: Session, ids: list[str]) -> defaultdict[str, list[str]]:
    """The kinds of attachments that units carry."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    query = select(Asset).where(Asset.class_code == ATTACHMENT, Asset.parent_id.in_(ids))
    for row in session.scalars(query.order_by(Asset.tag)):
        if row.parent_id is not None and row.status == AssetStatus.IN_SERVICE:
            found[row.parent_id].append(str((row.attributes or {}).get("kind")))
    return found


def _busy(session: Session, ids: list[str]) -> dict[str, str]:
    """The order in progress on which a unit is, by unit."""
    query = (
        select(UnitAssignment.asset_id, WorkOrder)
        .join(WorkOrder, WorkOrder.id == UnitAssignment.work_order_id)
        .where(
            UnitAssignment.asset_id.in_(ids),
            UnitAssignment.released_at.is_(None),
            WorkOrder.status == WorkOrderStatus.IN_PROGRESS,
        )
    )
    return {id: order.title for id, order in session.execute(query)}
