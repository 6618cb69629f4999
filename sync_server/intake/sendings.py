"""What was sent in before: a second sending of it, by a link that died, makes no twin."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, text
from sqlalchemy.orm import Session

from asset_model.base import UtcDateTime
from sync_server.intake.tables import Sending

TWIN_WITHIN = timedelta(hours=24)
"""The same words of the same place, with nothing by which the sender numbers them."""
REMEMBERED_FOR = timedelta(days=60)

_TAKE = text(
    "INSERT INTO sending (mark, row_id, sent_at) VALUES (:mark, :row, :now)"
    " ON CONFLICT (mark) DO UPDATE SET row_id = excluded.row_id, sent_at = excluded.sent_at"
    " WHERE sending.sent_at < :since RETURNING row_id"
).bindparams(*(bindparam(name, type_=UtcDateTime()) for name in ("now", "since")))

_STANDS = text("SELECT row_id FROM sending WHERE mark = :mark")


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
    given = {"mark": mark, "row": row, "now": now, "since": now - within}
    if session.execute(_TAKE, given).first() is not None:
        return None
    stands: str = session.execute(_STANDS, {"mark": mark}).scalar_one()
    return None if stands == row else stands


def forget(session: Session, *, now: datetime) -> None:
    session.execute(delete(Sending).where(Sending.sent_at < now - REMEMBERED_FOR))


def words_of(values: Iterable[object]) -> str:
    return "\x1f".join("" if value is None else str(value) for value in values)
