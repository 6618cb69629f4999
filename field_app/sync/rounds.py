"""One round of synchronization: hand over what waits, then take what is new."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from asset_model.database import Database
from asset_model.sync.batches import encoded_size
from asset_model.sync.wire import Page, Push, Terms
from field_app.store import outbox
from field_app.sync import engine, first_copy
from field_app.sync.engine import Limits
from field_app.sync.transport import LinkDown, NotTaken, Transport

Clock = Callable[[], datetime]

TERMS_MAX = 5
"""In one round. A server whose terms never end in a page is asked again later."""


@dataclass(frozen=True)
class Round:
    """What one round did, for the loop and the screen."""

    sent: int
    received: int


def run_round(
    database: Database,
    transport: Transport,
    clock: Clock,
    *,
    stop: threading.Event | None = None,
    progress: Callable[[int], None] = lambda _: None,
    copying: first_copy.Told = lambda _: None,
    verify: bool = False,
) -> Round:
    """Push until nothing waits, pull until nothing is new; every answer commits by itself.

    `verify`: prove to the server that the buckets that changed are held as it has them.

    :raises LinkDown, NotEnrolled: with all that was answered before kept
    """
    sent = _push_all(database, transport, clock, stop)
    copy = partial(first_copy.take_if_due, database, transport, clock, copying, stop)
    received = _pull_all(database, transport, clock, stop, progress, verify, copy)
    return Round(sent, received)


def _push_all(
    database: Database, transport: Transport, clock: Clock, stop: threading.Event | None
) -> int:
    limits, sent = Limits(), 0
    while not (stop and stop.is_set()):
        with database.reading() as session:
            push = engine.next_push(session, now=clock(), limits=limits)
        if push is None:
            break
        try:
            reply = transport.push(push)
        except NotTaken as refusal:
            limits = _smaller(database, push, limits, clock, refusal)
            continue
        with database.writing() as session:
            answered = engine.take_reply(session, reply, now=clock())
        if not answered:
            break  # A server that answers nothing we asked: do not ask it forever.
        sent += answered
    return sent


def _smaller(
    database: Database, push: Push, limits: Limits, clock: Clock, refusal: NotTaken
) -> Limits:
    """Halve what is sent at once; a single group that is still not taken is parked."""
    if len(push.groups) > 1:
        changes = sum(len(group.changes) for group in push.groups)
        size = sum(map(encoded_size, push.groups))
        return Limits(changes=max(1, changes // 2), size=max(1, size // 2))
    group = push.groups[0]
    with database.writing() as session:
        details = {"size": encoded_size(group), "limit": limits.size, **refusal.details}
        outbox.park_here(session, group.id, refusal.code, details, now=clock())
    return Limits()


def _pull_all(
    database: Database,
    transport: Transport,
    clock: Clock,
    stop: threading.Event | None,
    progress: Callable[[int], None],
    verify: bool,
    copy: Callable[[], int],
) -> int:
    received, more, proving, terms = copy(), True, False, 0
    while more and not (stop and stop.is_set()):
        with database.reading() as session:
            pull = engine.next_pull(session, verify=proving)
        answer = transport.pull(pull)
        with database.writing() as session:
            more = _take(session, answer, clock())
        if isinstance(answer, Page):
            received += sum(len(told.rows) for told in answer.tables)
            progress(received)
        else:
            terms += 1
            if terms > TERMS_MAX:
                raise LinkDown("terms without end")
            received += copy()
        if verify and not more and not proving:
            more = proving = True  # Only once all is read is there something to compare.
    return received


def _take(session: Session, answer: Page | Terms, now: datetime) -> bool:
    """Whether there is more to ask for."""
    if isinstance(answer, Page):
        return not engine.take_page(session, answer, now=now) or answer.more
    engine.take_terms(session, answer, now=now)
    return True
