"""For migrations: images of rows take the columns that their tables have gained.

A tablet's migration gives its typed rows the same values, and both digests agree afterwards.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from asset_model.sync.digest import MODULUS, row_hash, wire_text

_IMAGES = sa.table(
    "row_image", *map(sa.column, ("table_name", "row_id", "wire", "hash", "buckets"))
)
_DIGESTS = sa.table("bucket_digest", *map(sa.column, ("bucket", "sum")))

ROWS_AT_ONCE = 2_000
"""Readings of meters come by the million."""


def complete(
    connection: sa.Connection,
    gained: Mapping[str, Sequence[object]],
    whole: Mapping[str, int] | None = None,
) -> None:
    """`gained`: by table the values of its new columns, in the wire's order.

    `whole`: by table how many columns a row has with them; where it is told, an image takes only
    those that it has not.
    """
    for table, values in gained.items():
        for row, wire, old, buckets in _images(connection, table):
            held = json.loads(wire)[1:]
            missing = len(values) if whole is None else whole[table] - len(held)
            told = wire_text(row, [*held, *values[len(values) - missing :]])
            new = row_hash(table, told)
            same = (_IMAGES.c.table_name == table) & (_IMAGES.c.row_id == row)
            connection.execute(sa.update(_IMAGES).where(same).values(wire=told, hash=new))
            _move_digests(connection, buckets.split(), new - old)


def _images(connection: sa.Connection, table: str) -> Iterator[Any]:
    """Those of a table, as many at once as fit in any memory."""
    known, last = _IMAGES.c, ""
    query = sa.select(known.row_id, known.wire, known.hash, known.buckets)
    while True:
        some = query.where(known.table_name == table, known.row_id > last)
        found = connection.execute(some.order_by(known.row_id).limit(ROWS_AT_ONCE)).all()
        yield from found
        if len(found) < ROWS_AT_ONCE:
            return
        last = found[-1].row_id


def _move_digests(connection: sa.Connection, buckets: Sequence[str], by: int) -> None:
    moved = (_DIGESTS.c.sum + by % MODULUS) % MODULUS
    held = _DIGESTS.c.bucket.in_(buckets)
    connection.execute(sa.update(_DIGESTS).where(held).values(sum=moved))
