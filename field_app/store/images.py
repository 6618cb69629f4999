"""The server's image of a row, kept beside the row while local changes lie over it."""

from functools import cache
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


_IMAGE = select(ServerImage).where(
    ServerImage.table == bindparam("table"), ServerImage.row == bindparam("row")
)


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


def rebuild(session: Session, table: str, row: str) -> None:
    """Lay what still waits over the server's image of a row; drop the image when nothing does."""
    image = image_of(session, table, row)
    if image is not None:
        lay_over(session, image)


def lay_over(session: Session, image: ServerImage) -> None:
    table, row = image.table, image.row
    waiting = _waiting(session, table, row)
    seen = None if image.gone else overlay(image.columns, waiting)
    if seen is None:
        session.execute(delete(table_of(table)).where(table_of(table).columns.id == row))
    else:
        # Only columns that this app has: a change may come from an app of another version.
        whole = {name: seen.get(name) for name in wire_columns(table)}
        place = {"id": row, "version": image.version, "buckets": image.buckets}
        write_rows(session, table, [{**whole, **place}])
    if not waiting:
        session.delete(image)
        session.flush()


def _waiting(session: Session, table: str, row: str) -> list[tuple[Operation, Columns]]:
    """What each waiting change lays over its row: once accepted, what the server made of it."""
    row_of = {"table": table, "row": row, "states": LAID_OVER}
    return [
        (op, _in_todays_words(table, {**after, **stands}, schema))
        for op, after, stands, schema in session.execute(_WAITING, row_of)
    ]


_CHANGES = LocalChange.__table__.c
_WAITING = (
    select(_CHANGES.op, _CHANGES.after, _CHANGES.columns, _CHANGES.schema_version)
    .where(_CHANGES.table_name == bindparam("table"), _CHANGES.row_id == bindparam("row"))
    .where(_CHANGES.state.in_(bindparam("states", expanding=True)))
    .order_by(_CHANGES.place)
)


def _in_todays_words(table: str, columns: Columns, schema: int) -> Columns:
    """What was written before an update of the app stays in sight after it."""
    if schema == SCHEMA:
        return columns
    return lifted(Change(id="", table=table, row="", op="edit", after=columns), schema).change.after
