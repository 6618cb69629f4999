"""Letting a device in: codes that work once, for a while; tokens kept as hashes.

A code reads ``ABCD-EFGH-JKMN``: the first block finds it, the other two (40 bits) are checked
against a memory-hard hash. Five wrong tries burn it.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.ids import NewId
from asset_model.pins import hash_pin, verify_pin
from sync_server.tables import Device, EnrolmentCode

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No I, O, 0 or 1: codes are read out over the radio."""

CODE_LIFETIME = timedelta(hours=24)
ATTEMPTS_MAX = 5
FORMER = "~"
"""Between the name that a device had and its id, once another one has the name."""


@dataclass(frozen=True)
class Place:
    """What a device will be: its short name, its kind, and whose it is."""

    device_code: str
    kind: str
    crew_id: str | None = None
    district_id: str | None = None


@dataclass(frozen=True)
class Enrolled:
    """What the device is told, once. The token is nowhere else."""

    device_id: str
    device_code: str
    kind: str
    token: str


def new_code(
    session: Session, place: Place, *, now: datetime, lifetime: timedelta = CODE_LIFETIME
) -> str:
    blocks = ["".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3)]
    session.add(
        EnrolmentCode(
            block=blocks[0],
            secret_hash=hash_pin("".join(blocks[1:]), salt=secrets.token_bytes(16)),
            device_code=place.device_code,
            kind=place.kind,
            crew_id=place.crew_id,
            district_id=place.district_id,
            made_at=now,
            expires_at=now + lifetime,
        )
    )
    return "-".join(blocks)


def check_code(session: Session, text: str, *, now: datetime) -> EnrolmentCode | Refused:
    """The code, or why not. A wrong try is counted, so the caller must commit either way."""
    letters = "".join(c for c in text.upper() if c in LETTERS)
    code = session.get(EnrolmentCode, letters[:4], with_for_update=True)
    if code is None:
        return Refused("code_invalid")
    if code.used_at is not None:
        return Refused("code_used")
    if code.expires_at <= now:
        return Refused("code_expired")
    if code.attempts >= ATTEMPTS_MAX or not verify_pin(letters[4:], code.secret_hash):
        code.attempts += 1
        return Refused("code_invalid")
    return code


def enrol(session: Session, code: EnrolmentCode, *, now: datetime, new_id: NewId) -> Enrolled:
    code.used_at = now
    place = Place(code.device_code, code.kind, code.crew_id, code.district_id)
    return add_device(session, place, now=now, new_id=new_id)


def add_device(session: Session, place: Place, *, now: datetime, new_id: NewId) -> Enrolled:
    """A device with a fresh token. One of the same name is replaced: its old token ends."""
    for former in session.scalars(select(Device).where(Device.code == place.device_code)):
        former.revoked_at = now
        former.code = f"{former.code}{FORMER}{former.id}"
    session.flush()
    token = secrets.token_urlsafe(32)
    device = Device(
        id=new_id(),
        code=place.device_code,
        kind=place.kind,
        crew_id=place.crew_id,
        district_id=place.district_id,
        token_hash=token_hash(token),
        enrolled_at=now,
    )
    session.add(device)
    return Enrolled(device.id, device.code, device.kind, token)


def with_former(device_id: str) -> Select[str]:
    """The ids of a device and of those that had its name before it."""
    name = select(Device.code).where(Device.id == device_id).scalar_subquery() + FORMER
    had_its_name = func.substr(Device.code, 1, func.length(name)) == name
    return select(Device.id).where(or_(Device.id == device_id, had_its_name))


def keep_device(session: Session, place: Place, *, now: datetime, new_id: NewId) -> Enrolled:
    """The server's own device of this name, with a token for this run: it is written nowhere."""
    device = session.scalars(select(Device).where(Device.code == place.device_code)).one_or_none()
    if device is None:
        return add_device(session, place, now=now, new_id=new_id)
    token = secrets.token_urlsafe(32)
    device.token_hash = token_hash(token)
    return Enrolled(device.id, device.code, device.kind, token)


def device_of(session: Session, token: str) -> Device:
    """The device whose token this is.

    :raises Refused: ``device_unknown``
    """
    query = select(Device).where(Device.token_hash == token_hash(token))
    device = session.scalars(query).one_or_none()
    if device is None or device.revoked_at is not None:
        raise Refused("device_unknown")
    return device


def token_hash(token: str) -> str:
    """Tokens carry 256 bits of chance: a plain hash keeps them from whoever reads the table."""
    return hashlib.sha256(token.encode()).hexdigest()
