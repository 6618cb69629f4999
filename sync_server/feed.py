"""The feed: the latest state of every row of a bucket, in the order of the commits.

Whoever writes a synchronized row ends its transaction with `publish`, and nothing else writes
these tables.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, select, text, update
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.codec import wire_columns
from asset_model.sync.digest import MODULUS, row_hash, wire_text
from asset_model.sync.wire import Columns
from sync_server import bulk
from sync_server.tables import RowImage, ServerState

ROWS_PER_POSITION_MAX = 500
"""A bulk write is cut into commits of this many rows for its readers, parents first."""

ROWS_PER_QUERY = 400

_IMAGE = (
    "INSERT INTO row_image (table_name, row_id, position, buckets, wire, hash)"
    " VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (table_name, row_id) DO UPDATE SET position = excluded.position,"
    " buckets = excluded.buckets, wire = excluded.wire, hash = excluded.hash"
)
_ENTRY = (
    "INSERT INTO feed_entry (bucket, table_name, row_id, position, gone, gone_at)"
    " VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (bucket, table_name, row_id) DO UPDATE SET"
    " position = excluded.position, gone = excluded.gone, gone_at = excluded.gone_at"
)
_DIGEST = text(
    "INSERT INTO bucket_digest (bucket, position, rows, sum)"
    " VALUES (:bucket, :position, :rows, :sum)"
    " ON CONFLICT (bucket) DO UPDATE SET position = excluded.position,"
    " rows = bucket_digest.rows + excluded.rows,"
    " sum = (bucket_digest.sum + excluded.sum) % :modulus"
)


@dataclass
class Image:
    """A row as the feed last told it, or as it is about to."""

    table: str
    row: str
    columns: Columns
    buckets: frozenset[str]
    position: int = 0
    hash: int = 0
    """Of the image as it was read; `publish` works out the new one."""


class Before(NamedTuple):
    """What the feed says of a row until now: nothing, where it is new."""

    columns: Columns
    buckets: frozenset[str] = frozenset()
    hash: int = 0


def images(session: Session, keys: Iterable[tuple[str, str]], *, lock: bool) -> list[Image]:
    """The images of these (table, row); unknown ones are left out. `lock`: to write them."""
    found: list[Image] = []
    statement = _LOCKED if lock else _IMAGES
    for table, mine in groupby(sorted(set(keys)), key=itemgetter(0)):
        rows = [row for _, row in mine]
        for start in range(0, len(rows), ROWS_PER_QUERY):
            part = {"name": table, "rows": rows[start : start + ROWS_PER_QUERY]}
            found += [_image(*row) for row in session.connection().execute(statement, part)]
    return found


# Built once: to build a query takes SQLAlchemy longer than to run it.
_IMAGES = select(*RowImage.__table__.columns).where(
    RowImage.table == bindparam("name"), RowImage.row.in_(bindparam("rows", expanding=True))
)
_LOCKED = _IMAGES.order_by(RowImage.row).with_for_update()


def _image(table: str, row: str, position: int, buckets: str, wire: str, known: int) -> Image:
    values = json.loads(wire)[1:]
    columns = dict(zip(wire_columns(table), values, strict=True))
    return Image(table, row, columns, frozenset(buckets.split()), position, known)


def wire_of(image: Image) -> str:
    return wire_text(image.row, (image.columns[name] for name in wire_columns(image.table)))


def publish(session: Session, rows: Sequence[tuple[Image, Before]], *, now: datetime) -> None:
    """Tell the feed of written rows: each image with what the feed said of it before.

    Sets `position` on the images; the caller then writes the rows with it. Call it late in the
    transaction: from here on every other writer waits for the commit.
    """
    if not rows:
        return
    count = (len(rows) - 1) // ROWS_PER_POSITION_MAX + 1
    last = take_positions(session, count)
    for index, (image, _) in enumerate(rows):
        image.position = last - count + 1 + index // ROWS_PER_POSITION_MAX
    written = [_image_row(image) for image, _ in rows]
    bulk.write(session, _IMAGE, written)
    gone_at = instant(now)
    entries = [e for image, old in rows for e in _entries(image, old.buckets, gone_at)]
    bulk.write(session, _ENTRY, entries)
    hashes = [row[-1] for row in written]
    session.execute(_DIGEST, _digest_moves(rows, hashes, last))


def _image_row(image: Image) -> tuple[str, str, int, str, str, int]:
    wire, buckets = wire_of(image), " ".join(sorted(image.buckets))
    return image.table, image.row, image.position, buckets, wire, row_hash(image.table, wire)


def _entries(image: Image, old: frozenset[str], now: str) -> Iterable[tuple[Any, ...]]:
    place = (image.table, image.row, image.position)
    for bucket in sorted(image.buckets):
        yield bucket, *place, None, None
    for bucket in sorted(old - image.buckets):
        yield bucket, *place, "moved", now


def _digest_moves(
    rows: Sequence[tuple[Image, Before]], hashes: Sequence[int], position: int
) -> list[dict[str, object]]:
    """By how much the count and the sum of each touched bucket move."""
    counts: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for (image, old), new_hash in zip(rows, hashes, strict=True):
        for bucket in image.buckets:
            counts[bucket] += 1
            sums[bucket] += new_hash
        for bucket in old.buckets:
            counts[bucket] -= 1
            sums[bucket] -= old.hash
    return [
        {
            "bucket": bucket,
            "position": position,
            "rows": counts[bucket],
            "sum": sums[bucket] % MODULUS,
            "modulus": MODULUS,
        }
        for bucket in sorted(counts)
    ]


def withdraw(session: Session, keys: Iterable[tuple[str, str]], *, now: datetime) -> None:
    """Tell every bucket that these rows left for good, and keep no text of them.

    The caller deletes the rows themselves, in the same transaction.
    """
    there = images(session, keys, lock=True)
    leaving = [
        (replace(image, buckets=frozenset()), Before(image.columns, image.buckets, image.hash))
        for image in there
    ]
    publish(session, leaving, now=now)
    for image in there:
        same = (RowImage.table == image.table) & (RowImage.row == image.row)
        session.execute(delete(RowImage).where(same))


def take_positions(session: Session, count: int) -> int:
    """The last of `count` new positions. Waits for every transaction that took one before."""
    taken = (
        update(ServerState)
        .where(ServerState.id == 1)
        .values(position=ServerState.position + count)
        .returning(ServerState.position)
    )
    return session.execute(taken).scalar_one()


_STATE = select(ServerState.__table__.c.epoch, ServerState.__table__.c.position)


def state(session: Session) -> tuple[str, int]:
    """(epoch, head position)."""
    epoch, position = session.execute(_STATE).one()
    return epoch, position


def floor(session: Session) -> int:
    """Below it, what left a bucket cannot be told any more."""
    return session.execute(select(ServerState.floor)).scalar_one()


def begin_history(session: Session, epoch: str) -> None:
    """Give this server's history its identity, in place of any it had."""
    stood = session.execute(select(ServerState.position, ServerState.floor)).first()
    position, forgotten = stood or (0, 0)
    session.execute(delete(ServerState))
    session.add(ServerState(id=1, epoch=epoch, position=position, floor=forgotten))
