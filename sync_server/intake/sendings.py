"""What was sent in before: a second sending of it, by a link that died, makes no twin."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sync_server import bulk
from sync_server.intake.tables import Sending

TWIN_WITHIN = timedelta(hours=24)
"""The same words of the same place, with nothing by which the sender numbers them."""
REMEMBERED_FOR = timedelta(days=60)


class Claim(NamedTuple):
    """Of a mark, to stand for a row from now on, unless it came `within` as long."""

    mark: str
    row: str
    within: timedelta


def mark_of(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(content) + content)
    return digest.hexdigest()


def take(session: Session, mark: str, row: str, *, within: timedelta, now: datetime) -> str | None:
    """The row that this mark already stands for; None: it stands for `row` from now on.

    Of two at once, the second waits here until the first has committed.
    """
    (stands,) = take_all(session, [Claim(mark, row, within)], now=now)
    return stands


def take_all(session: Session, claims: Sequence[Claim], *, now: datetime) -> list[str | None]:
    """The same of several at once; of those with one mark, the first counts."""
    stands: dict[str, str] = {}
    for claim in claims:
        stands.setdefault(claim.mark, claim.row)
    for within in sorted({claim.within for claim in claims}):
        mine = {claim.mark for claim in claims if claim.within == within}
        stands |= _standing(session, {mark: stands[mark] for mark in mine}, now - within, now)
    return [None if (row := stands[claim.mark]) == claim.row else row for claim in claims]


def _standing(
    session: Session, claimed: Mapping[str, str], since: datetime, now: datetime
) -> dict[str, str]:
    """Of these marks, those that stand for another row since then; the others are taken.

    In the order of the marks: two servers that take the same never wait for each other.
    """
    fresh = bulk.adding(session, Sending)
    anew = {name: fresh.excluded[name] for name in ("row_id", "sent_at")}
    take = fresh.on_conflict_do_update(
        index_elements=[Sending.mark], set_=anew, where=Sending.sent_at < since
    ).returning(Sending.mark)
    rows = [{"mark": mark, "row_id": claimed[mark], "sent_at": now} for mark in sorted(claimed)]
    taken = set(session.connection().execute(take, rows).scalars())
    known = [mark for mark in claimed if mark not in taken]
    if not known:
        return {}
    query = select(Sending.mark, Sending.row_id).where(Sending.mark.in_(known))
    return {each.mark: each.row_id for each in session.execute(query)}


def forget(session: Session, *, now: datetime) -> None:
    session.execute(delete(Sending).where(Sending.sent_at < now - REMEMBERED_FOR))


def words_of(values: Iterable[object]) -> str:
    return "\x1f".join("" if value is None else str(value) for value in values)
