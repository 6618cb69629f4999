"""A tablet that is shut out between two of its messages, and let in again."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from asset_model.facts import Comment
from asset_model.sync.wire import Page, Push, PushReply
from field_app.actions import facts
from field_app.station import Station
from field_app.store.local import LocalChange, State
from field_app.store.opening import open_store
from field_app.sync.http import HttpTransport
from field_app.sync.rounds import run_round
from field_app.sync.transport import NotEnrolled
from sync_server.app import create_app
from sync_server.enrolment import add_device, new_code
from sync_server.tables import Device, JournalEntry
from tests.chaos.fleet import PLACES
from tests.server.listening import listening
from tests.server.test_pull import holding
from tests.sync import rig, town

PER_MESSAGE, MESSAGES = 200, 3
PATIENCE_S = 120


@pytest.fixture
def station(served: rig.Server, tmp_path: Path) -> Iterator[Station]:
    """A tablet enrolled with a real server, which has read everything and is not started."""
    app = create_app(served.database, clock=served.clock, new_id=lambda: str(uuid4()))
    with listening(app) as address:
        made = Station(
            folder=tmp_path / "T1",
            server=address,
            database=open_store(tmp_path / "T1", new_id=rig.an_id),
            clock=served.clock,
            new_id=rig.an_id,
            random=Random(1),
            zone=ZoneInfo("America/Toronto"),
            enrolment=None,
        )
        made.enrol(_code(served))
        _until(made, lambda: made.online is True)
        yield made
        made.stop()


def _code(served: rig.Server) -> str:
    with served.database.writing() as session:
        return new_code(session, PLACES["T1"], now=served.clock())


def _shut_out(served: rig.Server) -> None:
    """Another device takes its name."""
    with served.database.writing() as session:
        add_device(session, PLACES["T1"], now=served.clock(), new_id=lambda: str(uuid4()))


def _until(station: Station, holds: Callable[[], bool]) -> None:
    """Wait for what the screens are told of."""
    told = threading.Event()
    station.workplace.watchers.add(told.set)
    while not holds():
        assert told.wait(PATIENCE_S), (station.online, station.trouble)
        told.clear()
    station.workplace.watchers.discard(told.set)


def _states(station: Station) -> Counter[str]:
    with station.database.reading() as session:
        return Counter(session.scalars(select(LocalChange.state)))


class Unlucky(HttpTransport):
    """Once its first message has been answered, the device is shut out."""

    def __init__(self, address: str, token: str, served: rig.Server) -> None:
        super().__init__(address, token)
        self._served = served

    def push(self, push: Push) -> PushReply:
        reply = super().push(push)
        _shut_out(self._served)
        return reply


def test_what_was_answered_stays_answered_and_the_rest_goes_up_once_let_in_again(
    served: rig.Server, station: Station
) -> None:
    assert station.enrolment is not None
    unlucky = Unlucky(station.server, station.enrolment.token, served)
    station._hang_up()
    with station.database.writing() as session:
        for n in range(PER_MESSAGE * MESSAGES):
            facts.comment(session, town.order_id(1), f"{n}", by=station.workplace.author(town.LUC))

    with pytest.raises(NotEnrolled):
        run_round(station.database, unlucky, station.clock)
    unlucky.close()
    station.start()
    _until(station, lambda: station.trouble == "device_unknown")

    waiting = PER_MESSAGE * (MESSAGES - 1)
    assert _states(station) == {State.ACCEPTED: PER_MESSAGE, State.PENDING: waiting}
    assert len(served.rows(Comment)) == PER_MESSAGE

    station.enrol(_code(served))
    _until(station, lambda: station.online is True)

    assert _states(station) == {State.SETTLED: PER_MESSAGE * MESSAGES}
    assert sorted(int(row.text) for row in served.rows(Comment)) == list(
        range(PER_MESSAGE * MESSAGES)
    )
    assert len({entry.device_id for entry in served.rows(JournalEntry) if entry.device_id}) == 2


def test_a_device_hears_what_became_of_what_it_sent_before_it_was_let_in_again(
    served: rig.Server,
) -> None:
    new_order = rig.insert("work_order", title="Nouveau", kind="corrective", status="dispatched",
        crew_id=town.NORTH, source="person", created_at="2026-11-23T08:00:00.000Z")  # fmt: skip
    waiting = rig.comment(new_order.row)
    (parked,) = served.push(rig.group(waiting))
    _shut_out(served)
    served.devices["T1"] = next(d for d in _devices(served) if d.code == "T1")

    served.write(new_order)
    page = served.pull(replace(holding(served), waiting=(waiting.id,)))

    assert parked.result == "parked"
    assert isinstance(page, Page)
    assert [(told.change, told.result) for told in page.outcomes] == [(waiting.id, "applied")]


def _devices(served: rig.Server) -> list[Device]:
    return served.rows(Device)
