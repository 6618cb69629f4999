"""What to say next to the server, and what to make of its answers.

No network, no clock, no thread: each function is one transaction of its caller. Answers may be
late, doubled or out of order; each proves for itself that it still applies.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from asset_model.base import instant
from asset_model.sync.batches import first_batch
from asset_model.sync.wire import Page, Pull, Push, PushReply, Terms
from asset_model.tables import SCHEMA
from field_app.store import digests, intake, outbox
from field_app.store.local import BucketPosition, Replica, replica_of


@dataclass(frozen=True)
class Limits:
    """How large a push may be; smaller after a server found one too large."""

    changes: int = 200
    size: int = 256 * 1024


def next_push(session: Session, *, now: datetime, limits: Limits | None = None) -> Push | None:
    """The first unanswered groups; None when everything is answered."""
    limits = limits or Limits()
    batch = first_batch(
        outbox.waiting_groups(session), changes_max=limits.changes, bytes_max=limits.size
    )
    if not batch:
        return None
    schema, groups = outbox.of_one_schema(session, batch)
    replica = replica_of(session)
    return Push(
        schema=schema,
        install=replica.install,
        incarnation=replica.incarnation,
        sent_at=instant(now),
        groups=groups,
    )


def take_reply(session: Session, reply: PushReply, *, now: datetime) -> int:
    """Note what became of what was sent: how many of the changes that waited are answered now.

    An answer of a history that is not ours any more says nothing: its changes are offered again.
    """
    replica, answered = replica_of(session), 0
    if replica.epoch in (None, reply.epoch):
        heard = datetime.fromisoformat(reply.now)
        answered = outbox.note_outcomes(session, reply.outcomes, answered_at=heard)
        _note_head(replica, reply)
    _heard(replica, reply.now, now)
    return answered


def _note_head(replica: Replica, told: PushReply | Page) -> None:
    """Answers may overtake one another: the furthest stands."""
    if told.head > replica.head:
        replica.head, replica.seal = told.head, told.seal


def next_pull(session: Session, *, verify: bool = False) -> Pull:
    """What this replica holds; the server answers with what comes after it, or with its terms.

    `verify`: with digests of the buckets that changed, which takes reading them through.
    """
    replica = replica_of(session)
    held = digests.unverified(session) if verify and not replica.sweeping else {}
    return Pull(
        schema=SCHEMA,
        epoch=replica.epoch,
        scope=replica.scope,
        positions=_positions(session),
        digests={bucket: list(digest) for bucket, digest in held.items()},
        waiting=tuple(outbox.unsettled(session)),
        heard=max(replica.head, outbox.furthest_accepted(session)),
        seal=replica.seal,
        since=_still_read(session),
    )


def take_page(session: Session, page: Page, *, now: datetime) -> bool:
    """Apply a page with its positions. False, and nothing done, unless it was computed from
    exactly what this replica holds now.
    """
    replica = replica_of(session)
    held = _positions(session)
    if not _computed_from(replica, held, page):
        return False
    outbox.note_outcomes(session, page.outcomes, answered_at=datetime.fromisoformat(page.now))
    touched = intake.take_rows(session, page)
    reached = {bucket: max(position, page.position) for bucket, position in held.items()}
    if reached != held:
        for bucket in session.scalars(_BUCKETS):
            since = bucket.since if bucket.position else page.head
            bucket.position = reached[bucket.bucket]
            bucket.since = since if since > bucket.position else 0
    if not page.more:
        _read_to_the_end(session, replica, page, now)
    outbox.settle(session, min(reached.values(), default=page.position))
    _take_verdicts(session, replica, page)
    digests.doubt(session, touched)
    _note_head(replica, page)
    _heard(replica, page.now, now)
    return True


def _computed_from(replica: Replica, held: dict[str, int], page: Page) -> bool:
    """A late page of an older scope, once accepted, would leave its rows here for ever."""
    return (page.epoch, page.scope, page.asked) == (replica.epoch, replica.scope, held)


def _take_verdicts(session: Session, replica: Replica, page: Page) -> None:
    """Buckets that the server found different twice are read again from their beginning."""
    if not page.verdicts:
        return
    buckets = {held.bucket: held for held in session.scalars(_BUCKETS)}
    for bucket, equal in page.verdicts.items():
        held = buckets[bucket]
        if digests.note_verdict(held, equal=equal):
            intake.unconfirm_bucket(session, bucket)
            held.position = held.differed = 0
            replica.sweeping = True


def _read_to_the_end(session: Session, replica: Replica, page: Page, now: datetime) -> None:
    if replica.sweeping:
        session.flush()
        intake.sweep(session)
        replica.sweeping = False
    if replica.pulled_at is None or replica.pulled_at.date() != now.date():
        digests.doubt(session, set(page.buckets))  # Once a day, all is read through.
        outbox.forget_old(session, server_now=datetime.fromisoformat(page.now))
    replica.pulled_at = now


def take_terms(session: Session, terms: Terms, *, now: datetime) -> None:
    """What the server says this replica should hold: another scope, or another history."""
    replica = replica_of(session)
    is_other = replica.epoch is not None and terms.epoch != replica.epoch
    if is_other:
        outbox.offer_again(session)
        replica.head, replica.seal = 0, ""
    if is_other or terms.anew:
        intake.unconfirm(session)
        replica.sweeping = True
        session.execute(delete(BucketPosition))
    replica.epoch = terms.epoch
    replica.scope = terms.scope
    held = set(_positions(session))
    leaving = held - set(terms.buckets)
    if leaving:
        intake.leave_buckets(session, leaving)
        session.execute(delete(BucketPosition).where(BucketPosition.bucket.in_(leaving)))
    session.add_all(BucketPosition(bucket=b, position=0) for b in set(terms.buckets) - held)
    _heard(replica, terms.now, now)


_BUCKETS = select(BucketPosition)
_HELD = BucketPosition.__table__.c
_POSITIONS = select(_HELD.bucket, _HELD.position)
_STILL_READ = select(_HELD.bucket, _HELD.since).where(_HELD.since > _HELD.position)


def _positions(session: Session) -> dict[str, int]:
    return dict(session.execute(_POSITIONS).all())


def _still_read(session: Session) -> dict[str, int]:
    """The buckets of which not all is read that there was when reading them began."""
    return dict(session.execute(_STILL_READ).all())


def _heard(replica: Replica, server_now: str, now: datetime) -> None:
    """The server spoke: how far our clock is from its, and when that was."""
    error = now - datetime.fromisoformat(server_now)
    replica.clock_error_ms = int(error.total_seconds() * 1000)
    replica.heard_at = now
