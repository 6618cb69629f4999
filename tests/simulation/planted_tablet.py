"""Deliberate bugs of a tablet, each planted by replacing one function while the block lasts."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from sqlalchemy import delete, select, update

from asset_model.ids import derived_id
from asset_model.sync.reading import page_or_terms_from
from asset_model.sync.wire import Page, Push
from field_app.store import digests, images, intake, outbox
from field_app.store.local import BucketPosition, LocalChange, Replica, State
from field_app.sync import engine
from tests.simulation import fleet


@contextmanager
def emptied_on_sending() -> Iterator[None]:
    """What is sent leaves the outbox at once."""
    next_push = engine.next_push

    def send(session: Any, **named: Any) -> Push | None:
        made = next_push(session, **named)
        if made is not None:
            ids = [change.id for group in made.groups for change in group.changes]
            sent = update(LocalChange).where(LocalChange.id.in_(ids))
            session.execute(sent.values(state=State.SETTLED))
            session.commit()
        return made

    with patch.object(engine, "next_push", send):
        yield


def pull_overwrites_pending() -> AbstractContextManager[Any]:
    """A row from the server replaces what the crew has just written."""
    return patch.object(intake, "_imaged", lambda *_: set())


@contextmanager
def groups_are_split() -> Iterator[None]:
    """The limit of a message cuts through a group."""
    waiting = outbox.waiting_groups

    def singly(session: Any) -> Iterator[Any]:
        for group in waiting(session):
            for change in group.changes:
                yield replace(group, changes=(change,))

    with patch.object(outbox, "waiting_groups", singly):
        yield


@contextmanager
def refused_is_thrown_away() -> Iterator[None]:
    note = outbox.note_outcomes

    def forget(session: Any, outcomes: Any, **named: Any) -> int:
        answered = note(session, outcomes, **named)
        refused = [outcome.change for outcome in outcomes if outcome.result == "refused"]
        session.execute(delete(LocalChange).where(LocalChange.id.in_(refused)))
        return answered

    with patch.object(outbox, "note_outcomes", forget):
        yield


@contextmanager
def leaving_drops_pending() -> Iterator[None]:
    """A row that leaves takes along the edits that wait on it."""
    leave = intake.leave_bucket

    def drop(session: Any, removal: Any) -> None:
        leave(session, removal)
        mine = (LocalChange.row == removal.row, LocalChange.state == State.PENDING)
        session.execute(delete(LocalChange).where(*mine))

    with patch.object(intake, "leave_bucket", drop):
        yield


@contextmanager
def positions_saved_apart() -> Iterator[None]:
    """The position is on disk before the rows are; the tablet may die in between."""
    take = fleet.Tablet.take

    def apart(self: fleet.Tablet, kind: str, body: bytes) -> None:
        if kind == "pull" and b'"asked"' in body and body.endswith(b"}"):
            page = page_or_terms_from(json.loads(body))
            with self.database.writing() as session:
                held = engine._positions(session)
                assert isinstance(page, Page)
                if not engine._computed_from(session.get_one(Replica, 1), held, page):
                    return
                for bucket in session.scalars(select(BucketPosition)):
                    bucket.position = max(bucket.position, page.position)
            with patch.object(engine, "_computed_from", lambda *_: True):
                take(self, kind, body)
        else:
            take(self, kind, body)

    with patch.object(fleet.Tablet, "take", apart):
        yield


def late_pages_are_taken() -> AbstractContextManager[Any]:
    """A page computed for another scope or position is applied all the same."""
    return patch.object(engine, "_computed_from", lambda *_: True)


@contextmanager
def old_positions_in_a_new_history() -> Iterator[None]:
    """After a restore the tablet goes on reading where it was."""

    def go_on(session: Any, terms: Any, **_: Any) -> None:
        replica = session.get_one(Replica, 1)
        if replica.epoch not in (None, terms.epoch):
            outbox.offer_again(session)
            replica.epoch = terms.epoch
            return
        take_terms(session, terms, **_)

    take_terms = engine.take_terms
    with patch.object(engine, "take_terms", go_on):
        yield


def nothing_offered_again() -> AbstractContextManager[Any]:
    """After a restore nobody brings back what was lost."""
    return patch.object(outbox, "offer_again", lambda _: None)


@contextmanager
def offered_under_new_ids() -> Iterator[None]:
    """After a restore work is brought back as if it were new."""
    offer = outbox.offer_again

    def renamed(session: Any) -> None:
        offer(session)
        for entry in session.scalars(select(LocalChange)):
            entry.id = derived_id("again", entry.id)

    with patch.object(outbox, "offer_again", renamed):
        yield


def accepted_is_not_laid_over() -> AbstractContextManager[Any]:
    """Between the answer and the next page, the old value is back on the screen."""
    return patch.object(images, "LAID_OVER", (State.PENDING,))


@contextmanager
def digests_always_agree() -> Iterator[None]:
    """The comparison cannot fail."""
    note = digests.note_verdict

    def agree(held: Any, **_: Any) -> bool:
        return note(held, equal=True)

    with patch.object(digests, "note_verdict", agree):
        yield


def nothing_is_swept() -> AbstractContextManager[Any]:
    """Rows of a history that a restore undid stay on the tablets."""
    return patch.object(intake, "sweep", lambda _: None)


@contextmanager
def device_clock_forgets() -> Iterator[None]:
    """The month of the local journal is counted by a clock that jumps."""
    forget = outbox.forget_old
    read = engine._read_to_the_end

    def by_our_clock(session: Any, replica: Any, page: Any, now: Any) -> None:
        forget(session, server_now=now)
        read(session, replica, page, now)

    with patch.object(engine, "_read_to_the_end", by_our_clock):
        yield
