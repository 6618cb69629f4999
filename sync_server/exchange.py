"""One device's push or pull, whole: its scope, its clock, the answer's bytes."""

import json
from dataclasses import asdict
from datetime import datetime

from asset_model.base import instant
from asset_model.database import Database
from asset_model.sync.wire import Pull, Push, PushReply
from sync_server import feed
from sync_server import pull as pulling
from sync_server.push import Sender, accept
from sync_server.scope import scope_of
from sync_server.tables import Device


def push(database: Database, device: Device, message: Push, *, now: datetime) -> bytes:
    """Apply a push, and answer each of its changes."""
    with database.reading() as session:
        sender = Sender(
            device_id=device.id,
            device_kind=device.kind,
            crew_id=device.crew_id,
            scope=scope_of(session, device),
            install=message.install,
            incarnation=message.incarnation,
            clock_error_s=_clock_error_s(message.sent_at, now),
        )
        epoch, _ = feed.state(session)
    outcomes = accept(database, message, sender, now=now)
    reply = PushReply(epoch=epoch, now=instant(now), outcomes=tuple(outcomes))
    return json.dumps(asdict(reply), ensure_ascii=False, separators=(",", ":")).encode()


def pull(database: Database, device: Device, message: Pull, *, now: datetime) -> bytes:
    with database.reading() as session:
        return pulling.answer(session, message, scope_of(session, device), now=now)


def _clock_error_s(sent_at: str, now: datetime) -> float | None:
    """How far the device's clock is ahead of ours; its times are kept as it gave them."""
    try:
        return (datetime.fromisoformat(sent_at) - now).total_seconds()
    except (TypeError, ValueError):
        return None
