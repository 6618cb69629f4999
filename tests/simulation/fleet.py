"""The actors of a simulated world: a server, tablets, and the databases they crash with."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cache
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from asset_model.database import Database, open_database
from asset_model.ids import Author, uuid7
from asset_model.sync.wire import (
    Malformed,
    Page,
    PushReply,
    Terms,
    page_or_terms_from,
    pull_from,
    push_from,
    reply_from,
)
from field_app.store.local import Replica
from field_app.store.schema import migrate as migrate_tablet
from field_app.sync import engine
from sync_server import exchange
from sync_server.tables import Device
from tests.sync import town
from tests.sync.town import Clock


class Crash(BaseException):
    """The process died here; what was committed stays, the rest is gone."""


class Fragile(Database):
    """A database whose process may die just before or just after a commit."""

    die: str | None = None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with super().writing() as session:
            yield session
            if self.die == "before":
                self.die = None
                raise Crash("before the commit")
        if self.die == "after":
            self.die = None
            raise Crash("after the commit")


def _raw(database: Database) -> sqlite3.Connection:
    connection = database.engine.raw_connection().driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


@cache
def _template(kind: str) -> Database:
    database = open_database("sqlite://")
    if kind == "server":
        town.fill_server(database)
        for code, crew in DEVICES:
            town.add_tablet(database, code, crew)
    else:
        migrate_tablet(database)
    return database


DEVICES = (
    ("T1", town.NORTH),
    ("T2", town.SOUTH),
    ("T3", town.NORTH),
    ("B1", None),
)
PEOPLE = {
    "T1": (town.LUC, town.ANNE),
    "T2": (town.MARC,),
    "T3": (town.ANNE,),
    "B1": (town.BOSS,),
}


@cache
def _reused(name: str) -> Fragile:
    return Fragile(open_database("sqlite://").engine)


def fresh(kind: str, name: str) -> Fragile:
    """A database like the template: migrated, and for the server filled.

    Engines are used again from schedule to schedule, as they remember the statements they built;
    what the database holds is replaced whole.
    """
    database = _reused(name)
    database.die = None
    _raw(_template(kind)).backup(_raw(database))
    return database


class Server:
    def __init__(self, clock: Clock) -> None:
        self.database = fresh("server", "server")
        self.clock = clock
        with self.database.reading() as session:
            self.devices = {device.code: device for device in session.query(Device)}

    def answer(self, code: str, kind: str, body: bytes) -> bytes | None:
        """What comes back for a body, or None: nothing of ours does."""
        device = self.devices[code]
        try:
            data = json.loads(body)
            if kind == "push":
                return exchange.push(self.database, device, push_from(data), now=self.clock())
            return exchange.pull(self.database, device, pull_from(data), now=self.clock())
        except (ValueError, Malformed, Crash):
            return None


@dataclass
class Made:
    """A change that a tablet committed, as it was then."""

    id: str
    group: str
    device: str
    table: str
    row: str


@dataclass
class Tablet:
    code: str
    clock: Clock
    random: Random
    database: Fragile = field(init=False)
    made: list[Made] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.database = fresh("tablet", self.code)
        with self.database.writing() as session:
            session.add(Replica(id=1, install=self.code, incarnation=f"{self.code}-1"))

    def new_id(self) -> str:
        return uuid7(self.clock(), self.random)

    def author(self) -> Author:
        return Author(self.random.choice(PEOPLE[self.code]), self.clock(), self.new_id)

    def act(self, deed: Callable[[Session, Author], Any]) -> None:
        """Do something and commit it, as the screens do."""
        with self.database.writing() as session:
            deed(session, self.author())

    def request(self, kind: str) -> bytes | None:
        with self.database.reading() as session:
            message: Any
            if kind == "push":
                message = engine.next_push(session, now=self.clock(), limits=LIMITS)
            else:
                message = engine.next_pull(session, verify=True)
        return None if message is None else json.dumps(asdict(message)).encode()

    def take(self, kind: str, body: bytes) -> None:
        """An answer arrived, perhaps late, perhaps a second time, perhaps torn."""
        try:
            data = json.loads(body)
            told: PushReply | Page | Terms
            told = reply_from(data) if kind == "push" else page_or_terms_from(data)
        except (ValueError, Malformed):
            return
        with self.database.writing() as session:
            if isinstance(told, PushReply):
                engine.take_reply(session, told, now=self.clock())
            elif isinstance(told, Page):
                engine.take_page(session, told, now=self.clock())
            else:
                engine.take_terms(session, told, now=self.clock())


LIMITS = engine.Limits(changes=5)
"""Small, so that a schedule sees outboxes that take several messages."""
