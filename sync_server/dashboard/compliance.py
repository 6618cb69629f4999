"""What plans asked for in the month, on any asset, and whether it was done in time."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.plans import MaintenancePlan, Occurrence
from maintenance.due import TORONTO
from maintenance.figures.compliance import Asked, in_time, is_decided
from maintenance.figures.spans import Period
from sync_server.dashboard.figure import Figure, Listing, Part, Row, paged
from sync_server.dashboard.narrowing import Narrowing

KEPT, LATE = "kept", "late"


class Line(NamedTuple):
    asked: Asked
    order_id: str
    title_fr: str
    title_en: str
    asset: str | None


def compliance(session: Session, narrowed: Narrowing, now: datetime) -> Figure:
    lines = decided(session, narrowed, narrowed.month, now)
    kept = sum(in_time(line.asked) for line in lines)
    parts = [Part(KEPT, float(kept), kept), Part(LATE, float(len(lines) - kept), len(lines) - kept)]
    share = 100 * kept / len(lines) if lines else None
    return Figure("compliance", share, "%", len(lines), parts)


def compliance_list(
    session: Session,
    part: str | None,
    narrowed: Narrowing,
    days: Period,
    now: datetime,
    page: int | None,
) -> Listing:
    """The occurrences that count, those that were not kept first."""
    lines = [
        line
        for line in decided(session, narrowed, days, now)
        if part is None or in_time(line.asked) == (part == KEPT)
    ]
    lines.sort(key=lambda line: (in_time(line.asked), line.asked.deadline, line.asked.id))
    shown = paged(lines, page)
    return Listing(len(lines), [_row(line) for line in shown])


def decided(session: Session, narrowed: Narrowing, days: Period, now: datetime) -> list[Line]:
    """Those that are done, given up, or past their deadline; the others may still be in time."""
    return [line for line in asked_in(session, narrowed, days) if settled(line, now)]


def settled(line: Line, now: datetime) -> bool:
    return is_decided(line.asked, now.astimezone(TORONTO).date())


def asked_in(session: Session, narrowed: Narrowing, days: Period) -> list[Line]:
    """All that plans asked for in these days."""
    plan = MaintenancePlan
    query = (
        select(
            Occurrence.id, plan.code, Occurrence.asset_id, Occurrence.due_on, Occurrence.status,
            Occurrence.done_at, plan.legal, plan.grace_days, Occurrence.absorbed_by,
            plan.title_fr, plan.title_en, Asset.name,
        )
        .join(plan, plan.id == Occurrence.plan_id)
        .join(Asset, Asset.id == Occurrence.asset_id, isouter=True)
        .where(Occurrence.due_on.between(days.first, days.last))
        .where(*narrowed.of(Asset.district_id, plan.crew_id))
    )  # fmt: skip
    lines = []
    for (
        id,
        code,
        asset,
        due_on,
        status,
        done_at,
        legal,
        grace,
        absorbed_by,
        fr,
        en,
        name,
    ) in session.execute(query):
        done_on = None if done_at is None else done_at.astimezone(TORONTO).date()
        asked = Asked(id, code, asset or "", due_on, status, done_on, legal, grace)
        lines.append(Line(asked, absorbed_by or id, fr, en, name))
    return lines


def _row(line: Line) -> Row:
    asked = line.asked
    return {
        "id": asked.id,
        "table": "occurrence",
        "number": asked.plan,
        "title": {"fr": line.title_fr, "en": line.title_en},
        "place": line.asset,
        "status": KEPT if in_time(asked) else LATE,
        "day": asked.deadline.isoformat(),
        "done_on": asked.done_on.isoformat() if asked.done_on else None,
        "law": asked.legal,
        "route": f"/orders/{line.order_id}",
    }
