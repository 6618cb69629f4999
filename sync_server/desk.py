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
    after = {name: value for name, value in columns_of(row).items() if value is not None}
    return Change(id=new_id(), table=row.__tablename__, row=row.id, op="insert", after=after)


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
    outcomes: list[Outcome] = []
    for part in _parts(changes):
        group = Group(
            id=new_id(), person=person_id or "", made_at=instant(now), changes=tuple(part)
        )
        outcomes += apply_groups(session, [group], Sender(), now=now)
    for outcome in outcomes:
        if outcome.code not in (None, "group_refused"):
            raise ValueError(f"{outcome.change}: {outcome.code} {outcome.details}")
    return outcomes


def _parts(changes: Iterable[Change]) -> Iterator[Sequence[Change]]:
    rest = iter(changes)
    while part := list(islice(rest, CHANGES_PER_GROUP)):
        yield part
