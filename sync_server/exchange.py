"""One device's push or pull, whole: its scope, its clock, the answer's bytes."""

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.database import Database
from asset_model.ids import derived_id
from asset_model.sync.wire import Pull, Push, PushReply, encoded
from sync_server import alerts, feed, scope, standing
from sync_server import pull as pulling
from sync_server.push import accept
from sync_server.seals import Seals
from sync_server.senders import sender_of
from sync_server.tables import Device, DeviceReport

log = logging.getLogger(__name__)

SEEN_EVERY = timedelta(minutes=5)
"""That a device was here is noted so often, so that an idle round writes nothing."""

_DEVICES: Any = Device.__table__
_NOTED = update(_DEVICES).where(_DEVICES.c.id == bindparam("device"))


def push(
    database: Database,
    device: Device,
    message: Push,
    *,
    now: datetime,
    seals: Seals | None = None,
) -> bytes:
    """Apply a push, and answer each of its changes."""
    with database.reading() as session:
        sender = sender_of(
            session,
            device,
            install=message.install,
            incarnation=message.incarnation,
            clock_error_s=_clock_error_s(message.sent_at, now),
            schema=message.schema,
            now=now,
        )
    outcomes = accept(database, message, sender, now=now)
    with database.reading() as session:
        epoch, head = feed.state(session)
    reply = PushReply(
        epoch=epoch,
        now=instant(now),
        outcomes=tuple(outcomes),
        head=head,
        seal=seals.of(epoch, head) if seals else "",
        protocol=message.protocol,
    )
    return encoded(reply)


def pull(
    database: Database,
    device: Device,
    message: Pull,
    *,
    now: datetime,
    seals: Seals | None = None,
) -> bytes:
    """What the device has not seen; or its terms, when it holds what it should not."""
    with database.reading() as session:
        held = scope.scope_of(session, device)
        answer = pulling.answer(session, message, held, device.id, now=now, seals=seals)
        unheard_of = _ahead(session, message)
    if unheard_of or answer.terms:
        with database.writing() as session:
            scope.remember(session, device, held, now=now)
            if unheard_of and _ahead(session, message) and not _renewed(session, message, seals):
                answer = _doubt(session, device, message, now)
            else:
                answer = pulling.answer(session, message, held, device.id, now=now, seals=seals)
    if answer.differing:
        _report(database, device, message, answer.differing, now)
    if answer.equal:
        _note_mended(database, device, answer.equal, now)
    _note(database, device, message, answer, now)
    return answer.body


def _note(
    database: Database, device: Device, message: Pull, answer: pulling.Answer, now: datetime
) -> None:
    """That the device was here, what it says it holds, and what is now on its way to it.

    One write at most, and none in an idle round. No answer waits for it: where somebody else
    writes, the next pull notes it.
    """
    held = min(message.positions.values(), default=0) if not answer.terms else 0
    noted = standing.noted(device, held=held, sent_to=answer.sent_to, now=now)
    if device.seen_at is None or now >= device.seen_at + SEEN_EVERY:
        noted["seen_at"] = now
    if not noted:
        return
    with suppress(OperationalError), database.writing_if_free() as session:
        session.execute(_NOTED, {"device": device.id, **noted})
        for name, value in noted.items():
            setattr(device, name, value)


def _ahead(session: Session, message: Pull) -> bool:
    """Whether the device has read a position that this history has never reached.

    It cannot have: the database is an older copy of itself, put back by hand.
    """
    epoch, head = feed.state(session)
    return message.epoch == epoch and _furthest(message) > head


def _furthest(message: Pull) -> int:
    return max(message.heard, *message.positions.values(), 0)


def _renewed(session: Session, message: Pull, seals: Seals | None) -> bool:
    """Begin a new history, where the device can prove that this one was further once.

    A word without its seal is no proof: any device could send the whole town back to its beginning.
    """
    epoch, head = feed.state(session)
    if (
        seals is None
        or message.heard <= head
        or not seals.holds(message.seal, epoch, message.heard)
    ):
        return False
    log.warning("a tablet has read position %d, we are at %d: an older copy", message.heard, head)
    feed.begin_history(session, derived_id("epoch", epoch, str(head), str(message.heard)))
    return True


def _doubt(session: Session, device: Device, message: Pull, now: datetime) -> pulling.Answer:
    """The device alone begins anew and loses nothing by it; an administrator hears of it."""
    epoch, head = feed.state(session)
    told = {"position": _furthest(message), "head": head}
    log.warning("device %s claims position %d, we are at %d", device.code, told["position"], head)
    same = (DeviceReport.device_id == device.id, DeviceReport.kind == "ahead")
    session.execute(delete(DeviceReport).where(*same))
    report = DeviceReport(device_id=device.id, kind="ahead", details=told, reported_at=now)
    session.add(report)
    return pulling.doubted(message, epoch, now=now)


def _report(
    database: Database, device: Device, message: Pull, differing: list[str], now: datetime
) -> None:
    log.warning("device %s holds other rows than we do in %s", device.code, ", ".join(differing))
    with database.writing() as session:
        for bucket in differing:
            theirs = message.digests[bucket]
            details = {"bucket": bucket, "rows": theirs[0], "position": message.positions[bucket]}
            report = DeviceReport(
                device_id=device.id, kind="differs", details=details, reported_at=now
            )
            session.add(report)
        alerts.differs(session, device, differing, now=now)


def _note_mended(database: Database, device: Device, equal: list[str], now: datetime) -> None:
    with database.reading() as session:
        mended = alerts.told(session, device) & set(equal)
    if mended:
        with database.writing() as session:
            alerts.mended(session, device, sorted(mended), now=now)


def _clock_error_s(sent_at: str, now: datetime) -> float | None:
    """How far the device's clock is ahead of ours; its times are kept as it gave them."""
    try:
        return (datetime.fromisoformat(sent_at) - now).total_seconds()
    except (TypeError, ValueError):
        return None
