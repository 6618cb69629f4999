"""A tablet that is connected hears of what is new for it, and of nothing else."""

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from random import Random

import pytest
import requests
from fastapi import FastAPI

from asset_model.database import Database, open_database
from field_app.sync.live import LiveLine, events
from sync_server import desk
from sync_server.app import create_app
from sync_server.live import Live
from tests.server.listening import listening
from tests.server.test_idle_cost import statements
from tests.sync import town

PATIENCE_S = 20
OFTEN = 10


class Street:
    """A server with the small town, watched by live lines."""

    def __init__(self, database_url: str) -> None:
        self.database = open_database(database_url)
        town.fill_server(self.database)
        self.clock = town.Clock()
        self.new_id = town.ids(5, self.clock)
        self.live = Live(self.database, ask_every_s=0.02)
        self.app = create_app(
            self.database,
            clock=self.clock,
            new_id=self.new_id,
            live=self.live,
            lifespan=self._lifespan,
        )

    @asynccontextmanager
    async def _lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        async with self.live.running():
            yield

    def rename(self, number: int) -> None:
        """The office gives an order another title."""
        row = town.order_id(number)
        change = desk.edited(
            "work_order", row, {"title": "?"}, {"title": "Autre titre"}, new_id=self.new_id
        )
        with self.database.writing() as session:
            desk.write(session, [change], now=self.clock(), new_id=self.new_id)


@pytest.fixture
def street(database_url: str) -> Iterator[Street]:
    made = Street(database_url)
    yield made
    made.database.close()


def line_to(address: str, token: str) -> tuple[LiveLine, "queue.Queue[str]"]:
    heard: queue.Queue[str] = queue.Queue()
    line = LiveLine(address, token, random=Random(1), news=lambda: heard.put("new"))
    line.start()
    return line, heard


def test_a_change_to_its_orders_is_heard(street: Street) -> None:
    _, token = town.add_tablet(street.database, "T1", town.NORTH)
    with listening(street.app) as address:
        line, heard = line_to(address, token)
        heard.get(timeout=PATIENCE_S)  # Connected.
        street.rename(1)

        assert heard.get(timeout=PATIENCE_S) == "new"

        line.stop()


def test_a_change_for_others_is_not(street: Street) -> None:
    _, north = town.add_tablet(street.database, "T1", town.NORTH)
    _, south = town.add_tablet(street.database, "T2", town.SOUTH)
    with listening(street.app) as address:
        (one, heard_north), (other, heard_south) = line_to(address, north), line_to(address, south)
        heard_north.get(timeout=PATIENCE_S)
        heard_south.get(timeout=PATIENCE_S)
        street.rename(2)
        heard_south.get(timeout=PATIENCE_S)

        # Both are told in the same breath: what the south has heard, the north would have too.
        assert heard_north.empty()

        one.stop()
        other.stop()


def test_a_stranger_is_told_nothing(street: Street) -> None:
    with listening(street.app) as address:
        headers = {"Authorization": "Bearer guess"}
        answer = requests.get(f"{address}/sync/v1/events", headers=headers, timeout=PATIENCE_S)

        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "device_unknown")


def test_the_line_is_taken_up_again_when_the_server_is_back(street: Street) -> None:
    _, token = town.add_tablet(street.database, "T1", town.NORTH)
    with listening(street.app) as address:
        line, heard = line_to(address, token)
        heard.get(timeout=PATIENCE_S)
        port = int(address.rpartition(":")[2])
    assert heard.get(timeout=PATIENCE_S) == "new"  # That it dropped: the loop looks at once.
    with listening(street.app, port=port):
        # "Connected" counts as news: who knows what was missed.
        assert heard.get(timeout=PATIENCE_S) == "new"

        line.stop()


def test_comments_and_other_lines_are_no_events() -> None:
    stream = [b": still here", b"", b"event: new", b"data: 1", b"", b"id: 4", b"data: x", b""]

    assert list(events(iter(stream))) == ["new", "message"]


class Counting(Live):
    """Counts how often it has asked."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, ask_every_s=0.01)
        self.asked = 0
        self.often = threading.Event()

    def _moved(self) -> frozenset[str]:
        moved = super()._moved()
        self.asked += 1
        if self.asked == OFTEN:
            self.often.set()
        return moved


def test_five_hundred_lines_cost_the_database_what_one_does(street: Street) -> None:
    live = Counting(street.database)

    async def listen() -> bool:
        async with AsyncExitStack() as lines, live.running():
            for _ in range(500):
                await lines.enter_async_context(live.listening(["town"]))
            return await asyncio.to_thread(live.often.wait, PATIENCE_S)

    with statements(street.database) as seen:
        assert asyncio.run(listen())

    # How far the history is, once at the start and once each time; nothing for a line.
    assert len(seen) == live.asked + 1
