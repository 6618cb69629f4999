"""The server's image of a row, kept beside the row while local changes lie over it."""

from sqlalchemy import delete, select
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
    columns = [table_of(table).columns[name] for name in wire_columns(table)]
    found = session.execute(select(*columns).where(table_of(table).columns.id == row)).first()
    if found is None:
        return None
    return dict(zip(wire_columns(table), map(to_wire, found), strict=True))


def keep_image(session: Session, table: str, row: str) -> None:
    """Keep the row as it is on disk as the server's word, unless a word is kept already."""
    if session.get(ServerImage, (table, row)) is not None:
        return
    columns = table_of(table).columns
    query = select(columns.version, columns.buckets).where(columns.id == row)
    version, buckets = session.execute(query).first() or (0, "")
    image = ServerImage(table=table, row=row, version=version, buckets=buckets)
    image.columns = stored(session, table, row)
    session.add(image)


def rebuild(session: Session, table: str, row: str) -> None:
    """Lay what still waits over the server's image of a row; drop the image when nothing does."""
    image = session.get(ServerImage, (table, row))
    if image is None:
        return
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
    query = (
        select(LocalChange.op, LocalChange.after, LocalChange.columns, LocalChange.schema)
        .where(LocalChange.table == table, LocalChange.row == row)
        .where(LocalChange.state.in_(LAID_OVER))
        .order_by(LocalChange.place)
    )
    return [
        (op, _in_todays_words(table, {**after, **stands}, schema))
        for op, after, stands, schema in session.execute(query)
    ]


def _in_todays_words(table: str, columns: Columns, schema: int) -> Columns:
    """What was written before an update of the app stays in sight after it."""
    if schema == SCHEMA:
        return columns
    return lifted(Change(id="", table=table, row="", op="edit", after=columns), schema).change.after
