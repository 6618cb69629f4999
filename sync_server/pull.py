"""Telling a tablet what it has not seen: whole commits, in order, of the buckets it may hold."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.codec import wire_columns
from asset_model.ids import derived_id
from asset_model.sync.wire import Pull, Terms, encoded
from asset_model.tables import SCHEMA, SYNCED
from sync_server import feed
from sync_server.journal import become_of
from sync_server.scope import Scope
from sync_server.seals import Seals
from sync_server.tables import BucketDigest, FeedEntry, RowImage

ROWS_PER_PAGE_MAX = 2_000
"""A page ends with the commit that reaches this; a commit is never cut."""

TELLS_SINCE = 3
"""The protocol from which on a pull says since when each bucket is being read."""

WAITING_MAX = 100
"""So many parked changes are answered for in one pull."""

Entry = Row[str, str, str, int, str | None, str]


@dataclass(frozen=True)
class _Slice:
    """Entries of whole commits, up to `position`."""

    entries: Sequence[Entry]
    position: int
    more: bool


@dataclass(frozen=True)
class Answer:
    """The bytes of a `Page` or of `Terms`, and what the server itself should note."""

    body: bytes
    terms: bool = False
    differing: list[str] = field(default_factory=list)
    equal: list[str] = field(default_factory=list)
    sent_to: int = 0
    """How far the rows go that are news to the device; 0: there are none."""


def answer(
    session: Session,
    pull: Pull,
    scope: Scope,
    device_id: str,
    *,
    now: datetime,
    seals: Seals | None = None,
    rows_max: int | None = None,
) -> Answer:
    """A `Page` or `Terms`, as JSON. Rows are the stored texts: nothing is built twice."""
    epoch, head = feed.state(session)
    if pull.epoch != epoch or pull.scope != scope.id or set(pull.positions) != set(scope.buckets):
        return _terms(pull, epoch, scope.id, scope.buckets, now)
    cut = _slice(session, pull.positions, head, rows_max or ROWS_PER_PAGE_MAX)
    if min(pull.positions.values()) < head:
        floor = feed.floor(session)  # After the rows: what was forgotten meanwhile counts.
        if _has_missed_removals(pull, floor):
            return _all_anew(pull, epoch, scope, now)
        cut = _past(session, floor, cut, pull, head)
    verdicts = _compare(session, pull)
    settled = become_of(session, device_id, pull.waiting[:WAITING_MAX])
    extra = {
        "verdicts": verdicts,
        "outcomes": settled,
        "head": head,
        "seal": seals.of(epoch, head) if seals else "",
    }
    body = _encode(cut, pull, scope, epoch, now, extra)
    return Answer(
        body,
        differing=[bucket for bucket, same in verdicts.items() if not same],
        equal=[bucket for bucket, same in verdicts.items() if same],
        sent_to=max((entry.position for entry in cut.entries), default=0),
    )


def _terms(
    pull: Pull, epoch: str, scope: str, buckets: tuple[str, ...], now: datetime, **more: bool
) -> Answer:
    terms = Terms(
        epoch=epoch,
        scope=scope,
        buckets=buckets,
        now=instant(now),
        protocol=pull.protocol,
        **more,
    )
    return Answer(encoded(terms), terms=True)


def doubted(pull: Pull, epoch: str, *, now: datetime) -> Answer:
    """For this replica alone, another history that holds nothing: it will be told the true one
    next, offer its work again, and read everything anew.
    """
    return _terms(pull, derived_id("doubt", epoch), "", (), now)


def _has_missed_removals(pull: Pull, floor: int) -> bool:
    """Whether rows left that this replica holds and cannot be told of any more.

    What a bucket told since its reading began, it told as it stood then: a replica that is still
    reading its first pages has missed nothing.
    """
    return any(
        position > 0 and max(position, pull.since.get(bucket, 0)) < floor
        for bucket, position in pull.positions.items()
    )


def _all_anew(pull: Pull, epoch: str, scope: Scope, now: datetime) -> Answer:
    """Older apps do not know how to read anew: they are told to hold nothing, and ask again."""
    if pull.protocol < TELLS_SINCE:
        return _terms(pull, epoch, "", (), now)
    return _terms(pull, epoch, scope.id, scope.buckets, now, anew=True)


def _past(session: Session, floor: int, cut: _Slice, pull: Pull, head: int) -> _Slice:
    """The slice; for apps that do not tell since when they read, up to the floor at least.

    They would come back from in between, and seem to have missed what was forgotten.
    """
    if pull.protocol >= TELLS_SINCE or cut.position >= floor:
        return cut
    entries = session.execute(_entries(pull.positions, floor)).all()
    return _Slice(entries, floor, more=floor < head)


def _compare(session: Session, pull: Pull) -> dict[str, bool]:
    """By bucket whether the digests agree; left out where the device has not read all of it."""
    if not pull.digests or pull.schema != SCHEMA:
        return {}
    query = select(BucketDigest).where(BucketDigest.bucket.in_(pull.digests))
    ours = {digest.bucket: digest for digest in session.scalars(query)}
    verdicts: dict[str, bool] = {}
    for bucket, theirs in pull.digests.items():
        mine = ours.get(bucket)
        if mine is None:
            verdicts[bucket] = theirs[0] == 0
        elif pull.positions.get(bucket, -1) >= mine.position:
            verdicts[bucket] = theirs == [mine.rows, mine.sum]
    return verdicts


def _slice(session: Session, positions: dict[str, int], head: int, rows_max: int) -> _Slice:
    if all(position >= head for position in positions.values()):
        return _Slice([], head, more=False)
    entries = session.execute(_entries(positions, head).limit(rows_max + 1)).all()
    if len(entries) <= rows_max:
        return _Slice(entries, head, more=False)
    last = entries[-1].position
    whole = [entry for entry in entries if entry.position < last]
    if not whole:
        query = _entries(positions, head).where(FeedEntry.position == last)
        whole, last = list(session.execute(query).all()), last + 1
    return _Slice(whole, last - 1, more=last <= head)


def _entries(positions: dict[str, int], head: int) -> Select[str, str, str, int, str | None, str]:
    by_position = groupby(sorted(positions.items(), key=lambda item: item[1]), lambda item: item[1])
    # The joined text keeps SQLite from the index by bucket, where it would read all of every bucket
    # for each page; in order of position it reads what is new.
    bucket_in = FeedEntry.bucket.concat("").in_
    wanted = [
        and_(FeedEntry.position > after, bucket_in([bucket for bucket, _ in held]))
        for after, held in by_position
    ]
    return (
        select(
            FeedEntry.bucket,
            FeedEntry.table,
            FeedEntry.row,
            FeedEntry.position,
            FeedEntry.gone,
            RowImage.wire,
        )
        .outerjoin(RowImage, and_(RowImage.table == FeedEntry.table, RowImage.row == FeedEntry.row))
        .where(
            FeedEntry.position > min(positions.values()),
            FeedEntry.position <= head,
            or_(*wanted),
        )
        .order_by(FeedEntry.position)
    )


def _encode(
    cut: _Slice, pull: Pull, scope: Scope, epoch: str, now: datetime, extra: dict[str, Any]
) -> bytes:
    head = {
        "protocol": pull.protocol,
        "epoch": epoch,
        "scope": scope.id,
        "buckets": scope.buckets,
        "now": instant(now),
        "asked": pull.positions,
        "position": cut.position,
        "more": cut.more,
        "removed": [[e.table, e.row, e.bucket, e.gone] for e in cut.entries if e.gone],
        **extra,
    }
    opened = encoded(head).removesuffix(b"}")
    return b'%b,"tables":[%b]}' % (opened, ",".join(_tables(cut.entries, scope)).encode())


def _tables(entries: Sequence[Entry], scope: Scope) -> list[str]:
    """The rows by table, parents first: ``[mask,version,id,values...]`` each."""
    bits = {bucket: 1 << place for place, bucket in enumerate(scope.buckets)}
    masks: dict[tuple[str, str], int] = {}
    texts: dict[tuple[str, str], tuple[int, str]] = {}
    for bucket, table, row, position, gone, wire in entries:
        if gone is None:
            masks[table, row] = masks.get((table, row), 0) | bits[bucket]
            texts[table, row] = (position, wire)
    by_table: dict[str, list[str]] = {}
    for key, (position, wire) in texts.items():
        by_table.setdefault(key[0], []).append(f"[{masks[key]},{position},{wire[1:]}")
    return [_table(name, by_table[name]) for name in SYNCED if name in by_table]


def _table(name: str, rows: list[str]) -> str:
    columns = json.dumps(wire_columns(name))
    return f'{{"table":"{name}","columns":{columns},"rows":[{",".join(rows)}]}}'
