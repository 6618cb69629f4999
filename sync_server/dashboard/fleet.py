"""Who of the fleet may leave now, and why the others may not: in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import sentence
from asset_model.fleet import Defect, Inspection, LegalRule, RepairCertificate, ServiceException
from asset_model.fleet_rules import figures_at
from asset_model.fleet_vocabulary import Standing
from asset_model.readiness import (
    Check,
    Exemption,
    Known,
    OpenDefect,
    Readiness,
    Reason,
    Unit,
    readiness,
)
from asset_model.vocabulary import AssetStatus
from sync_server.dashboard.figure import Figure, Listing, Part, Row, paged

VEHICLE = "vehicle"
GONE = (AssetStatus.RETIRED, AssetStatus.PLANNED)
READY = (Standing.READY, Standing.EXCEPTED)


class Standings(NamedTuple):
    unit: Unit
    found: Readiness


def fleet(session: Session, now: datetime) -> Figure:
    """The share of units that may leave; `parts` count each standing."""
    every = standings(session, now)
    counts = {code: sum(each.found.standing == code for each in every) for code in Standing}
    parts = [Part(code, float(count), count) for code, count in counts.items()]
    ready = sum(counts[code] for code in READY)
    share = 100 * ready / len(every) if every else None
    return Figure("fleet", share, "%", len(every), parts)


def fleet_list(session: Session, part: str | None, now: datetime, page: int | None) -> Listing:
    """The units, those that may not leave first."""
    lines = [each for each in standings(session, now) if part in (None, each.found.standing)]
    lines.sort(key=lambda each: (each.found.standing in READY, each.unit.tag))
    shown = paged(lines, page)
    return Listing(len(lines), [_row(each) for each in shown])


def standings(session: Session, now: datetime) -> Sequence[Standings]:
    columns = (Asset.id, Asset.tag, Asset.name, Asset.status, Asset.attributes)
    query = select(*columns).where(Asset.class_code == VEHICLE, Asset.status.not_in(GONE))
    units = [
        Unit(id, tag, name, said.get("kind"), said.get("gross_weight_kg"), status)
        for id, tag, name, status, said in session.execute(query.order_by(Asset.tag))
    ]
    rules = figures_at(session.scalars(select(LegalRule)), now)
    known = _known(session, now)
    return [Standings(unit, readiness(unit, known[unit.id], rules, now=now)) for unit in units]


def _known(session: Session, now: datetime) -> defaultdict[str, Known]:
    checks, defects, exemptions = _checks(session), _defects(session), _exemptions(session, now)
    found: defaultdict[str, Known] = defaultdict(Known)
    for id in {*checks, *defects, *exemptions}:
        found[id] = Known(tuple(checks[id]), tuple(defects[id]), tuple(exemptions[id]))
    return found


def _checks(session: Session) -> defaultdict[str, list[Check]]:
    """The last report of each unit; one of a clock that runs ahead counts when it was heard of."""
    place = func.row_number().over(
        partition_by=Inspection.asset_id, order_by=Inspection.ended_at.desc()
    )
    ranked = select(Inspection.id, place.label("place")).subquery()
    last = select(Inspection).join(ranked, ranked.c.id == Inspection.id).where(ranked.c.place == 1)
    found: defaultdict[str, list[Check]] = defaultdict(list)
    for row in session.scalars(last):
        ended_at = min(row.ended_at, row.received_at or row.ended_at)
        found[row.asset_id].append(Check(row.id, row.person_id, row.made_as, ended_at))
    return found


def _defects(session: Session) -> defaultdict[str, list[OpenDefect]]:
    certified = select(RepairCertificate.defect_id)
    query = select(Defect).where(Defect.id.not_in(certified))
    found: defaultdict[str, list[OpenDefect]] = defaultdict(list)
    for row in session.scalars(query.order_by(Defect.severity, Defect.found_at, Defect.id)):
        told = OpenDefect(
            row.id, row.severity, row.label_fr, row.label_en, row.found_at, row.due_at
        )
        found[row.asset_id].append(told)
    return found


def _exemptions(session: Session, now: datetime) -> defaultdict[str, list[Exemption]]:
    found: defaultdict[str, list[Exemption]] = defaultdict(list)
    for row in session.scalars(select(ServiceException).where(ServiceException.until > now)):
        told = Exemption(frozenset(row.reasons), frozenset(row.covers), row.until)
        found[row.asset_id].append(told)
    return found


def _row(each: Standings) -> Row:
    reasons = each.found.blocking or each.found.reasons
    return {
        "id": each.unit.id,
        "table": "asset",
        "number": each.unit.tag,
        "title": {"fr": each.unit.name, "en": each.unit.name},
        "place": None,
        "status": each.found.standing,
        "at": None,
        "why": {"fr": _why(reasons, "fr"), "en": _why(reasons, "en")} if reasons else None,
        "route": f"/units/{each.unit.id}",
    }


def _why(reasons: Iterable[Reason], language: str) -> str:
    return " ".join(sentence(r.code, language, r.details) for r in reasons)
