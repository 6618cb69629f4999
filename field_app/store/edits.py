"""The one way out: rows and their pending changes are written together or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from asset_model.base import Synced, instant
from asset_model.codec import columns_of
from asset_model.ids import Author
from asset_model.sync.wire import Columns
from asset_model.tables import SYNCED
from field_app.store.images import keep_image, stored
from field_app.store.local import LocalChange


@contextmanager
def recorded(session: Session, *, by: Author) -> Iterator[None]:
    """Whatever the block adds or changes leaves as one group, in the caller's transaction.

    Nothing is flushed inside the block, so that what was on disk before it is still known after.
    """
    with session.no_autoflush:
        yield
        touched = [(row, *_moved(session, row)) for row in _touched(session)]
        moved = [(row, before, after) for row, before, after in touched if after]
        ids = [by.new_id() for _ in moved]
        for id, (row, before, after) in zip(ids, moved, strict=True):
            keep_image(session, row.__tablename__, row.id)
            # A group is called as its first change: an id less to send.
            session.add(_change(row, before, after, id, ids[0], by))
    session.flush()


def _touched(session: Session) -> list[Any]:
    """New and edited synchronized rows, parents before children."""
    rows: list[Any] = [row for row in (*session.new, *session.dirty) if isinstance(row, Synced)]
    if any(isinstance(row, Synced) for row in session.deleted):
        raise ValueError("synchronized rows are never deleted on a tablet; give them a status")
    rank = {model: place for place, model in enumerate(SYNCED.values())}
    return sorted(rows, key=lambda row: rank[type(row)])


def _moved(session: Session, row: Any) -> tuple[Columns | None, Columns]:
    """The row as it is on disk (None: it is born here), and the columns that differ from it."""
    name = row.__tablename__
    _fill_defaults(row)
    now = columns_of(row)
    on_disk = stored(session, name, row.id)
    if on_disk is None:
        return None, {column: value for column, value in now.items() if value is not None}
    return on_disk, {column: now[column] for column in now if now[column] != on_disk[column]}


def _fill_defaults(row: Any) -> None:
    """A new row's defaults come at the flush; the change needs them before."""
    for column in row.__table__.columns:
        if getattr(row, column.name) is None and column.default is not None:
            given = column.default
            setattr(row, column.name, given.arg(None) if given.is_callable else given.arg)


def _change(
    row: Any, before: Columns | None, after: Columns, id: str, group: str, by: Author
) -> LocalChange:
    return LocalChange(
        id=id,
        group_id=group,
        person_id=by.person_id,
        made_at=instant(by.now),
        table=row.__tablename__,
        row=row.id,
        op="insert" if before is None else "edit",
        before={} if before is None else {column: before[column] for column in after},
        after=after,
    )
