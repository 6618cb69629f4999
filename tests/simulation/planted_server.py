"""Deliberate bugs of a server, each planted by replacing one function while the block lasts."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import delete, select

from asset_model.codec import rules_of
from asset_model.sync import merge as merging
from asset_model.sync.merge import Merged, Settled
from asset_model.sync.wire import Outcome
from field_app.store.local import LocalChange
from sync_server import consequences, decide, exchange, feed, journal, pull, push, scope
from sync_server.scope import Scope
from sync_server.tables import JournalEntry
from sync_server.workspace import Draft, Workspace
from tests.simulation import fleet, happenings


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


def last_write_wins() -> AbstractContextManager[Any]:
    """Whoever comes last writes the whole of what they changed."""
    return patch.object(decide, "merge", lambda change, *_: Merged(change.after, {}))


@contextmanager
def one_bad_change_fails_all() -> Iterator[None]:
    """A refusal answers 500."""

    def fail(*_: Any, **__: Any) -> Any:
        raise ValueError("500")

    with (
        patch.object(push, "_refuse_group", fail),
        patch.object(push, "_alone", fail),
    ):
        yield


@contextmanager
def leaving_is_not_told() -> Iterator[None]:
    """Nothing says that a row left a bucket."""
    entries = feed._entries

    def silent(*given: Any) -> Any:
        return [entry for entry in entries(*given) if entry[-1] is None]

    with patch.object(feed, "_entries", silent):
        yield


@contextmanager
def no_new_history() -> Iterator[None]:
    """A backup is put back, and nothing tells the tablets."""
    with (
        patch.object(happenings, "begin_history", lambda *_: None),
        patch.object(exchange, "_ahead", lambda *_: False),
    ):
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
        except fleet.Crash:
            return list(said)

    with patch.object(push, "apply_groups", overheard), patch.object(exchange, "accept", hasty):
        yield


def parked_for_ever() -> AbstractContextManager[Any]:
    """What waits for a row still waits when the row is there."""
    return patch.object(push, "lift", lambda *_, **__: [])


@contextmanager
def scope_is_not_enforced() -> Iterator[None]:
    """Every tablet is told to hold everything."""
    whole = scope.scope_of

    def everything(session: Any, device: Any) -> Scope:
        device.kind = "office"
        held: Scope = whole(session, device)
        return held

    with patch.object(scope, "scope_of", everything):
        yield


def children_stay_behind() -> AbstractContextManager[Any]:
    """An order goes to another crew, its steps and facts do not."""
    return patch.object(Workspace, "_move_children", lambda _: None)


def losers_are_dropped() -> AbstractContextManager[Any]:
    """A value that lost a merge is nowhere to be seen."""
    return patch.object(consequences, "contest", lambda *_: None)


@contextmanager
def half_a_group_lands() -> Iterator[None]:
    """What was decided before a refusal is written all the same."""

    def put(self: Draft, image: Any) -> None:
        self.workspace.put(image)

    with patch.object(Draft, "put", put):
        yield


@contextmanager
def pages_cut_commits() -> Iterator[None]:
    """A page ends in the middle of a commit, and the next begins after it."""

    def cut(session: Any, positions: Any, head: int, rows_max: int) -> Any:
        entries = session.execute(pull._entries(positions, head).limit(rows_max)).all()
        more = len(entries) == rows_max
        return pull._Slice(entries, entries[-1].position if more else head, more)

    with patch.object(pull, "_slice", cut):
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


@contextmanager
def repeats_by_watermark() -> Iterator[None]:
    """A repeat is known by a counter: a tablet restored from a copy counts from an old number."""
    seen: dict[str, int] = {}
    request, answered = fleet.Tablet.request, journal.answered

    def counted(self: fleet.Tablet, kind: str) -> bytes | None:
        with self.database.reading() as session:
            places.update(session.execute(select(LocalChange.id, LocalChange.place)).all())
            owners.update(dict.fromkeys(places, self.code))
        return request(self, kind)

    def known(session: Any, ids: Any) -> Any:
        told = answered(session, ids)
        for id in ids:
            owner, place = owners.get(id, ""), places.get(id, 0)
            if id not in told and place <= seen.get(owner, 0):
                told[id] = Outcome(change=id, result="applied")
            seen[owner] = max(seen.get(owner, 0), place)
        return told

    places: dict[str, int] = {}
    owners: dict[str, str] = {}
    with patch.object(fleet.Tablet, "request", counted), patch.object(journal, "answered", known):
        yield
