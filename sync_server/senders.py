"""Where changes come from: a device with its scope of now, or the server's own hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.tables import SCHEMA
from sync_server.scope import Scope, scope_of, with_former
from sync_server.tables import Device, JournalEntry


@dataclass(frozen=True)
class Sender:
    """Where changes come from. `scope` is None for the server's own hand."""

    device_id: str | None = None
    device_kind: str = "office"
    scope: Scope | None = None
    install: str | None = None
    incarnation: str | None = None
    clock_error_s: float | None = None
    schema: int = SCHEMA
    """The revision of the shared tables in whose words they are."""


def sender_of(
    session: Session,
    device: Device,
    *,
    install: str | None,
    incarnation: str | None,
    clock_error_s: float | None,
    schema: int,
    now: datetime,
) -> Sender:
    return Sender(
        device_id=device.id,
        device_kind=device.kind,
        scope=with_former(session, device, scope_of(session, device), now=now),
        install=install,
        incarnation=incarnation,
        clock_error_s=clock_error_s,
        schema=schema,
    )


def sender_again(session: Session, heard: JournalEntry, *, now: datetime) -> Sender:
    """The sender of a change that came before and is tried again."""
    if heard.device_id is None:
        return Sender(schema=heard.schema)
    return sender_of(
        session,
        session.get_one(Device, heard.device_id),
        install=heard.install,
        incarnation=heard.incarnation,
        clock_error_s=heard.clock_error_s,
        schema=heard.schema,
        now=now,
    )


def when_made(made_at: str, clock_error_s: float | None, *, now: datetime) -> str | None:
    """When a change was made by the server's clock, as far as the device's error tells."""
    try:
        moment = datetime.fromisoformat(made_at) - timedelta(seconds=clock_error_s or 0)
        return instant(min(moment, now))
    except (TypeError, ValueError, OverflowError):
        return None  # No time, or one without its zone.
