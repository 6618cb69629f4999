"""Mechanisms of the server, each taken out while the block lasts; more in the simulation."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import select

from asset_model.errors import Refused
from asset_model.sync.merge import Merged
from asset_model.sync.schemas import Lifted
from sync_server import decide, exchange, feed, journal, photo_uploads, push, spoken
from sync_server.tables import JournalEntry


@contextmanager
def refused_is_not_journalled() -> Iterator[None]:
    """The server says no, and remembers nothing of it."""
    record = journal.record

    def landed_only(session: Any, decided: Any, sender: Any, *, now: Any) -> None:
        kept = [(group, outcomes) for group, outcomes in decided if outcomes[0].position]
        record(session, kept, sender, now=now)

    with patch.object(journal, "record", landed_only):
        yield


@contextmanager
def one_refusal_stops_the_rest() -> Iterator[None]:
    """After a change that was refused, none of its message is taken."""
    decide_group = push._decide_group
    stopped: list[Any] = []

    def stop(workspace: Any, group: Any, *rest: Any) -> Any:
        if stopped:
            return push._refuse_group(group, group.changes[0], Refused("server_error"))
        outcomes = decide_group(workspace, group, *rest)
        stopped.extend(outcome for outcome in outcomes if outcome.result == "refused")
        return outcomes

    with patch.object(push, "_decide_group", stop):
        yield


@contextmanager
def a_parked_change_stops_all_rows() -> Iterator[None]:
    """Everything waits behind what is parked, and not only its row."""

    def every_row(session: Any, rows: Any, device_id: Any) -> set[str]:
        of_device = (JournalEntry.result == "parked", JournalEntry.device_id == device_id)
        return set(rows) if session.scalar(select(JournalEntry.id).where(*of_device)) else set()

    with patch.object(journal, "parked_rows", every_row):
        yield


@contextmanager
def nothing_waits_behind_a_parked_change() -> Iterator[None]:
    """What was done to a row later overtakes what is parked on it."""
    decide_group = push._decide_group

    def overtake(workspace: Any, group: Any, sender: Any, _: Any) -> Any:
        return decide_group(workspace, group, sender, set())

    with patch.object(push, "_decide_group", overtake):
        yield


def differences_are_not_told() -> AbstractContextManager[Any]:
    """Nobody hears that a tablet held other rows."""
    return patch.object(exchange, "_report", lambda *_: None)


def there_is_no_grace() -> AbstractContextManager[Any]:
    """Work on a row that left is judged as if it never had been there."""
    return patch.object(decide, "GRACE", timedelta(0))


def there_is_no_floor() -> AbstractContextManager[Any]:
    """Who has missed a forgotten removal goes on reading as if nothing were missing."""
    return patch.object(feed, "floor", lambda _: 0)


def clock_errors_are_not_noted() -> AbstractContextManager[Any]:
    return patch.object(exchange, "_clock_error_s", lambda *_: None)


def old_words_are_not_lifted() -> AbstractContextManager[Any]:
    """A change of an older app is read as if it were today's."""
    return patch.object(spoken, "lifted", lambda change, _: Lifted(change))


def nobody_notices_that_a_copy_was_put_back() -> AbstractContextManager[Any]:
    return patch.object(exchange, "_ahead", lambda *_: False)


def one_broken_group_breaks_its_message() -> AbstractContextManager[Any]:
    """A change that breaks us is not tried by itself, and takes the others along for ever."""

    def broken(*_: Any, **__: Any) -> Any:
        raise ValueError("500")

    return patch.object(push, "_alone", broken)


def every_claim_is_believed() -> AbstractContextManager[Any]:
    """Whoever says that they have read further sends the whole town back to its beginning."""
    return patch("sync_server.seals.Seals.holds", lambda *_: True)


@contextmanager
def what_has_come_of_a_photo_is_dropped() -> Iterator[None]:
    """A photo whose line was cut is sent again from its first byte."""
    standing = photo_uploads.standing

    def anew(database: Any, depot: Any, upload: Any, *, now: Any) -> int:
        at = standing(database, depot, upload, now=now)
        if at == upload.size:
            return at
        photo_uploads.take_back(depot, upload, 0, at)
        return 0

    with patch.object(photo_uploads, "standing", anew):
        yield


@contextmanager
def the_later_clock_wins() -> Iterator[None]:
    """Of two values that crossed, the one whose tablet says it is later."""
    decide_group = push._decide_group
    clocks: list[str] = []

    def by_the_clock(change: Any, current: Any, _: Any) -> Merged:
        return Merged(change.after if clocks[-1] == max(clocks) else {}, {})

    def heard(workspace: Any, group: Any, *rest: Any) -> Any:
        clocks.append(group.made_at)
        return decide_group(workspace, group, *rest)

    with patch.object(push, "_decide_group", heard), patch.object(decide, "merge", by_the_clock):
        yield
