"""Mechanisms of the tablet, each taken out while the block lasts; more in the simulation."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from sqlalchemy.orm import object_session

from asset_model import database, migrations
from asset_model.database import Database
from asset_model.ids import derived_id
from asset_model.tables import SCHEMA
from field_app.store import edits, images, opening, outbox, salvage
from field_app.store.local import LocalChange, Replica, State
from field_app.sync import engine, loop, rounds
from field_app.sync.part_file import PartFile


@contextmanager
def saved_is_said_before_the_commit() -> Iterator[None]:
    """The transaction is still open when the screens are told."""
    open_ones: list[Any] = []

    @contextmanager
    def writing(self: Database) -> Iterator[Any]:
        session = self._writers()
        open_ones.append(session)
        yield session
        session.flush()

    with patch.object(Database, "writing", writing):
        yield
    for session in open_ones:
        session.close()


@contextmanager
def the_disk_is_not_waited_for() -> Iterator[None]:
    """A commit returns before the disk has it."""
    behave = database._behave
    with patch.object(database, "_behave", lambda engine, _: behave(engine, "NORMAL")):
        yield


@contextmanager
def row_and_change_are_apart() -> Iterator[None]:
    """The row is committed by itself, and its change after it."""
    keep = images.keep_image

    def apart(session: Any, table: str, row: str) -> None:
        keep(session, table, row)
        session.flush()
        for statement in ("COMMIT", "BEGIN IMMEDIATE"):
            session.connection().exec_driver_sql(statement)

    with patch.object(edits, "keep_image", apart):
        yield


def nothing_is_looked_for_in_pages() -> AbstractContextManager[Any]:
    """What SQLite cannot read of a damaged database is given up."""
    return patch.object(salvage, "_by_pages", lambda *_: None)


@contextmanager
def photos_hold_the_link() -> Iterator[None]:
    """Files go on until all have gone, whoever waits."""

    def all_files(self: loop.SyncLoop, pause: float) -> float:
        files = self._files
        while files is not None and files.send_next() is not None:
            pass
        return pause

    with patch.object(loop.SyncLoop, "_move_files", all_files):
        yield


def everything_is_called_accepted() -> AbstractContextManager[Any]:
    """Whatever the server said of it."""
    return patch.object(outbox, "_STATES", {})


@contextmanager
def answers_are_dated_by_the_tablet() -> Iterator[None]:
    note = outbox.note_outcomes

    def by_our_clock(session: Any, outcomes: Any, *, answered_at: Any) -> int:
        made_up = answered_at.replace(year=answered_at.year + 10)
        return note(session, outcomes, answered_at=made_up)

    with patch.object(outbox, "note_outcomes", by_our_clock):
        yield


@contextmanager
def work_goes_in_the_name_of_whoever_sits_there() -> Iterator[None]:
    """And not of the one who made it."""
    waiting = outbox.waiting_groups

    def renamed(session: Any) -> Iterator[Any]:
        groups = list(waiting(session))
        yield from (replace(group, person=groups[-1].person) for group in groups)

    with patch.object(outbox, "waiting_groups", renamed):
        yield


@contextmanager
def an_update_empties_the_outbox() -> Iterator[None]:
    """The tables are made anew, and what waited in the old ones is gone."""
    up = migrations.upgrade_within

    def anew(connection: Any, *given: Any, **named: Any) -> None:
        up(connection, *given, **named)
        if named.get("to", "heads") == "heads":
            connection.exec_driver_sql("DELETE FROM local_change")

    with patch.object(migrations, "upgrade_within", anew):
        yield


def what_waits_is_called_of_today() -> AbstractContextManager[Any]:
    """After an update, words of the app before it are sent as if they were today's."""
    return patch.object(outbox, "of_one_schema", lambda _, batch: (SCHEMA, batch))


def old_words_are_not_shown() -> AbstractContextManager[Any]:
    """After an update, the screen does not understand what was written before it."""
    return patch.object(images, "_in_todays_words", lambda _, columns, __: columns)


@contextmanager
def the_mark_is_not_looked_at() -> Iterator[None]:
    """A copy of a tablet takes itself for the tablet."""

    def identify(made: Database, marker: Any, *, new_id: Any) -> None:
        with made.writing() as session:
            if session.get(Replica, 1) is None:
                session.add(Replica(id=1, install=new_id(), incarnation=new_id()))

    with patch.object(opening, "identify", identify):
        yield


@contextmanager
def changes_are_numbered() -> Iterator[None]:
    """A change is known by its number on this tablet: a copy of it counts on from the same."""
    change = edits._change

    def numbered(row: Any, *given: Any) -> Any:
        session = object_session(row)
        assert session is not None
        new = sum(isinstance(each, LocalChange) for each in session.new)
        made = change(row, *given)
        made.id = derived_id("change", str(outbox.count(session, *State) + new))
        return made

    with patch.object(edits, "_change", numbered):
        yield


def poison_is_taken_for_a_broken_link() -> AbstractContextManager[Any]:
    """What the server will never take is sent again and again."""
    return patch.object(rounds, "NotTaken", ZeroDivisionError)


def a_copy_begins_from_its_first_byte() -> AbstractContextManager[Any]:
    """What has come of a first copy is forgotten when the link breaks."""
    return patch.object(PartFile, "offer", property(lambda _: None))


def a_late_answer_counts_in_any_history() -> AbstractContextManager[Any]:
    """What the old history accepted is believed of the new one."""

    def take(session: Any, reply: Any, *, now: Any) -> int:
        return outbox.note_outcomes(session, reply.outcomes, answered_at=now)

    return patch.object(engine, "take_reply", take)
