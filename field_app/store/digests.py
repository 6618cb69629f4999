"""What this tablet really holds of a bucket, read from its rows, to be compared with the server's.

A row with local changes over it counts as the server last told it: the image, not what is shown.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.codec import table_of, to_wire, wire_columns
from asset_model.sync.digest import Digest, digest_of, row_hash, wire_text
from asset_model.tables import SYNCED
from field_app.store.local import BucketPosition, ServerImage


def unverified(session: Session) -> dict[str, Digest]:
    """The digests of buckets that changed since they were last found equal."""
    query = select(BucketPosition.bucket).where(BucketPosition.verified < 0)
    return {bucket: digest(session, bucket) for bucket in session.scalars(query)}


def digest(session: Session, bucket: str) -> Digest:
    return digest_of(hash for name in SYNCED for hash in _hashes(session, name, bucket))


def _hashes(session: Session, table: str, bucket: str) -> Iterator[int]:
    columns = table_of(table).columns
    values = [columns[name] for name in wire_columns(table)]
    imaged = select(ServerImage.row).where(ServerImage.table == table)
    plain = select(columns.id, *values).where(
        (" " + columns.buckets + " ").contains(f" {bucket} "), columns.id.not_in(imaged)
    )
    for id, *row in session.execute(plain):
        yield row_hash(table, wire_text(id, map(to_wire, row)))
    for image in session.scalars(select(ServerImage).where(ServerImage.table == table)):
        if image.columns is not None and not image.gone and bucket in image.buckets.split():
            yield row_hash(table, wire_text(image.row, _in_order(table, image.columns)))


def _in_order(table: str, columns: dict[str, Any]) -> Iterator[Any]:
    return (columns[name] for name in wire_columns(table))


def note_verdict(session: Session, bucket: str, *, equal: bool) -> bool:
    """Whether the bucket has differed twice in a row, and must be read again."""
    held = session.get_one(BucketPosition, bucket)
    if equal:
        held.verified, held.differed = held.position, 0
        return False
    held.differed += 1
    return held.differed >= DIFFERENCES_BEFORE_REPAIR


DIFFERENCES_BEFORE_REPAIR = 2
"""Once may be a page on its way; twice is a difference."""


def doubt(session: Session, buckets: set[str]) -> None:
    """These buckets changed: they are to be compared again."""
    for held in session.scalars(select(BucketPosition).where(BucketPosition.bucket.in_(buckets))):
        held.verified = -1
