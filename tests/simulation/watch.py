"""What must hold at every step, read from the tablets' tables as the schedule goes."""

import json
import sqlite3
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from field_app.store.local import State
from tests.simulation import plain
from tests.simulation.tablet import Tablet
from tests.simulation.violation import Violation
from tests.sync.town import Clock

KEPT_FOR = timedelta(days=30)
"""What was accepted stays in the tablet's journal for so long, by the server's clock."""


OVER = (State.SETTLED, State.ACCEPTED, State.CLOSED)
"""It is on the server, or somebody has decided that it is not to be."""


@dataclass
class Made:
    """A change that a tablet committed, and what is known of it."""

    group: str
    table: str
    state: str = ""
    answered_at: str | None = None
    forgotten: bool = False
    """Accepted more than a month ago, and not kept any more."""


@dataclass
class Seen:
    """What one tablet was seen to hold. It goes along when its folder is copied."""

    made: dict[str, Made] = field(default_factory=dict)
    epoch: str | None = None
    versions: dict[tuple[str, str], int] = field(default_factory=dict)
    """The latest version of each row that was shown in this history."""

    def copy(self) -> "Seen":
        return deepcopy(self)


@dataclass
class Watch:
    """Follows every tablet of a world."""

    clock: Clock
    seen: dict[str, Seen] = field(default_factory=dict)
    acknowledged: dict[str, str | None] = field(default_factory=dict)
    """Changes of which a tablet was told what became, and in which history of the server."""
    may_differ: bool = False
    """A row has rotted, or an app has learned of new tables: a digest may tell of it."""
    found: list[Violation] = field(default_factory=list)
    _looked_at: dict[str, int] = field(default_factory=dict)

    def look(self, tablet: Tablet) -> None:
        """Look at what moved on a tablet since it was last looked at."""
        writes = tablet.database.raw.total_changes
        if self._looked_at.get(tablet.name) == writes:
            return
        self._looked_at[tablet.name] = writes
        seen = self.seen.setdefault(tablet.name, Seen())
        connection = tablet.database.raw
        entries = _entries(connection)
        (epoch,) = connection.execute("SELECT epoch FROM replica").fetchone()
        if epoch != seen.epoch:
            seen.epoch, seen.versions = epoch, {}
        for found in (
            *self._nothing_vanished(seen, entries),
            *_reads_its_writes(connection, entries),
            *_reads_forward(connection, seen),
            *self._nothing_differs(connection),
        ):
            self.found.append(found.of(tablet.name))

    def becomes(self, tablet: Tablet, seen: Seen) -> None:
        """The tablet is a copy now: all is to be looked at, and nothing of it is known to move."""
        self.seen[tablet.name] = seen.copy()
        self._looked_at.pop(tablet.name, None)

    def _nothing_vanished(
        self, seen: Seen, entries: dict[str, dict[str, Any]]
    ) -> Iterator[Violation]:
        """Whatever was committed here stays, but for what was over a month ago."""
        for id, entry in entries.items():
            made = seen.made.setdefault(id, Made(entry["group_id"], entry["table_name"]))
            made.state, made.answered_at = entry["state"], entry["answered_at"]
            made.forgotten = False
            if made.state != State.PENDING and entry["code"] != "change_oversized":
                self.acknowledged[id] = seen.epoch
        for id in seen.made.keys() - entries.keys():
            made = seen.made[id]
            if not made.forgotten and not self._may_be_forgotten(made):
                yield Violation("lost", f"change {id} of {made.table} vanished")
            made.forgotten = True

    def _may_be_forgotten(self, made: Made) -> bool:
        if made.state not in OVER or made.answered_at is None:
            return False
        return self.clock() - datetime.fromisoformat(made.answered_at) >= KEPT_FOR

    def _nothing_differs(self, connection: sqlite3.Connection) -> Iterator[Violation]:
        """Digests mend what rots on a disk. That they must never mend what we did ourselves."""
        if self.may_differ:
            return
        query = "SELECT bucket FROM bucket_position WHERE differed > 0"
        for (bucket,) in connection.execute(query):
            yield Violation("diverged", f"{bucket} was found different, and nothing had rotted")


def _entries(connection: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """The local journal, by change, in the order it was made."""
    cursor = connection.execute("SELECT * FROM local_change ORDER BY place")
    names = [column[0] for column in cursor.description]
    found = (dict(zip(names, values, strict=True)) for values in cursor)
    return {entry["id"]: entry for entry in found}


def _reads_its_writes(
    connection: sqlite3.Connection, entries: dict[str, dict[str, Any]]
) -> Iterator[Violation]:
    """What waits, or was accepted and not read back yet, is what is shown."""
    shown: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in entries.values():
        if entry["state"] in (State.PENDING, State.ACCEPTED):
            wanted = shown.setdefault((entry["table_name"], entry["row_id"]), {})
            wanted |= {**json.loads(entry["after"]), **json.loads(entry["columns"])}
    for (table, row), wanted in shown.items():
        held = plain.row(connection, table, row) or {}
        for column in wanted.keys() & held.keys():
            if held[column] != wanted[column]:
                words = f"shows {held[column]!r} for its own {column} {wanted[column]!r}"
                yield Violation("lost", words)


def _reads_forward(connection: sqlite3.Connection, seen: Seen) -> Iterator[Violation]:
    """Within one history of the server, no row ever goes back to what it was before.

    A row that is not known to be in this history, or in any bucket, has no version (0).
    """
    for table, id, version in connection.execute(plain.VERSIONS):
        before = seen.versions.get((table, id), 0)
        if version and version < before:
            words = f"{table} {id} went back from version {before} to {version}"
            yield Violation("diverged", words)
        seen.versions[table, id] = max(version, before)
