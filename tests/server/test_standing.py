"""The office is told how far a tablet has read, by the tablet's own word; and when it is silent."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from asset_model.dispatching import TabletStanding
from asset_model.sync.wire import Page, Pull, Terms
from asset_model.work_orders import WorkOrder
from sync_server.standing import tell_office
from tests.sync.rig import Server, Tablet, an_id
from tests.sync.town import NORTH, order_id


def told(server: Server) -> TabletStanding | None:
    """What the office knows of the north crew's tablet, brought in step now."""
    tell_office(server.database, now=server.clock(), new_id=an_id)
    return next((one for one in server.rows(TabletStanding) if one.code == "T1"), None)


def version(server: Server) -> int:
    found: int = next(one.version for one in server.rows(WorkOrder) if one.id == order_id(1))
    return found


def test_an_order_is_on_a_tablet_once_the_tablet_asks_for_what_follows(
    server: Server, tablet: Tablet
) -> None:
    tablet.sync()
    before = told(server)
    server.set("work_order", order_id(1), title="Autre")

    sent = told(server)
    tablet.sync()
    tablet.sync()
    held = told(server)

    assert before is not None
    assert sent is not None
    assert held is not None
    assert before.crew_id == NORTH
    assert sent.read_to < version(server) <= held.read_to


def test_a_page_that_never_arrived_is_not_counted_as_received(
    server: Server, tablet: Tablet
) -> None:
    told(server)
    server.set("work_order", order_id(1), title="Autre")

    pull = tablet.link.pull

    def lost(message: Pull) -> Page | Terms:
        pull(message)
        raise ConnectionError("the answer was lost")

    tablet.link.pull = lost  # type: ignore[method-assign, assignment]
    with suppress(ConnectionError):
        tablet.sync()

    known = told(server)
    assert known is not None
    assert known.read_to < version(server)


def test_a_pull_writes_once_of_its_tablet_and_an_idle_one_not_at_all(
    server: Server, tablet: Tablet
) -> None:
    tablet.sync()
    server.set("work_order", order_id(1), title="Autre")
    server.clock.forward(minutes=10)
    tablet.clock.now = server.clock()

    with written(server) as first:
        tablet.sync()
    tablet.sync()
    with written(server) as idle:
        tablet.sync()

    assert ["seen_at" in told and "sent_to" in told for told in first] == [True]
    assert idle == []


@contextmanager
def written(server: Server) -> Iterator[list[str]]:
    """What is written meanwhile of devices."""
    told: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("UPDATE device "):
            told.append(statement)

    event.listen(server.database.engine, "before_cursor_execute", hear)
    yield told
    event.remove(server.database.engine, "before_cursor_execute", hear)


def test_an_idle_tablet_moves_nothing(server: Server, tablet: Tablet) -> None:
    tablet.sync()
    told(server)
    tablet.sync()

    assert tell_office(server.database, now=server.clock(), new_id=an_id) == 0


def test_a_tablet_that_is_not_heard_of_is_silent_since_then_and_is_again_when_it_is(
    server: Server, tablet: Tablet
) -> None:
    tablet.sync()
    heard = server.clock()
    server.clock.forward(minutes=40)

    gone = told(server)
    tablet.clock.now = server.clock()
    tablet.sync()
    back = told(server)

    assert gone is not None
    assert gone.silent_since is not None
    assert abs(gone.silent_since - heard) < timedelta(minutes=5)
    assert back is not None
    assert back.silent_since is None


def test_what_the_office_is_told_goes_to_no_crew_s_tablet(server: Server, tablet: Tablet) -> None:
    told(server)
    tablet.sync()

    assert tablet.all(TabletStanding) == []
