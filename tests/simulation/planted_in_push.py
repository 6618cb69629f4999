"""Deliberate bugs in how a server takes what tablets send."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from sqlalchemy import delete

from asset_model.codec import rules_of
from asset_model.sync import merge as merging
from asset_model.sync.merge import Merged, Settled
from asset_model.sync.wire import Outcome, Push
from sync_server import consequences, decide, exchange, feed, journal, push
from sync_server.tables import JournalEntry
from sync_server.workspace import Draft
from tests.simulation.databases import Crash
from tests.simulation.server import ServerFailed
from tests.simulation.tablet import Tablet


@contextmanager
def no_ledger() -> Iterator[None]:
    """A repeat is decided anew."""
    record = journal.record

    def over(session: Any, decided: Any, *rest: Any, **named: Any) -> None:
        ids = [change.id for group, _ in decided for change in group.changes]
        session.execute(delete(JournalEntry).where(JournalEntry.id.in_(ids)))
        record(session, decided, *rest, **named)

    with patch.object(journal, "answered", lambda *_: {}), patch.object(journal, "record", over):
        yield


@contextmanager
def repeats_by_watermark() -> Iterator[None]:
    """A repeat is known by a counter: a tablet restored from a copy counts from an old number."""
    apply, spoken = push.apply_groups, Tablet.spoken
    counts: dict[str, int] = {}
    reached: dict[tuple[str, str | None], int] = {}

    def counted(self: Tablet, message: Any) -> bytes:
        counts.update(self.database.raw.execute("SELECT id, place FROM local_change").fetchall())
        return spoken(self, message)

    def by_counter(session: Any, groups: Any, sender: Any, *, now: Any) -> list[Outcome]:
        epoch, _ = feed.state(session)
        key = (epoch, sender.install)
        fresh: list[Any] = []
        told: list[Outcome] = []
        for group in groups:
            count = max(counts.get(change.id, 0) for change in group.changes)
            if 0 < count <= reached.get(key, 0):
                told += [Outcome(change=change.id, result="applied") for change in group.changes]
            else:
                fresh.append(group)
        told += apply(session, fresh, sender, now=now)
        sent = (counts.get(change.id, 0) for group in groups for change in group.changes)
        reached[key] = max(reached.get(key, 0), *sent)
        return told

    with (
        patch.object(Tablet, "spoken", counted),
        patch.object(push, "apply_groups", by_counter),
    ):
        yield


def last_write_wins() -> AbstractContextManager[Any]:
    """Whoever comes last writes the whole of what they changed."""
    return patch.object(decide, "merge", lambda change, *_: Merged(change.after, {}))


@contextmanager
def device_clock_decides() -> Iterator[None]:
    """Of two edits, the one with the later time on its device's clock stands."""
    written: dict[tuple[str, str], str] = {}
    made_at: dict[str, str] = {}
    accept = push.accept

    def noting(database: Any, message: Push, *rest: Any, **named: Any) -> Any:
        for group in message.groups:
            made_at.update(dict.fromkeys((change.id for change in group.changes), group.made_at))
        return accept(database, message, *rest, **named)

    def latest(change: Any, current: Any, _: Any) -> Merged:
        moment = made_at.get(change.id, "")
        columns = {
            name: value
            for name, value in change.after.items()
            if moment >= written.get((change.row, name), "")
        }
        written.update({(change.row, name): moment for name in columns})
        return Merged(columns, {})

    with patch.object(exchange, "accept", noting), patch.object(decide, "merge", latest):
        yield


@contextmanager
def words_are_replaced() -> Iterator[None]:
    """Where both sides added words, the later text stands alone."""

    def overwrite(_: Any, __: Any, device: Any) -> Settled:
        return Settled(device)

    overwrite.__name__ = "append"
    with patch.dict(merging.RULES, {"append": overwrite}):
        rules_of.cache_clear()
        yield
    rules_of.cache_clear()


def losers_are_dropped() -> AbstractContextManager[Any]:
    """A value that lost a merge is nowhere to be seen."""
    return patch.object(consequences, "contest", lambda *_: None)


@contextmanager
def one_bad_change_fails_all() -> Iterator[None]:
    """A refusal answers 500, and so does every try after it."""

    def fail(*_: Any, **__: Any) -> Any:
        raise ServerFailed

    with patch.object(push, "_refuse_group", fail), patch.object(push, "_alone", fail):
        yield


@contextmanager
def half_a_group_lands() -> Iterator[None]:
    """What was decided before a refusal is written all the same."""

    def put(self: Draft, image: Any) -> None:
        self.workspace.put(image)

    with patch.object(Draft, "put", put):
        yield


@contextmanager
def a_batch_lands_in_parts() -> Iterator[None]:
    """Rows are committed, and what became of their changes in a transaction after that."""
    record, accept = journal.record, push.accept

    def in_parts(database: Any, *given: Any, **named: Any) -> Any:
        late: list[tuple[Any, ...]] = []

        def postponed(session: Any, decided: Any, sender: Any, *, now: Any) -> None:
            late.append((list(decided), sender, now))

        with patch.object(journal, "record", postponed):
            outcomes = accept(database, *given, **named)
        with database.writing() as session:
            for decided, sender, now in late:
                record(session, decided, sender, now=now)
        return outcomes

    with patch.object(exchange, "accept", in_parts):
        yield


@contextmanager
def answered_before_the_commit() -> Iterator[None]:
    """The server says "applied", and dies before it is so."""
    accept, apply = push.accept, push.apply_groups
    said: list[Any] = []

    def overheard(*given: Any, **named: Any) -> Any:
        said[:] = apply(*given, **named)
        return list(said)

    def hasty(*given: Any, **named: Any) -> Any:
        try:
            return accept(*given, **named)
        except Crash:
            return list(said)

    with patch.object(push, "apply_groups", overheard), patch.object(exchange, "accept", hasty):
        yield


@contextmanager
def an_edit_makes_the_row_anew() -> Iterator[None]:
    """An edit of a row that the server does not have makes one of the columns it brings."""
    edit = decide._edit

    def upsert(draft: Draft, change: Any, maker: Any) -> Outcome:
        if draft.get(change.table, change.row) is None:
            after = {"title": "", "kind": "corrective", "created_at": NEVER, **change.after}
            if change.table == "work_order":
                return decide._insert(draft, replace(change, op="insert", after=after), maker)
        return edit(draft, change, maker)

    with patch.object(decide, "_edit", upsert):
        yield


NEVER = "2026-01-01T00:00:00.000Z"


def parked_for_ever() -> AbstractContextManager[Any]:
    """What waits for a row still waits when the row is there."""
    return patch.object(push, "lift", lambda *_, **__: [])
