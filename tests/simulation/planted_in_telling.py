"""Deliberate bugs in what a server tells its tablets: the feed, scopes, histories."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import delete

from asset_model.base import instant
from sync_server import exchange, feed, high_water, pull, scope
from sync_server.scope import Scope
from sync_server.tables import FeedEntry
from sync_server.workspace import Workspace
from tests.simulation import mishaps
from tests.simulation.world import World


@contextmanager
def position_taken_at_the_beginning() -> Iterator[None]:
    """A slow transaction is numbered when it begins, as a bare sequence would: readers pass it."""
    take, arrive = feed.take_positions, mishaps.arrive_slowly
    held: list[int] = []

    def at_the_beginning(world: World) -> int:
        with world.server.database.writing() as session:
            return take(session, 1)

    def arrive_with(world: World, letter: Any, number: int | None) -> None:
        held[:] = [number] if number is not None else []
        arrive(world, letter, number)
        held.clear()

    def taken(session: Any, count: int) -> int:
        return held.pop() if held and count == 1 else take(session, count)

    with (
        patch.object(mishaps, "number_at_the_beginning", at_the_beginning),
        patch.object(mishaps, "arrive_slowly", arrive_with),
        patch.object(feed, "take_positions", taken),
    ):
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
def leaving_is_not_told() -> Iterator[None]:
    """Nothing says that a row left a bucket."""
    entries = feed._entries

    def silent(*given: Any) -> Any:
        return [entry for entry in entries(*given) if entry[-1] is None]

    with patch.object(feed, "_entries", silent):
        yield


@contextmanager
def leaving_is_forgotten() -> Iterator[None]:
    """That a row left is told for some weeks; a tablet that was away for longer hears nothing."""
    told = exchange.pull

    def forgetful(database: Any, device: Any, message: Any, *, now: Any, **more: Any) -> bytes:
        with database.writing() as session:
            old = FeedEntry.gone_at < instant(now - timedelta(days=28))
            session.execute(delete(FeedEntry).where(old))
        return told(database, device, message, now=now, **more)

    with patch.object(exchange, "pull", forgetful):
        yield


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


@contextmanager
def children_are_left_by_a_return() -> Iterator[None]:
    """An order leaves and comes back within one message: what was done to it meanwhile does not.

    So it was here once, until this simulation found it.
    """

    def move(self: Workspace) -> None:
        orders = {row: old for (table, row), old in self._stored.items() if table == "work_order"}
        now = {row: self._present(("work_order", row)).buckets for row in orders}
        moved = [row for row, old in orders.items() if old is not None and old.buckets != now[row]]
        self.load(self._children(moved))
        for image in [image for image in self._images.values() if image is not None]:
            order = image.columns.get("work_order_id", "")
            if order in moved:
                self.put(replace(image, buckets=now[order]))

    with patch.object(Workspace, "_move_children", move):
        yield


@contextmanager
def no_new_history() -> Iterator[None]:
    """A backup is put back, and nothing tells the tablets."""
    with (
        patch("tests.simulation.disasters.begin_history", lambda *_: None),
        patch.object(exchange, "_ahead", lambda *_: False),
    ):
        yield


def a_copy_put_back_is_not_noticed() -> AbstractContextManager[Any]:
    """Somebody copies an older file over the server's, and no mark outside it tells."""
    return patch.object(high_water, "compare", lambda *_: None)
