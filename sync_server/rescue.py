"""Bringing in what `voirie tablet export` saved: the same changes, under the same rights, once.

The journal knows each change by its id. So a file may be brought in twice, or after all its tablet
could still send some of it, or before it does.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.database import Database
from asset_model.sync.batches import first_batch
from asset_model.sync.reading import Malformed, push_from
from asset_model.sync.wire import PROTOCOL, Group, Outcome, Push
from asset_model.tables import SCHEMA
from sync_server import journal
from sync_server.push import accept
from sync_server.senders import Sender, sender_of
from sync_server.tables import Device

FORMAT, VERSION = "voirie-rescue", 1
LANDED = ("applied", "merged")


class BadRescue(Exception):
    """The file is not one of ours, or not as it was written; the text says why."""


class NoDevice(Exception):
    """The device that made the changes is not known here, or may not send any more."""


@dataclass(frozen=True)
class Rescued:
    """A file that is as it was written. `doubtful`: groups that may lack a change."""

    groups: tuple[Group, ...]
    doubtful: frozenset[str]
    garbled: tuple[str, ...]
    device_id: str | None
    device_code: str | None
    install: str | None
    incarnation: str | None
    clock_error_s: float | None
    schemas: dict[str, int]
    """By group, the revision of the shared tables in whose words it was made."""
    photos: int
    unread: int


@dataclass(frozen=True)
class Brought:
    """What became of a group. `before`: it was answered before this file came."""

    group: Group
    outcomes: tuple[Outcome, ...]
    before: bool

    @property
    def landed(self) -> bool:
        return all(outcome.result in LANDED for outcome in self.outcomes)


def read_rescue(file: Path) -> Rescued:
    """:raises BadRescue: it cannot be read, was changed, or is of a newer version"""
    try:
        told = json.loads(file.read_text("utf-8"))
        content, sha256 = told["content"], told["sha256"]
    except OSError as error:
        raise BadRescue(f"{file} cannot be read: {error.strerror}") from None
    except (ValueError, TypeError, KeyError):
        raise BadRescue(f"{file} is not a file of `voirie tablet export`, or cut short") from None
    if sha256 != checksum(content):
        raise BadRescue(f"{file} was changed since it was written: its checksum is not right")
    if (content.get("format"), content.get("version")) != (FORMAT, VERSION):
        raise BadRescue(f"{file} is of another version; this server reads {FORMAT} {VERSION}")
    return _rescued(content)


def checksum(content: Any) -> str:
    """The hash of the content's one plain spelling: sorted keys, no spaces, UTF-8."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _rescued(content: dict[str, Any]) -> Rescued:
    groups: list[Group] = []
    garbled: list[str] = []
    for told in content["groups"]:
        try:
            groups += _message(content, told).groups
        except Malformed as error:
            garbled.append(f"{told.get('id')}: {error}")
    device, replica = content["device"], content["replica"]
    error_ms = replica.get("clock_error_ms")
    return Rescued(
        groups=tuple(groups),
        doubtful=frozenset(told["id"] for told in content["groups"] if not told["whole"]),
        garbled=tuple(garbled),
        device_id=device.get("device_id"),
        device_code=device.get("device_code"),
        install=replica.get("install"),
        incarnation=replica.get("incarnation"),
        clock_error_s=None if error_ms is None else error_ms / 1000,
        schemas={told["id"]: _schema(content, told) for told in content["groups"]},
        photos=len(content["photos"]),
        unread=len(content["unread"]),
    )


def _message(content: dict[str, Any], group: Any) -> Push:
    """The group, read as strictly as if the tablet had sent it."""
    return push_from(
        {
            "protocol": PROTOCOL,
            "schema": _schema(content, group),
            "install": "",
            "incarnation": "",
            "sent_at": content["made_at"],
            "groups": [group],
        }
    )


def _schema(content: dict[str, Any], group: Any) -> int:
    schema: int = group.get("schema", content["schema"])
    return schema


def device_for(session: Session, rescued: Rescued, *, as_device: str | None) -> Device:
    """The device whose rights judge the changes: the one that made them, unless one is named.

    :raises NoDevice: saying what to do
    """
    if as_device is not None:
        device = session.scalars(select(Device).where(Device.code == as_device)).one_or_none()
        if device is None or device.revoked_at is not None:
            raise NoDevice(f"There is no device {as_device!r} at work here.")
        return device
    device = session.get(Device, rescued.device_id) if rescued.device_id else None
    named = rescued.device_code or "–"
    if device is None:
        raise NoDevice(f"The device {named} is not known here. Say whose: --as-device CODE.")
    if device.revoked_at is not None:
        raise NoDevice(f"The device {named} was revoked. Say whose: --as-device CODE.")
    return device


def bring_in(
    database: Database,
    rescued: Rescued,
    *,
    as_device: str | None,
    now: datetime,
    incomplete: bool = False,
) -> Iterator[Brought]:
    """Apply the groups, and say what became of each; doubtful ones only where asked for.

    :raises NoDevice: saying what to do
    """
    with database.reading() as session:
        sender = sender_of(
            session,
            device_for(session, rescued, as_device=as_device),
            install=rescued.install,
            incarnation=rescued.incarnation,
            clock_error_s=rescued.clock_error_s,
            schema=SCHEMA,
            now=now,
        )
    rest = [group for group in rescued.groups if incomplete or group.id not in rescued.doubtful]
    for schema, part in groupby(rest, key=lambda group: rescued.schemas[group.id]):
        same = list(part)
        while same:
            batch = first_batch(same)
            same = same[len(batch) :]
            yield from _batch(database, batch, replace(sender, schema=schema), now=now)


def _batch(
    database: Database, batch: Sequence[Group], sender: Sender, *, now: datetime
) -> Iterator[Brought]:
    ids = [change.id for group in batch for change in group.changes]
    with database.reading() as session:
        known = journal.answered(session, ids)
    message = Push(schema=0, install="", incarnation="", sent_at="", groups=tuple(batch))
    outcomes = {each.change: each for each in accept(database, message, sender, now=now)}
    for group in batch:
        became = tuple(outcomes[change.id] for change in group.changes if change.id in outcomes)
        yield Brought(group, became, all(change.id in known for change in group.changes))
