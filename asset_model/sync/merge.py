"""Three-way merge of one change into the row the server holds, and the other way round."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from asset_model.sync.wire import Change, Columns, Operation


@dataclass(frozen=True)
class Settled:
    """What a rule makes of two values. `contested`: a person should look at what was set aside."""

    value: Any
    set_aside: Any = None
    contested: bool = False


Rule = Callable[[Any, Any, Any], Settled]
"""(before, server, device) -> what stands, when both sides moved the value."""


def server_wins(before: Any, server: Any, device: Any) -> Settled:
    return Settled(server, set_aside=device, contested=True)


def device_wins(before: Any, server: Any, device: Any) -> Settled:
    return Settled(device, set_aside=server, contested=True)


def earliest(before: Any, server: Any, device: Any) -> Settled:
    """Of two times the first; both are text that sorts as time."""
    first, other = sorted((server, device), key=lambda value: (value is None, value))
    return Settled(first, set_aside=other)


def larger(before: Any, server: Any, device: Any) -> Settled:
    first, other = sorted((server, device), key=lambda value: (value is None, -(value or 0)))
    return Settled(first, set_aside=other)


def append(before: str | None, server: str | None, device: str | None) -> Settled:
    """Neither side's words are lost: what the device added goes below the server's."""
    added = (device or "").removeprefix(before or "").strip("\n")
    present = server or ""
    if added and ("\n" + present + "\n").find("\n" + added + "\n") >= 0:
        return Settled(server)
    return Settled("\n".join(text for text in (present, added) if text) or None)


def union(before: list[Any] | None, server: list[Any] | None, device: list[Any] | None) -> Settled:
    """Sets kept as lists: what either side added stays, what either side removed goes."""
    base, ours, theirs = before or [], server or [], device or []
    kept = [item for item in ours if item in theirs or item not in base]
    return Settled(kept + [item for item in theirs if item not in ours and item not in base])


def by_key(
    before: dict[str, Any] | None, server: dict[str, Any] | None, device: dict[str, Any] | None
) -> Settled:
    """Values by name: each moves by itself; one that both sides moved apart is contested."""
    base, ours, theirs = before or {}, server or {}, device or {}
    moved = [name for name in {**base, **theirs} if theirs.get(name) != base.get(name)]
    apart = [name for name in moved if ours.get(name) not in (base.get(name), theirs.get(name))]
    free = {name: theirs.get(name) for name in moved if name not in apart}
    stands = _without_none(ours | free)
    if not apart:
        return Settled(stands)
    theirs_whole = _without_none(stands | {name: theirs.get(name) for name in apart})
    return Settled(stands, set_aside=theirs_whole, contested=True)


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


RULES: dict[str, Rule] = {
    "server_wins": server_wins,
    "device_wins": device_wins,
    "earliest": earliest,
    "larger": larger,
    "append": append,
    "union": union,
    "by_key": by_key,
}


@dataclass(frozen=True)
class Merged:
    """What a change does to a row. `columns` move; `set_aside` lost; `contested` need a person."""

    columns: Columns
    set_aside: Columns
    contested: frozenset[str] = frozenset()


def merge(change: Change, current: Columns, rules: Mapping[str, Rule]) -> Merged:
    """Decide, column by column, what an edit does to the row the server holds.

    A column moves freely where the crew saw the server's current value, and is left where the
    server has arrived at the device's value by itself. Where both moved, its rule decides.
    """
    columns: Columns = {}
    set_aside: Columns = {}
    contested: set[str] = set()
    for name, device in change.after.items():
        before, server = change.before.get(name), current[name]
        if server == device:
            continue
        if server == before:
            columns[name] = device
            continue
        settled = rules[name](before, server, device)
        if settled.value != server:
            columns[name] = settled.value
        if settled.set_aside is not None or settled.contested:
            set_aside[name] = settled.set_aside
        if settled.contested:
            contested.add(name)
    return Merged(columns, set_aside, frozenset(contested))


def overlay(image: Columns | None, waiting: Iterable[tuple[Operation, Columns]]) -> Columns | None:
    """The row as the crew should see it: the server's image, with what still waits laid over it.

    None when the row is not on the server and was not made here either: an edit alone makes no row.
    """
    seen = None if image is None else dict(image)
    for operation, after in waiting:
        if seen is not None or operation == "insert":
            seen = {**(seen or {}), **after}
    return seen
