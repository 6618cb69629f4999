"""Tablets that held other rows than the server: told to the office once, until it has seen it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.ids import derived_id
from asset_model.matters import Matter, MatterKind, MatterState
from sync_server.matters import raised
from sync_server.scope import OFFICE
from sync_server.tables import Device
from sync_server.workspace import Workspace


def differs(session: Session, device: Device, buckets: Iterable[str], *, now: datetime) -> None:
    """For the office only: told in the bucket itself, it would make that bucket move again."""
    workspace = Workspace(session, now=now)
    for bucket in buckets:
        id = _id(device, bucket)
        known = workspace.get("matter", id)
        if known is not None and _is_told(known.columns["state"], known.columns["details"]):
            continue
        values = {
            "kind": MatterKind.DEVICE,
            "act_id": device.id,
            "device_code": device.code,
            "code": "differs",
            "details": {"bucket": bucket, "place": bucket.partition(":")[2]},
        }
        workspace.put(raised(id, values, frozenset({OFFICE}), now))
    workspace.write()


def _id(device: Device, bucket: str) -> str:
    return derived_id("matter of a difference", device.id, bucket)


def _is_told(state: str, details: dict[str, str]) -> bool:
    return state == MatterState.OPEN and "repaired_at" not in details


def told(session: Session, device: Device) -> set[str]:
    """The buckets of a device that the office was told of, and that are not known to be mended."""
    query = select(Matter.details).where(
        Matter.act_id == device.id, Matter.kind == MatterKind.DEVICE
    )
    return {known["bucket"] for known in session.scalars(query) if "repaired_at" not in known}


def mended(session: Session, device: Device, buckets: Iterable[str], *, now: datetime) -> None:
    """These buckets are equal again: say so beside the alert."""
    workspace = Workspace(session, now=now)
    for bucket in buckets:
        matter = workspace.get("matter", _id(device, bucket))
        if matter is not None and "repaired_at" not in matter.columns["details"]:
            details = {**matter.columns["details"], "repaired_at": instant(now)}
            workspace.put(replace(matter, columns={**matter.columns, "details": details}))
    workspace.write()
