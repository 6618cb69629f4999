"""One file with all of a tablet's work that the server has not got, as far as it can be read.

It proves itself by a checksum, holds no token and no PIN, and is brought in on the server by
`voirie import-rescue`, where each change is known by its id: once.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from asset_model.base import instant
from asset_model.findings import Finding
from asset_model.tables import SCHEMA
from field_app.store.local import FileState, State
from field_app.store.salvage import Row, Salvaged, salvage

FORMAT = "voirie-rescue"
VERSION = 1

SCHEMA_OF_0003 = 2
"""In whose words changes were made, until the tablet's database noted it for each."""

UNSENT = (State.PENDING, State.PARKED, State.REFUSED)
UNSENT_FILES = (FileState.WAITING, FileState.REFUSED, FileState.LOST)

Content = dict[str, Any]


@dataclass(frozen=True)
class Exported:
    """What a file holds, and what is to be said of it."""

    content: Content
    findings: list[Finding]

    @property
    def complete(self) -> bool:
        return not any(finding.grave for finding in self.findings)


def export(folder: Path, *, now: datetime, journal: bool = False) -> Exported:
    """Everything unsent; with the `journal`, also what the server had accepted lately.

    Neither the server nor the application is needed, and the folder is left as it is.

    :raises FileNotFoundError: there is no tablet's database in the folder
    """
    found = salvage(folder)
    states = frozenset(State) if journal else frozenset(UNSENT)
    groups = [group for group in _groups(found) if group.pop("states") & states]
    photos = [_photo(row) for row in found.photos.values() if row["state"] in UNSENT_FILES]
    findings = found.findings
    if any(not group["whole"] for group in groups):
        count = sum(not group["whole"] for group in groups)
        findings = [*findings, Finding("groups_incomplete", {"groups": count})]
    content = {
        "format": FORMAT,
        "version": VERSION,
        "schema": SCHEMA,
        "made_at": instant(now),
        "device": _device(folder),
        "replica": _replica(folder, found.replica),
        "groups": groups,
        "photos": photos,
        "unread": [{"code": each.code, "details": each.details} for each in findings if each.grave],
    }
    return Exported(content, findings)


def write(content: Content, file: Path) -> None:
    """Whole or not at all, and for this user's eyes only.

    :raises FileExistsError: nothing is written over
    """
    if file.exists():
        raise FileExistsError(file)
    draft = file.with_name(file.name + ".part")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    try:
        with draft.open("w", encoding="utf-8") as stream:
            signed = {"sha256": checksum(content), "content": content}
            json.dump(signed, stream, ensure_ascii=False, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def checksum(content: Content) -> str:
    """The hash of the content's one plain spelling: sorted keys, no spaces, UTF-8."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _groups(found: Salvaged) -> Iterable[Content]:
    """The groups in the order they were made; `whole` unless a change beside it is missing."""
    rows = [found.changes[place] for place in sorted(found.changes)]
    first = {row["group_id"]: row["place"] for row in reversed(rows)}
    rows.sort(key=lambda row: (first[row["group_id"]], row["place"]))
    for id, part in groupby(rows, key=lambda row: row["group_id"]):
        changes = list(part)
        # A group's changes lie side by side: what is missing next to it may have been of it.
        reach = range(changes[0]["place"] - 1, changes[-1]["place"] + 2)
        yield {
            "id": id,
            "person": changes[0]["person_id"],
            "made_at": changes[0]["made_at"],
            "schema": changes[0].get("schema_version") or SCHEMA_OF_0003,
            "whole": found.missing.isdisjoint(reach),
            "states": {row["state"] for row in changes},
            "changes": [_change(row) for row in changes],
        }


def _change(row: Row) -> Content:
    return {
        "id": row["id"],
        "table": row["table_name"],
        "row": row["row_id"],
        "op": row["op"],
        "before": row["before"],
        "after": row["after"],
        "state": row["state"],
        "code": row["code"],
        "details": row["details"],
    }


def _photo(row: Row) -> Content:
    wanted = ("sha256", "photo_id", "size", "state", "code")
    return {**{name: row[name] for name in wanted}, "thumbnail": bool(row["thumbnail"])}


def _device(folder: Path) -> Content:
    """Which device this is, without its token."""
    told = _told(folder / "device.json")
    return {name: told.get(name) for name in ("device_id", "device_code", "kind")}


def _replica(folder: Path, row: Row) -> Content:
    """Which replica; `install.json` lies beside the database and may have outlived it."""
    told = {**_told(folder / "install.json"), **row}
    return {name: told.get(name) for name in ("install", "incarnation", "epoch", "clock_error_ms")}


def _told(file: Path) -> Content:
    try:
        told = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
