"""The server's own hand: imports, plans and set-up write through the same door as tablets.

So every value has its history in the journal, and every tablet hears of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.codec import columns_of
from asset_model.ids import NewId
from asset_model.sync.wire import Change, Columns, Group, Outcome
from sync_server.push import apply_groups
from sync_server.senders import Sender

CHANGES_PER_GROUP = 2_000


def inserted(row: Any, *, new_id: NewId) -> Change:
    """The change that adds a mapped row (`asset_model.tables`) built in memory, with its id."""
    return inserted_columns(row.__tablename__, row.id, columns_of(row), new_id=new_id)


def inserted_columns(table: str, row: str, columns: Columns, *, new_id: NewId) -> Change:
    """The same of a row that is given by its columns, as the wire tells them."""
    after = {name: value for name, value in columns.items() if value is not None}
    return Change(id=new_id(), table=table, row=row, op="insert", after=after)


def edited(table: str, row: str, before: Columns, after: Columns, *, new_id: NewId) -> Change:
    """The change that moves the columns in which `after` differs from `before`."""
    moved = [name for name in after if after[name] != before.get(name)]
    return Change(
        id=new_id(),
        table=table,
        row=row,
        op="edit",
        before={name: before.get(name) for name in moved},
        after={name: after[name] for name in moved},
    )


def write(
    session: Session,
    changes: Iterable[Change],
    *,
    now: datetime,
    new_id: NewId,
    person_id: str | None = None,
) -> list[Outcome]:
    """Apply the changes in the caller's transaction, with no tablet's limits of role or scope.

    :raises ValueError: when one is turned down, naming it; the caller's transaction rolls back
    """
    parts = written(session, changes, now=now, new_id=new_id, person_id=person_id)
    return [outcome for part in parts for outcome in part]


def written(
    session: Session,
    changes: Iterable[Change],
    *,
    now: datetime,
    new_id: NewId,
    person_id: str | None = None,
) -> Iterator[list[Outcome]]:
    """The same, group by group, for changes of which memory should not hold all.

    :raises ValueError: like `write`
    """
    for part in _parts(changes):
        yield write_together(session, [part], now=now, new_id=new_id, person_id=person_id)


def write_together(
    session: Session,
    several: Iterable[Sequence[Change]],
    *,
    now: datetime,
    new_id: NewId,
    person_id: str | None = None,
) -> list[Outcome]:
    """The same for acts that have nothing to do with each other: each a group, all in one write.

    :raises ValueError: when a change of any is turned down
    """
    groups = [
        Group(id=new_id(), person=person_id or "", made_at=instant(now), changes=tuple(part))
        for part in several
    ]
    outcomes = apply_groups(session, groups, Sender(), now=now) if groups else []
    for outcome in outcomes:
        if outcome.code not in (None, "group_refused"):
            raise ValueError(f"{outcome.change}: {outcome.code} {outcome.details}")
    return outcomes


def _parts(changes: Iterable[Change]) -> Iterator[Sequence[Change]]:
    rest = iter(changes)
    while part := list(islice(rest, CHANGES_PER_GROUP)):
        yield part
