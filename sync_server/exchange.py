"""One device's push or pull, whole: its scope, its clock, the answer's bytes."""

import json
import logging
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.database import Database
from asset_model.ids import derived_id
from asset_model.sync.wire import Pull, Push, PushReply
from sync_server import feed, scope
from sync_server import pull as pulling
from sync_server.push import accept
from sync_server.senders import sender_of
from sync_server.tables import Device, DeviceReport

log = logging.getLogger(__name__)

SEEN_EVERY = timedelta(hours=1)


def push(database: Database, device: Device, message: Push, *, now: datetime) -> bytes:
    """Apply a push, and answer each of its changes."""
    with database.reading() as session:
        sender = sender_of(
            session,
            device,
            install=message.install,
            incarnation=message.incarnation,
            clock_error_s=_clock_error_s(message.sent_at, now),
            now=now,
        )
        epoch, _ = feed.state(session)
    outcomes = accept(database, message, sender, now=now)
    reply = PushReply(
        epoch=epoch, now=instant(now), outcomes=tuple(outcomes), protocol=message.protocol
    )
    return json.dumps(asdict(reply), ensure_ascii=False, separators=(",", ":")).encode()


def pull(database: Database, device: Device, message: Pull, *, now: datetime) -> bytes:
    """What the device has not seen; or its terms, when it holds what it should not."""
    with database.reading() as session:
        held = scope.scope_of(session, device)
        answer = pulling.answer(session, message, held, device.id, now=now)
        unheard_of = _ahead(session, message)
    if unheard_of or answer.terms:
        with database.writing() as session:
            if unheard_of and _ahead(session, message):
                _renew(session, message)
            scope.remember(session, device, held, now=now)
            answer = pulling.answer(session, message, held, device.id, now=now)
    if answer.differing:
        _report(database, device, message, answer.differing, now)
    _seen(database, device, now)
    return answer.body


def _seen(database: Database, device: Device, now: datetime) -> None:
    """Note that the device was here: to the hour, so that an idle round writes nothing."""
    if device.seen_at is not None and now < device.seen_at + SEEN_EVERY:
        return
    device.seen_at = now
    with database.writing() as session:
        session.execute(update(Device).where(Device.id == device.id).values(seen_at=now))


def _ahead(session: Session, message: Pull) -> bool:
    """Whether the device has read a position that this history has never reached.

    It cannot have: the database is an older copy of itself, put back by hand.
    """
    epoch, head = feed.state(session)
    return message.epoch == epoch and _furthest(message) > head


def _furthest(message: Pull) -> int:
    return max(message.heard, *message.positions.values(), 0)


def _renew(session: Session, message: Pull) -> None:
    epoch, head = feed.state(session)
    furthest = _furthest(message)
    log.warning("a tablet has read position %d, we are at %d: an older copy?", furthest, head)
    feed.begin_history(session, derived_id("epoch", epoch, str(head), str(furthest)))


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


def _clock_error_s(sent_at: str, now: datetime) -> float | None:
    """How far the device's clock is ahead of ours; its times are kept as it gave them."""
    try:
        return (datetime.fromisoformat(sent_at) - now).total_seconds()
    except (TypeError, ValueError):
        return None
