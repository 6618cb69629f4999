"""The one way in: rows from the server, with what still waits here laid over them."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, select
from sqlalchemy.orm import Session

from asset_model.codec import table_of, wire_columns
from asset_model.sync.wire import Columns, Page, Removal, TableRows
from asset_model.tables import SYNCED
from field_app.store.images import image_of, images_of, rebuild
from field_app.store.local import ServerImage
from field_app.store.rows import filled, write_rows

IDS_PER_QUERY = 500

Told = tuple[Columns, int, set[str]]
"""What a page says of a row: its columns, its version, the buckets that it is told to be in."""


def take_rows(session: Session, page: Page) -> set[str]:
    """Everything a page says: rows first, then what left. Returns the buckets it touched."""
    touched = {removal.bucket for removal in page.removed}
    for told in page.tables:
        if told.table in SYNCED:  # A newer server may know tables that we do not.
            _take_table(session, told, page.buckets)
            masks = {row[0] for row in told.rows}
            touched |= {b for bit, b in enumerate(page.buckets) if any(m >> bit & 1 for m in masks)}
    for removal in page.removed:
        if removal.table in SYNCED:
            leave_bucket(session, removal)
    return touched


def _take_table(session: Session, told: TableRows, buckets: Sequence[str]) -> None:
    places = [
        (place, name) for place, name in enumerate(told.columns) if name in wire_columns(told.table)
    ]
    held = _held(session, told.table, [row[2] for row in told.rows])
    imaged = _imaged(session, told.table)
    fresh: list[dict[str, Any]] = []
    told_images: dict[str, Told] = {}
    for mask, version, id, *values in told.rows:
        before_version, before_buckets = held.get(id, (0, ""))
        here = {bucket for bit, bucket in enumerate(buckets) if mask >> bit & 1}
        columns = {name: values[place] for place, name in places}
        if id in imaged:
            told_images[id] = (columns, version, here)
        elif version >= before_version:
            kept = " ".join(sorted(here | set(before_buckets.split())))
            fresh.append({**columns, "id": id, "version": version, "buckets": kept})
    write_rows(session, told.table, fresh)
    _take_images(session, told.table, told_images)


def _held(session: Session, table: str, ids: list[str]) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(ids), IDS_PER_QUERY):
        part = {"ids": ids[start : start + IDS_PER_QUERY]}
        rows = session.execute(_versions(table), part)
        found.update({id: (version, buckets) for id, version, buckets in rows})
    return found


@cache
def _versions(table: str) -> Select[str, int, str]:
    columns = table_of(table).columns
    some = columns.id.in_(bindparam("ids", expanding=True))
    return select(columns.id, columns.version, columns.buckets).where(some)


_IMAGES = ServerImage.__table__.c
_IMAGED = select(_IMAGES.row_id).where(_IMAGES.table_name == bindparam("table"))


def _imaged(session: Session, table: str) -> set[str]:
    return set(session.scalars(_IMAGED, {"table": table}))


def _take_images(session: Session, table: str, told: dict[str, Told]) -> None:
    """The server's word goes into the images; what waits is laid over it again."""
    for image in images_of(session, table, told):
        columns, version, here = told[image.row]
        if version < image.version:
            continue
        image.columns = {**(image.columns or {}), **columns}
        image.version = version
        image.buckets = " ".join(sorted(here | set(image.buckets.split())))
        image.gone = False
    rebuild(session, [(table, row) for row in told])


def leave_bucket(session: Session, removal: Removal) -> None:
    """The row left a bucket; it goes from sight when no bucket of ours holds it any more."""
    image = image_of(session, removal.table, removal.row)
    columns = table_of(removal.table).columns
    if image is not None:
        image.buckets = _without(image.buckets, {removal.bucket})
        image.gone = not image.buckets
        rebuild(session, [(removal.table, removal.row)])
        return
    held = session.scalar(select(columns.buckets).where(columns.id == removal.row))
    if held is not None:
        _keep_only(session, removal.table, [(removal.row, _without(held, {removal.bucket}))])


def leave_buckets(session: Session, leaving: set[str]) -> None:
    """The scope moved: rows held only by these buckets go; changes that wait on them stay."""
    for name in filled(session):
        columns = table_of(name).columns
        held = session.execute(select(columns.id, columns.buckets).where(columns.buckets != ""))
        imaged = _imaged(session, name)
        left = [
            (id, _without(buckets, leaving))
            for id, buckets in held
            if id not in imaged and not leaving.isdisjoint(buckets.split())
        ]
        _keep_only(session, name, left)
    images = session.scalars(select(ServerImage)).all()
    moved = [image for image in images if not leaving.isdisjoint(image.buckets.split())]
    for image in moved:
        image.buckets = _without(image.buckets, leaving)
        image.gone = not image.buckets
    rebuild(session, [(image.table, image.row) for image in moved])


def _without(buckets: str, leaving: set[str]) -> str:
    return " ".join(bucket for bucket in buckets.split() if bucket not in leaving)


def _keep_only(session: Session, table: str, left: Iterable[tuple[str, str]]) -> None:
    columns = table_of(table).columns
    for row, buckets in left:
        if buckets:
            values = {columns.buckets: buckets}
            session.execute(table_of(table).update().where(columns.id == row).values(values))
        else:
            session.execute(delete(table_of(table)).where(columns.id == row))


def unconfirm(session: Session) -> None:
    """A new history begins: nothing we hold is known to be in it until it is told again.

    Nor in which buckets: it will not tell of leaving a bucket that a row never was in.
    """
    for name in filled(session):
        session.execute(table_of(name).update().values(version=0, buckets=""))
    for image in session.scalars(select(ServerImage)):
        image.version, image.buckets = 0, ""


def unconfirm_bucket(session: Session, bucket: str) -> None:
    """A bucket is to be read again: no row is in it until that is told again.

    A row that another bucket holds as well stays, whatever this one tells.
    """
    for name in filled(session):
        columns = table_of(name).columns
        holding = (" " + columns.buckets + " ").contains(f" {bucket} ")
        held = session.execute(select(columns.id, columns.buckets).where(holding)).all()
        for id, buckets in held:
            left = _without(buckets, {bucket})
            values = {columns.buckets: left} if left else {columns.buckets: "", columns.version: 0}
            session.execute(table_of(name).update().where(columns.id == id).values(values))
    for image in session.scalars(select(ServerImage)):
        if bucket in image.buckets.split():
            image.buckets = _without(image.buckets, {bucket})
            image.version = image.version if image.buckets else 0


def sweep(session: Session) -> None:
    """All has been read again to its end: what was not told of is not there any more."""
    untold = session.scalars(select(ServerImage).where(ServerImage.version == 0)).all()
    for image in untold:
        image.columns = None
    rebuild(session, [(image.table, image.row) for image in untold])
    for name in filled(session):
        columns = table_of(name).columns
        imaged = select(ServerImage.row).where(ServerImage.table == name)
        session.execute(
            delete(table_of(name)).where(columns.version == 0, columns.id.not_in(imaged))
        )


def rows_held(session: Session) -> int:
    """How many synchronized rows this tablet holds."""
    counts = (select(func.count()).select_from(table_of(name)) for name in SYNCED)
    return sum(session.scalar(count) or 0 for count in counts)
