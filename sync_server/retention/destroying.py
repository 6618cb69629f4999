"""Destroying what is past its keeping; only what this very transaction finds to be so."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from asset_model.codec import table_of
from asset_model.fleet import Countersignature, RepairCertificate
from asset_model.ids import derived_id
from asset_model.people import Person
from maintenance.retention import Verdict
from sync_server import feed
from sync_server.retention.finding import keeping
from sync_server.retention_table import Destruction
from sync_server.tables import JournalEntry

WITH_IT: dict[str, Any] = {
    "inspection": (Countersignature, Countersignature.inspection_id),
    "defect": (RepairCertificate, RepairCertificate.defect_id),
}
"""What is part of a record, and goes with it."""
AT_ONCE = 400
Key = tuple[str, str]


def destroy(
    session: Session, *, now: datetime, by: Person, unit: str | None = None
) -> list[Verdict]:
    """Destroy what is past its keeping, of one unit or of all; what it was.

    Tablets hear of it as of any row that leaves. The journal keeps that there was a change, so that
    a repeat is known, and none of its values.
    """
    found = keeping(session, now=now)
    over = [
        each for each in found.over if unit is None or found.tags.get(each.kept.unit_id) == unit
    ]
    for start in range(0, len(over), AT_ONCE):
        some = over[start : start + AT_ONCE]
        withdraw_rows(session, list(_keys(session, some)), now=now)
        session.add_all(_noted(each, found.tags, by, now) for each in some)
        session.flush()
    return over


def _keys(session: Session, some: Iterable[Verdict]) -> Iterator[Key]:
    by_kind: dict[str, list[str]] = {}
    for verdict in some:
        by_kind.setdefault(verdict.kept.kind, []).append(verdict.kept.id)
    for kind, ids in by_kind.items():
        if kind in WITH_IT:
            model, about = WITH_IT[kind]
            for id in session.scalars(select(model.id).where(about.in_(ids))):
                yield model.__tablename__, id
        yield from ((kind, id) for id in ids)


def withdraw_rows(session: Session, keys: Sequence[Key], *, now: datetime) -> None:
    """Rows, their texts in the feed, the values of their changes; tablets hear that they left."""
    feed.withdraw(session, keys, now=now)
    for table in {table for table, _ in keys}:
        rows = [row for name, row in keys if name == table]
        session.execute(delete(table_of(table)).where(table_of(table).c.id.in_(rows)))
        blank: dict[str, Any] = {"before": {}, "after": {}, "columns": {}, "set_aside": {}}
        session.execute(
            update(JournalEntry)
            .where(JournalEntry.table == table, JournalEntry.row.in_(rows))
            .values(**blank, details={"destroyed_at": now.isoformat()})
        )


def _noted(verdict: Verdict, tags: dict[str, str], by: Person, now: datetime) -> Destruction:
    kept = verdict.kept
    assert verdict.until is not None, "what is kept for ever is never over"
    return Destruction(
        id=derived_id("destruction", kept.kind, kept.id),
        kind=kept.kind,
        record_id=kept.id,
        asset_id=kept.unit_id,
        unit=tags.get(kept.unit_id, "–"),
        dated_on=kept.dated_on,
        kept_until=verdict.until,
        rule=verdict.rule.named,
        source=verdict.rule.source,
        destroyed_at=now,
        person_id=by.id,
        person=by.name,
    )
