"""Every message of the protocol, as frozen dataclasses. `reading.py` reads them from JSON."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal

PROTOCOL = 3
"""1: groups up, positions per bucket down. Recorded on 2026-11-23.

2: a pull may carry digests of buckets and the changes that wait; a page may answer both.

3: answers tell how far the history has come, under a seal that a pull brings back; a pull tells
since when a bucket is being read, and terms may ask to read all anew. Recorded on 2026-11-26.
"""

SPOKEN = (1, 2, 3)
"""What a server understands. It answers in the protocol it was asked in."""

Columns = dict[str, Any]
Operation = Literal["insert", "edit"]
Result = Literal["applied", "merged", "parked", "refused"]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One local edit: the columns it touches, as the person saw them and as they left them."""

    id: str
    table: str
    row: str
    op: Operation
    before: Columns = field(default_factory=dict)
    after: Columns = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Changes that land together or not at all: who made them, and when by the device's clock."""

    id: str
    person: str
    made_at: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Push:
    """Groups in the order they were made. `sent_at` is the device's clock, to measure its error."""

    schema: int
    install: str
    incarnation: str
    sent_at: str
    groups: tuple[Group, ...]
    protocol: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one change. `position` is where its row stands in the feed since.

    `set_aside` are the values that lost a merge, `columns` what stands in their place.
    """

    change: str
    result: Result
    position: int = 0
    columns: Columns = field(default_factory=dict)
    set_aside: Columns = field(default_factory=dict)
    code: str | None = None
    details: Columns = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PushReply:
    epoch: str
    now: str
    outcomes: tuple[Outcome, ...]
    head: int = 0
    """How far this history has come."""
    seal: str = ""
    """The server's own mark on `epoch` and `head`; nobody else can make it."""
    protocol: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class Pull:
    """What the replica holds: the server's history, the scope, how far each bucket was read."""

    schema: int
    epoch: str | None
    scope: str | None
    positions: dict[str, int]
    digests: dict[str, list[int]] = field(default_factory=dict)
    """By bucket: how many rows are held, and the sum of their hashes (`sync/digest.py`)."""
    waiting: tuple[str, ...] = ()
    """Changes that were parked, or refused: has anything become of them?"""
    heard: int = 0
    """The furthest position the server has named to this replica, in answers to pushes too."""
    seal: str = ""
    """The server's mark on `heard`, where it gave one: proof that it has been there."""
    since: dict[str, int] = field(default_factory=dict)
    """By bucket still being read: how far the history had come when reading it began."""
    protocol: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class TableRows:
    """Rows of one table: ``[bucket mask, version, id, *values of columns]`` each."""

    table: str
    columns: tuple[str, ...]
    rows: list[list[Any]]


@dataclass(frozen=True, kw_only=True)
class Removal:
    """A row left a bucket."""

    table: str
    row: str
    bucket: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """Whole commits of the feed after what `asked` held. Bit n of a row's mask is `buckets[n]`."""

    epoch: str
    scope: str
    asked: dict[str, int]
    buckets: tuple[str, ...]
    position: int
    more: bool
    tables: tuple[TableRows, ...]
    removed: tuple[Removal, ...]
    now: str
    verdicts: dict[str, bool] = field(default_factory=dict)
    """By bucket that could be compared: whether its digest is the server's."""
    outcomes: tuple[Outcome, ...] = ()
    """What has become of changes that were waiting."""
    head: int = 0
    seal: str = ""
    protocol: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Not a page: what the replica says it holds is not, or no longer, what it should hold."""

    epoch: str
    scope: str
    buckets: tuple[str, ...]
    now: str
    anew: bool = False
    """All is to be read again from the beginning: what left meanwhile cannot be told any more."""
    protocol: int = PROTOCOL


def encoded(message: Any) -> bytes:
    """A message, or a part of one, as it travels. `asdict` would copy every value first."""
    return _ENCODER.encode(message).encode()


# Kept: `json.dumps` would make one for every message, and for every group that is measured.
_ENCODER = json.JSONEncoder(default=vars, ensure_ascii=False, separators=(",", ":"))
