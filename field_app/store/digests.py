"""What this tablet really holds of a bucket, read from its rows, to be compared with the server's.

A row with local changes over it counts as the server last told it: the image, not what is shown.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from asset_model.codec import table_of, to_wire, wire_columns
from asset_model.sync.digest import Digest, digest_of, row_hash, wire_text
from field_app.store.local import BucketPosition, ServerImage
from field_app.store.rows import filled

# Built once: to build a query takes SQLAlchemy longer than to run it.
_POSITIONS = BucketPosition.__table__.c
_UNVERIFIED = select(_POSITIONS.bucket).where(_POSITIONS.verified < 0)
_IMAGES = select(ServerImage)


def unverified(session: Session) -> dict[str, Digest]:
    """The digests of buckets that changed since they were last found equal."""
    return digests_of(session, set(session.scalars(_UNVERIFIED)))


def digests_of(session: Session, buckets: set[str]) -> dict[str, Digest]:
    """Each bucket's digest; all are read in one pass over the tables."""
    if not buckets:
        return {}
    hashes: dict[str, list[int]] = {bucket: [] for bucket in buckets}
    images = session.scalars(_IMAGES).all()
    imaged = {(image.table, image.row) for image in images}
    for name in filled(session):
        for id, held, *values in session.execute(_rows_of(name, frozenset(buckets))):
            mine = buckets.intersection(held.split())
            if mine and (name, id) not in imaged:
                value = row_hash(name, wire_text(id, map(to_wire, values)))
                for bucket in mine:
                    hashes[bucket].append(value)
    for image in images:
        if image.columns is not None and not image.gone:
            text = wire_text(image.row, _in_order(image.table, image.columns))
            for bucket in buckets.intersection(image.buckets.split()):
                hashes[bucket].append(row_hash(image.table, text))
    return {bucket: digest_of(found) for bucket, found in hashes.items()}


@lru_cache(maxsize=1_000)
def _rows_of(table: str, buckets: frozenset[str]) -> Select[Any]:
    """The rows that may be in these buckets; LIKE takes in a few more, never fewer."""
    columns = table_of(table).columns
    values = [columns[name] for name in wire_columns(table)]
    return select(columns.id, columns.buckets, *values).where(
        or_(*(columns.buckets.contains(bucket) for bucket in sorted(buckets)))
    )


def _in_order(table: str, columns: dict[str, Any]) -> Iterator[Any]:
    return (columns[name] for name in wire_columns(table))


def note_verdict(held: BucketPosition, *, equal: bool) -> bool:
    """Whether the bucket has differed twice in a row, and must be read again."""
    if equal:
        held.verified, held.differed = held.position, 0
        return False
    held.differed += 1
    return held.differed >= DIFFERENCES_BEFORE_REPAIR


DIFFERENCES_BEFORE_REPAIR = 2
"""Once may be a page on its way; twice is a difference."""


def doubt(session: Session, buckets: set[str]) -> None:
    """These buckets changed: they are to be compared again."""
    if not buckets:
        return
    for held in session.scalars(select(BucketPosition).where(BucketPosition.bucket.in_(buckets))):
        held.verified = -1
