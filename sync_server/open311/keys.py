"""Keys of programs that hand in reports: made once, kept as hashes."""

import secrets
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from sync_server.enrolment import token_hash
from sync_server.intake.tables import Open311Key

SECRET_BYTES = 32


def make_key(session: Session, name: str, *, now: datetime, expires_at: datetime | None) -> str:
    """The secret of a new key, told once. One of the same name ends."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    session.merge(
        Open311Key(name=name, secret_hash=token_hash(secret), made_at=now, expires_at=expires_at)
    )
    return secret


def end_key(session: Session, name: str) -> bool:
    """Whether there was a key of this name; there is none any more."""
    found = session.get(Open311Key, name)
    if found is not None:
        session.delete(found)
    return found is not None


def keys(session: Session) -> list[Open311Key]:
    return list(session.scalars(select(Open311Key).order_by(Open311Key.name)))


def holder(session: Session, secret: str | None, *, now: datetime) -> str | None:
    """Whose key it is; None for none, and for one that has ended."""
    if not secret:
        return None
    given = {"hash": token_hash(secret)}
    found = session.connection().execute(_HELD, given).one_or_none()
    if found is None or (found.expires_at is not None and found.expires_at <= now):
        return None
    name: str = found.name
    return name


# Built once: every request asks.
_HELD = select(Open311Key.name, Open311Key.expires_at).where(
    Open311Key.secret_hash == bindparam("hash")
)
