"""Whether the feed tells what the tables say, and the digests what the feed tells.

A digest can be worked out anew from the rows of the feed. A row that the feed tells otherwise than
its table cannot be mended by a machine: which of the two is right, a person must say.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import Session

from asset_model.codec import table_of, to_wire, wire_columns
from asset_model.database import Database
from asset_model.findings import Finding
from asset_model.sync.digest import Digest, digest_of, row_hash, wire_text
from asset_model.tables import SYNCED
from sync_server import feed
from sync_server.backup import one_moment
from sync_server.tables import BucketDigest, FeedEntry, RowImage

ROWS_AT_ONCE = 2_000


def feed_findings(database: Database, *, mend: bool) -> Iterator[Finding]:
    """What does not agree. To mend, every writer waits until it is done."""
    if not mend:
        with one_moment(database) as connection, Session(connection) as session:
            yield from _all(session, mend=False)
        return
    with database.writing() as session:
        feed.take_positions(session, 0)  # From here on nobody else writes the feed.
        yield from _all(session, mend=True)


def _all(session: Session, *, mend: bool) -> Iterator[Finding]:
    yield from _rows(session)
    yield from _positions(session)
    yield from _hashes(session, mend=mend)
    yield from _digests(session, mend=mend)


def _rows(session: Session) -> Iterator[Finding]:
    """Each table against the texts that are shipped of it."""
    for name in SYNCED:
        columns = table_of(name).columns
        values = [columns[column] for column in wire_columns(name)]
        query = (
            select(columns.id, RowImage.wire, *values)
            .outerjoin(RowImage, and_(RowImage.table == name, RowImage.row == columns.id))
            .execution_options(yield_per=ROWS_AT_ONCE)
        )
        differing = [id for id, wire, *row in session.execute(query) if wire != _text(id, row)]
        if differing:
            details = {"table": name, "count": len(differing), "first": differing[0]}
            yield Finding("row_differs", details)
        told = select(func.count()).where(RowImage.table == name)
        held = select(func.count()).select_from(table_of(name))
        surplus = (session.scalar(told) or 0) - (session.scalar(held) or 0)
        if surplus > 0:
            yield Finding("row_missing", {"table": name, "count": surplus})


def _text(id: str, row: list[Any]) -> str:
    return wire_text(id, map(to_wire, row))


def _positions(session: Session) -> Iterator[Finding]:
    _, head = feed.state(session)
    count = session.scalar(select(func.count()).where(FeedEntry.position > head))
    if count:
        yield Finding("beyond_head", {"count": count, "head": head})


def _hashes(session: Session, *, mend: bool) -> Iterator[Finding]:
    query = select(RowImage.table, RowImage.row, RowImage.wire, RowImage.hash)
    wrong = [
        (table, row, row_hash(table, wire))
        for table, row, wire, known in session.execute(query)
        if known != row_hash(table, wire)
    ]
    if not wrong:
        return
    for table, row, right in wrong if mend else ():
        key = (RowImage.table == table, RowImage.row == row)
        session.execute(update(RowImage).where(*key).values(hash=right))
    yield Finding("hash_wrong", {"count": len(wrong)}, mended=mend)


def _digests(session: Session, *, mend: bool) -> Iterator[Finding]:
    """The sum of each bucket, against the rows that are in it."""
    query = (
        select(FeedEntry.bucket, RowImage.hash)
        .join(RowImage, and_(RowImage.table == FeedEntry.table, RowImage.row == FeedEntry.row))
        .where(FeedEntry.gone.is_(None))
    )
    hashes: dict[str, list[int]] = defaultdict(list)
    for bucket, value in session.execute(query):
        hashes[bucket].append(value)
    held = {digest.bucket: digest for digest in session.scalars(select(BucketDigest))}
    for bucket in sorted(held.keys() | hashes.keys()):
        digest = held.get(bucket)
        right = digest_of(hashes.get(bucket, []))
        if digest is not None and Digest(digest.rows, digest.sum) == right:
            continue
        if mend:
            _set_digest(session, bucket, right)
        yield Finding("digest_wrong", {"bucket": bucket}, mended=mend)


def _set_digest(session: Session, bucket: str, right: Digest) -> None:
    digest = session.get(BucketDigest, bucket)
    if digest is None:
        _, head = feed.state(session)
        digest = BucketDigest(bucket=bucket, position=head)
        session.add(digest)
    digest.rows, digest.sum = right
