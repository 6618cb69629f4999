"""Deliberate bugs in how a tablet takes what the server tells it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import delete, select

from asset_model.sync.wire import Page
from field_app.store import digests, intake, outbox
from field_app.store.local import BucketPosition, LocalChange, replica_of
from field_app.sync import engine


def pull_overwrites_pending() -> AbstractContextManager[Any]:
    """A row from the server replaces what the crew has just written."""
    return patch.object(intake, "_imaged", lambda *_: set())


@contextmanager
def positions_saved_apart() -> Iterator[None]:
    """The position is on disk before the rows are; the tablet may die in between."""
    take = engine.take_page
    computed_from = engine._computed_from

    def apart(session: Any, page: Page, *, now: Any) -> bool:
        if not computed_from(replica_of(session), engine._positions(session), page):
            return False
        for bucket in session.scalars(select(BucketPosition)):
            bucket.position = max(bucket.position, page.position)
        session.info["database"].commit_too_early(session)
        return take(session, page, now=now)

    with (
        patch.object(engine, "take_page", apart),
        patch.object(engine, "_computed_from", lambda *_: True),
    ):
        yield


def late_pages_are_taken() -> AbstractContextManager[Any]:
    """A page computed for another scope or position is applied all the same."""
    return patch.object(engine, "_computed_from", lambda *_: True)


@contextmanager
def old_positions_in_a_new_history() -> Iterator[None]:
    """After a restore the tablet goes on reading where it was."""
    take_terms = engine.take_terms

    def go_on(session: Any, terms: Any, **_: Any) -> None:
        replica = replica_of(session)
        if replica.epoch not in (None, terms.epoch):
            outbox.offer_again(session)
            replica.epoch = terms.epoch
            return
        take_terms(session, terms, **_)

    with patch.object(engine, "take_terms", go_on):
        yield


@contextmanager
def a_new_copy_replaces_everything() -> Iterator[None]:
    """A tablet that must read all anew begins with an empty database, its outbox included."""
    unconfirm = intake.unconfirm

    def begin_anew(session: Any) -> None:
        unconfirm(session)
        session.execute(delete(LocalChange))

    with patch.object(intake, "unconfirm", begin_anew):
        yield


@contextmanager
def digests_always_agree() -> Iterator[None]:
    """The comparison cannot fail."""
    note = digests.note_verdict

    def agree(held: BucketPosition, *, equal: bool) -> bool:
        return note(held, equal=True)

    with patch.object(digests, "note_verdict", agree):
        yield


def nothing_is_swept() -> AbstractContextManager[Any]:
    """Rows of a history that a restore undid stay on the tablets."""
    return patch.object(intake, "sweep", lambda _: None)
