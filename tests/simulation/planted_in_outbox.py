"""Deliberate bugs in how a tablet keeps what it is to send, and what it has sent."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from sqlalchemy import delete, select, update

from asset_model.ids import derived_id
from asset_model.sync.wire import Push
from field_app.store import images, intake, outbox
from field_app.store.local import LocalChange, State
from field_app.sync import engine


@contextmanager
def emptied_on_sending() -> Iterator[None]:
    """What is sent leaves the outbox at once."""
    next_push = engine.next_push

    def send(session: Any, *, now: Any, **named: Any) -> Push | None:
        made = next_push(session, now=now, **named)
        if made is not None:
            ids = [change.id for group in made.groups for change in group.changes]
            sent = update(LocalChange).where(LocalChange.id.in_(ids))
            session.execute(sent.values(state=State.SETTLED, answered_at=now))
            session.commit()
        return made

    with patch.object(engine, "next_push", send):
        yield


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
        answered: int = note(session, outcomes, **named)
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
def accepted_is_not_laid_over() -> Iterator[None]:
    """Between the answer and the next page, the old value is back on the screen."""
    with (
        patch.object(images, "LAID_OVER", (State.PENDING,)),
        patch.object(outbox, "_lies_as_before", lambda *_: False),
    ):
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


@contextmanager
def too_large_is_dropped() -> Iterator[None]:
    """What no server takes is taken out of the way."""

    def drop(session: Any, group_id: str, *_: Any, **__: Any) -> None:
        session.execute(delete(LocalChange).where(LocalChange.group_id == group_id))

    with patch.object(outbox, "park_here", drop):
        yield
