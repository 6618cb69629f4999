"""What the doctor says of the outbox."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.findings import Finding
from sync_server.notices import outbox
from sync_server.notices.tables import Notice, State

LATE_AFTER = timedelta(hours=1)


def notice_findings(session: Session, *, now: datetime) -> Iterator[Finding]:
    counts = outbox.counts(session)
    if unsent := sum(n for (_, state), n in counts.items() if state == State.UNSENT):
        yield Finding("notices_unsent", {"count": unsent}, grave=False)
    for (channel, state), count in sorted(counts.items()):
        if state == State.FAILED:
            yield Finding("notices_failed", {"count": count, "channel": channel})
    query = (
        select(Notice.channel, func.count(), func.min(Notice.made_at))
        .where(Notice.state == State.WAITING, Notice.made_at < now - LATE_AFTER)
        .group_by(Notice.channel)
        .order_by(Notice.channel)
    )
    for channel, count, since in session.execute(query):
        told = {"channel": channel, "count": count, "since": instant(since)[:10]}
        yield Finding("notices_late", told)
