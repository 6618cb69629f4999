"""Reading the protocol's messages from JSON.

Strict about what we need and deaf to what we do not know, so that a newer side can add a field.
A message that cannot be read raises `Malformed`, which says where.
"""

from typing import Any, TypeGuard

from asset_model.sync.values import can_be_kept
from asset_model.sync.wire import (
    Change,
    Columns,
    Group,
    Outcome,
    Page,
    Pull,
    Push,
    PushReply,
    Removal,
    TableRows,
    Terms,
)

ID_LENGTH_MAX = 36
POSITION_MAX = 2**63 - 1
SCHEMA_MAX = 2**31 - 1
"""What every database holds in the column of it."""


def may_be_id(value: Any) -> TypeGuard[str]:
    """Whether a value of a change can be asked of a database as an id: PostgreSQL meets no NUL."""
    return isinstance(value, str) and value.isprintable() and 0 < len(value) <= ID_LENGTH_MAX


class Malformed(ValueError):
    """The message is not ours; the text says which field, and what was expected."""


def push_from(data: Any) -> Push:
    message = _object(data, "message")
    return Push(
        protocol=_take(message, "protocol", int),
        schema=_schema(message),
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
    return Pull(
        protocol=_take(message, "protocol", int),
        schema=_schema(message),
        epoch=_take(message, "epoch", str, optional=True),
        scope=_take(message, "scope", str, optional=True),
        positions=_positions(_take(message, "positions", dict), "positions"),
        digests=_digests(_take(message, "digests", dict, default={})),
        waiting=tuple(_words(_take(message, "waiting", list, default=[]), "waiting")),
        heard=_position(message, "heard"),
        seal=_take(message, "seal", str, default=""),
        since=_positions(_take(message, "since", dict, default={}), "since"),
    )


def _schema(message: dict[str, Any]) -> int:
    schema: int = _take(message, "schema", int)
    if abs(schema) > SCHEMA_MAX:
        raise Malformed("schema: a whole number below 2^31 expected")
    return schema


def _position(message: dict[str, Any], name: str) -> int:
    """A position that older protocols do not tell."""
    return _positions({name: _take(message, name, int, default=0)}, name)[name]


def _positions(data: dict[str, Any], where: str) -> dict[str, int]:
    if not all(type(p) is int and 0 <= p <= POSITION_MAX for p in data.values()):
        raise Malformed(f"{where}: whole numbers expected, from 0 to 2^63 - 1")
    return data


def _digests(data: dict[str, Any]) -> dict[str, list[int]]:
    for digest in data.values():
        if not isinstance(digest, list) or [type(part) for part in digest] != [int, int]:
            raise Malformed("digests: [rows, sum of their hashes] expected for each bucket")
    return data


def _words(data: list[Any], where: str) -> list[str]:
    if not all(isinstance(word, str) and word.isprintable() for word in data):
        raise Malformed(f"{where}: a list of ids expected")
    return data


def reply_from(data: Any) -> PushReply:
    message = _object(data, "message")
    return PushReply(
        protocol=_take(message, "protocol", int),
        epoch=_take(message, "epoch", str),
        now=_take(message, "now", str),
        outcomes=tuple(_outcome(item) for item in _take(message, "outcomes", list)),
        head=_position(message, "head"),
        seal=_take(message, "seal", str, default=""),
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
        return Terms(**shared, anew=_take(message, "anew", bool, default=False))
    return Page(
        **shared,
        asked=_take(message, "asked", dict),
        position=_take(message, "position", int),
        more=_take(message, "more", bool),
        tables=tuple(_rows(item) for item in _take(message, "tables", list)),
        removed=tuple(_removal(item) for item in _take(message, "removed", list)),
        verdicts=_take(message, "verdicts", dict, default={}),
        outcomes=tuple(_outcome(item) for item in _take(message, "outcomes", list, default=[])),
        head=_position(message, "head"),
        seal=_take(message, "seal", str, default=""),
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
