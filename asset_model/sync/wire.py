"""Every message of the protocol, as frozen dataclasses, and how each is read from JSON.

Reading is strict about what we need and deaf to what we do not know, so that a newer side can
add a field. A message that cannot be read raises `Malformed`, which says where.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from asset_model.sync.values import can_be_kept

PROTOCOL = 2
"""1: groups up, positions per bucket down. Recorded on 2026-11-23.

2: a pull may carry digests of buckets and the changes that wait; a page may answer both.
"""

SPOKEN = (1, 2)
"""What a server understands. It answers in the protocol it was asked in."""

Columns = dict[str, Any]
Operation = Literal["insert", "edit"]
Result = Literal["applied", "merged", "parked", "refused"]

ID_LENGTH_MAX = 36
POSITION_MAX = 2**63 - 1


class Malformed(ValueError):
    """The message is not ours; the text says which field, and what was expected."""


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
    """Changes that were parked: has anything become of them?"""
    heard: int = 0
    """The furthest position the server has named to this replica, in answers to pushes too."""
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
    protocol: int = PROTOCOL


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Not a page: what the replica says it holds is not, or no longer, what it should hold."""

    epoch: str
    scope: str
    buckets: tuple[str, ...]
    now: str
    protocol: int = PROTOCOL


def push_from(data: Any) -> Push:
    message = _object(data, "message")
    return Push(
        protocol=_take(message, "protocol", int),
        schema=_take(message, "schema", int),
        install=_take(message, "install", str),
        incarnation=_take(message, "incarnation", str),
        sent_at=_take(message, "sent_at", str),
        groups=tuple(_group(item) for item in _take(message, "groups", list)),
    )


def _group(data: Any) -> Group:
    group = _object(data, "groups[]")
    changes = tuple(_change(item) for item in _take(group, "changes", list))
    if not changes:
        raise Malformed("groups[].changes: empty")
    if len({change.id for change in changes}) < len(changes):
        raise Malformed("groups[].changes[].id: twice the same")
    return Group(
        id=_id(group, "id"),
        person=_id(group, "person"),
        made_at=_take(group, "made_at", str),
        changes=changes,
    )


def _change(data: Any) -> Change:
    change = _object(data, "changes[]")
    operation = _take(change, "op", str)
    if operation not in ("insert", "edit"):
        raise Malformed(f"changes[].op: {operation!r} is neither insert nor edit")
    return Change(
        id=_id(change, "id"),
        table=_take(change, "table", str),
        row=_id(change, "row"),
        op=operation,
        before=_columns(change, "before"),
        after=_columns(change, "after"),
    )


def pull_from(data: Any) -> Pull:
    message = _object(data, "message")
    positions = _take(message, "positions", dict)
    if not all(type(p) is int and 0 <= p <= POSITION_MAX for p in positions.values()):
        raise Malformed("positions: whole numbers expected, from 0 to 2^63 - 1")
    return Pull(
        protocol=_take(message, "protocol", int),
        schema=_take(message, "schema", int),
        epoch=_take(message, "epoch", str, optional=True),
        scope=_take(message, "scope", str, optional=True),
        positions=positions,
        digests=_take(message, "digests", dict, default={}),
        waiting=tuple(_take(message, "waiting", list, default=[])),
        heard=_take(message, "heard", int, default=0),
    )


def reply_from(data: Any) -> PushReply:
    message = _object(data, "message")
    return PushReply(
        protocol=_take(message, "protocol", int),
        epoch=_take(message, "epoch", str),
        now=_take(message, "now", str),
        outcomes=tuple(_outcome(item) for item in _take(message, "outcomes", list)),
    )


def _outcome(data: Any) -> Outcome:
    outcome = _object(data, "outcomes[]")
    return Outcome(
        change=_take(outcome, "change", str),
        result=_take(outcome, "result", str),
        position=_take(outcome, "position", int),
        columns=_take(outcome, "columns", dict),
        set_aside=_take(outcome, "set_aside", dict),
        code=_take(outcome, "code", str, optional=True),
        details=_take(outcome, "details", dict),
    )


def page_or_terms_from(data: Any) -> Page | Terms:
    message = _object(data, "message")
    shared = {
        "protocol": _take(message, "protocol", int),
        "epoch": _take(message, "epoch", str),
        "scope": _take(message, "scope", str),
        "buckets": tuple(_take(message, "buckets", list)),
        "now": _take(message, "now", str),
    }
    if "asked" not in message:
        return Terms(**shared)
    return Page(
        **shared,
        asked=_take(message, "asked", dict),
        position=_take(message, "position", int),
        more=_take(message, "more", bool),
        tables=tuple(_rows(item) for item in _take(message, "tables", list)),
        removed=tuple(_removal(item) for item in _take(message, "removed", list)),
        verdicts=_take(message, "verdicts", dict, default={}),
        outcomes=tuple(_outcome(item) for item in _take(message, "outcomes", list, default=[])),
    )


def _rows(data: Any) -> TableRows:
    rows = _object(data, "tables[]")
    return TableRows(
        table=_take(rows, "table", str),
        columns=tuple(_take(rows, "columns", list)),
        rows=_take(rows, "rows", list),
    )


def _removal(data: Any) -> Removal:
    if not isinstance(data, list) or len(data) != 4:
        raise Malformed("removed[]: [table, row, bucket, reason] expected")
    return Removal(table=data[0], row=data[1], bucket=data[2], reason=data[3])


def _object(data: Any, where: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise Malformed(f"{where}: an object expected, got {type(data).__name__}")
    return data


def _take(
    data: dict[str, Any], name: str, kind: type, *, optional: bool = False, default: Any = None
) -> Any:
    """The field; `default` is what a message of an older protocol means by leaving it out."""
    value = data.get(name, default)
    if value is None and optional:
        return None
    if type(value) is not kind:
        raise Malformed(f"{name}: {kind.__name__} expected, got {type(value).__name__}")
    if isinstance(value, str) and not value.isprintable():
        raise Malformed(f"{name}: a character that has no place in a name")
    return value


def _id(data: dict[str, Any], name: str) -> str:
    value: str = _take(data, name, str)
    if not 1 <= len(value) <= ID_LENGTH_MAX:
        raise Malformed(f"{name}: 1 to {ID_LENGTH_MAX} characters expected, got {len(value)}")
    return value


def _columns(data: dict[str, Any], name: str) -> Columns:
    """Values that every database and every answer of ours can hold, right or wrong."""
    columns: Columns = _take(data, name, dict)
    if not can_be_kept(columns):
        raise Malformed(f"{name}: a value that is not of JSON, or nested too deeply")
    return columns
