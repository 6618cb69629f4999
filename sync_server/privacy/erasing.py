"""Forgetting who sent reports: what they said of themselves, and where it was copied to.

The problem and its place stay, for the town has to mend it (docs/decisions/0031).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.facts import Comment, ContestedValue
from asset_model.incidents import IncidentUpdate, Report
from asset_model.matters import Matter, Settlement
from asset_model.people import Person
from asset_model.work_orders import WorkOrder
from sync_server.intake.contacts import MAY_ERASE, contacts_of, log
from sync_server.intake.tables import ReportContact, ReportLink
from sync_server.notices.forgetting import forget_letters, hide_in_notices
from sync_server.notices.tables import MailWish
from sync_server.privacy.hiding import hider_of
from sync_server.privacy.pictures import destroy_pictures
from sync_server.privacy.rewriting import Rewriting
from sync_server.workspace import Key


@dataclass
class Erased:
    """What was forgotten: how many of each, and the files of pictures that no row names any more.

    The files are the caller's to remove, once the transaction stands.
    """

    reports: int
    contacts: int = 0
    texts: int = 0
    history: int = 0
    pictures: int = 0
    letters: int = 0
    files: list[str] = field(default_factory=list)


def erase(
    session: Session,
    reports: Sequence[Report],
    by: Person,
    *,
    why: str | None,
    words: bool = False,
    now: datetime,
) -> Erased:
    """Forget who sent these reports; with `words`, also what they wrote and photographed.

    :raises Refused: ``role_not_allowed``
    """
    if by.role not in MAY_ERASE:
        raise Refused("role_not_allowed", role=by.role, what="- contact")
    ids = [report.id for report in reports]
    contacts = contacts_of(session, ids)
    done, keys = Erased(len(ids), len(contacts)), _about(session, reports)
    if words:
        done.pictures, done.files = destroy_pictures(session, ids, now=now)
    emptied = _written_by(session, ids) if words else frozenset()
    hide = hider_of(contacts)
    rewriting = Rewriting(session, hide, emptied)
    done.texts = rewriting.rows(keys, now=now)
    done.history = rewriting.history(keys) + hide_in_notices(session, _of_incidents(keys), hide)
    done.letters = forget_letters(session, ids)
    for model in (ReportContact, ReportLink, MailWish):
        session.execute(delete(model).where(model.report_id.in_(ids)))
    for report in reports:
        log(session, report, by, "erased", why, now)
    return done


def _of_incidents(keys: Sequence[Key]) -> list[str]:
    return [row for table, row in keys if table == "incident"]


def _written_by(session: Session, reports: Sequence[str]) -> frozenset[Key]:
    """The reports themselves, and what their senders told later."""
    mine = _keys(session, IncidentUpdate, IncidentUpdate.report_id.in_(reports))
    return frozenset([*(("report", id) for id in reports), *mine])


def _about(session: Session, reports: Sequence[Report]) -> list[Key]:
    """The reports, and the rows that their words were carried to or may be quoted in."""
    ids = [report.id for report in reports]
    incidents = sorted({*(each.incident_id or "" for each in reports), *_been_in(session, ids)})
    orders = session.scalars(select(WorkOrder.id).where(WorkOrder.incident_id.in_(incidents))).all()
    rows = {*ids, *incidents, *orders}
    mine = or_(IncidentUpdate.incident_id.in_(incidents), IncidentUpdate.report_id.in_(ids))
    contested = or_(ContestedValue.row_id.in_(rows), ContestedValue.work_order_id.in_(orders))
    found = [
        *(("report", id) for id in ids),
        *(("incident", id) for id in incidents),
        *(("work_order", id) for id in orders),
        *_keys(session, IncidentUpdate, mine),
        *_keys(session, Comment, Comment.work_order_id.in_(orders)),
        *_keys(session, ContestedValue, contested),
    ]
    matters = _matters(session, {*rows, *(row for _, row in found)}, set(orders))
    settled = Settlement.matter_id.in_(row for _, row in matters)
    return [*found, *matters, *_keys(session, Settlement, settled)]


def _been_in(session: Session, reports: Sequence[str]) -> Iterable[str]:
    """The incidents that people have taken these reports out of: one that was split has words."""
    noted = select(IncidentUpdate.incident_id).where(IncidentUpdate.report_id.in_(reports))
    return session.scalars(noted.distinct())


def _keys(session: Session, model: Any, which: ColumnElement[bool]) -> list[Key]:
    return [(model.__tablename__, id) for id in session.scalars(select(model.id).where(which))]


def _matters(session: Session, rows: set[str], orders: set[str]) -> list[Key]:
    """Those that quote a change of one of these rows: they are few, and not found otherwise."""
    query = select(Matter.id, Matter.work_order_id, Matter.changes)
    return [
        ("matter", id)
        for id, order, changes in session.execute(query)
        if order in orders or any(isinstance(c, dict) and c.get("row") in rows for c in changes)
    ]
