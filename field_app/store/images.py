"""The server's image of a row, kept beside the row while local changes lie over it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Select, bindparam, delete, select
from sqlalchemy.orm import Session

from asset_model.codec import table_of, to_wire, wire_columns
from asset_model.sync.merge import overlay
from asset_model.sync.schemas import lifted
from asset_model.sync.wire import Change, Columns, Operation
from asset_model.tables import SCHEMA
from field_app.store.local import LAID_OVER, LocalChange, ServerImage
from field_app.store.rows import write_rows

ROWS_PER_QUERY = 500

Key = tuple[str, str]
"""(table, row id)"""


def stored(session: Session, table: str, row: str) -> Columns | None:
    """The row's columns as they are in the database, in wire form."""
    found = session.connection().execute(_stored(table), {"row": row}).first()
    if found is None:
        return None
    return dict(zip(wire_columns(table), map(to_wire, found), strict=True))


@cache
def _stored(table: str) -> Select[Any]:
    columns = [table_of(table).columns[name] for name in wire_columns(table)]
    return select(*columns).where(table_of(table).columns.id == bindparam("row"))


@cache
def _place(table: str) -> Select[int, str]:
    columns = table_of(table).columns
    return select(columns.version, columns.buckets).where(columns.id == bindparam("row"))


_IMAGES = select(ServerImage).where(ServerImage.table == bindparam("table"))
_IMAGE = _IMAGES.where(ServerImage.row == bindparam("row"))
_SOME_IMAGES = _IMAGES.where(ServerImage.row.in_(bindparam("rows", expanding=True)))


def image_of(session: Session, table: str, row: str) -> ServerImage | None:
    """What the server last told of a row, where it is kept."""
    return session.scalars(_IMAGE, {"table": table, "row": row}).one_or_none()


def keep_image(session: Session, table: str, row: str) -> None:
    """Keep the row as it is on disk as the server's word, unless a word is kept already."""
    if image_of(session, table, row) is not None:
        return
    version, buckets = session.execute(_place(table), {"row": row}).first() or (0, "")
    image = ServerImage(table=table, row=row, version=version, buckets=buckets)
    image.columns = stored(session, table, row)
    session.add(image)


def images_of(session: Session, table: str, rows: Iterable[str]) -> Iterator[ServerImage]:
    """The images that are kept of these rows."""
    for some in _in_parts(rows):
        yield from session.scalars(_SOME_IMAGES, {"table": table, "rows": some})


def rebuild(session: Session, keys: Iterable[Key]) -> None:
    """Lay what still waits over the server's image of each row; drop an image when nothing does."""
    by_table: dict[str, set[str]] = defaultdict(set)
    for table, row in keys:
        by_table[table].add(row)
    for table, rows in by_table.items():
        _rebuild_table(session, table, rows)
    session.flush()


def _rebuild_table(session: Session, table: str, rows: set[str]) -> None:
    waiting = _waiting(session, table, rows)
    shown: list[Columns] = []
    hidden: list[str] = []
    for image in images_of(session, table, rows):
        seen = None if image.gone else overlay(image.columns, waiting.get(image.row, ()))
        if seen is None:
            hidden.append(image.row)
        else:
            # Only columns that this app has: a change may come from an app of another version.
            whole = {name: seen.get(name) for name in wire_columns(table)}
            place = {"id": image.row, "version": image.version, "buckets": image.buckets}
            shown.append({**whole, **place})
        if image.row not in waiting:
            session.delete(image)
    write_rows(session, table, shown)
    for some in _in_parts(hidden):
        session.execute(delete(table_of(table)).where(table_of(table).columns.id.in_(some)))


def _waiting(
    session: Session, table: str, rows: Iterable[str]
) -> dict[str, list[tuple[Operation, Columns]]]:
    """What each waiting change lays over its row: once accepted, what the server made of it."""
    found: dict[str, list[tuple[Operation, Columns]]] = defaultdict(list)
    for some in _in_parts(rows):
        asked = {"table": table, "rows": some, "states": LAID_OVER}
        for row, op, after, stands, schema in session.execute(_WAITING, asked):
            found[row].append((op, _in_todays_words(table, {**after, **stands}, schema)))
    return found


_CHANGES = LocalChange.__table__.c
_WAITING = (
    select(_CHANGES.row_id, _CHANGES.op, _CHANGES.after, _CHANGES.columns, _CHANGES.schema_version)
    .where(_CHANGES.table_name == bindparam("table"))
    .where(_CHANGES.row_id.in_(bindparam("rows", expanding=True)))
    .where(_CHANGES.state.in_(bindparam("states", expanding=True)))
    .order_by(_CHANGES.place)
)


def _in_todays_words(table: str, columns: Columns, schema: int) -> Columns:
    """What was written before an update of the app stays in sight after it."""
    if schema == SCHEMA:
        return columns
    return lifted(Change(id="", table=table, row="", op="edit", after=columns), schema).change.after


def _in_parts(rows: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(rows)
    while some := list(islice(rest, ROWS_PER_QUERY)):
        yield some
