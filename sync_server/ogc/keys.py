"""Keys of OGC clients: made once, kept as hashes, each with its role and its layers."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from sync_server.enrolment import token_hash
from sync_server.layers.sight import Sight, sight_of
from sync_server.tables import OgcKey

SECRET_BYTES = 32


def make_key(
    session: Session,
    name: str,
    *,
    role: str,
    layers: Iterable[str] | None,
    now: datetime,
    expires_at: datetime | None,
) -> str:
    """The secret of a new key, told once. One of the same name ends."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    session.merge(
        OgcKey(
            name=name,
            secret_hash=token_hash(secret),
            role=role,
            layers=None if layers is None else " ".join(sorted(layers)),
            made_at=now,
            expires_at=expires_at,
        )
    )
    return secret


def end_key(session: Session, name: str) -> bool:
    """Whether there was a key of this name; there is none any more."""
    found = session.get(OgcKey, name)
    if found is not None:
        session.delete(found)
    return found is not None


def keys(session: Session) -> list[OgcKey]:
    return list(session.scalars(select(OgcKey).order_by(OgcKey.name)))


def sight_by(session: Session, secret: str, *, now: datetime) -> Sight:
    """What the holder of this key may see.

    :raises Refused: ``key_unknown``, for one that has ended as well
    """
    query = select(OgcKey).where(OgcKey.secret_hash == token_hash(secret))
    found = session.scalars(query).one_or_none()
    if found is None or (found.expires_at is not None and found.expires_at <= now):
        raise Refused("key_unknown")
    layers = None if found.layers is None else frozenset(found.layers.split())
    return sight_of(found.role, layers)
