"""The actors of a simulated world: a server, tablets, and the databases they crash with."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cache
from random import Random
from typing import Any
from unittest.mock import patch

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.database import Database, open_database
from asset_model.ids import Author, uuid7
from asset_model.sync.reading import Malformed, page_or_terms_from, pull_from, push_from, reply_from
from asset_model.sync.wire import PROTOCOL, Page, PushReply, Terms
from field_app.store.local import Replica
from field_app.store.schema import migrate as migrate_tablet
from field_app.sync import engine
from sync_server import exchange, pull
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


def raw(database: Database) -> sqlite3.Connection:
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
    raw(_template(kind)).backup(raw(database))
    return database


def device_named(session: Session, code: str) -> Device:
    return session.scalars(select(Device).where(Device.code == code)).one()


ROWS_PER_PAGE = 9
"""Small, so that a schedule sees copies that take several pages."""


class Server:
    def __init__(self, clock: Clock) -> None:
        self.database = fresh("server", "server")
        self.clock = clock
        self.refusing: set[str] = set()
        """Devices whose token has expired."""

    def answer(self, code: str, kind: str, body: bytes) -> bytes | None:
        """What comes back for a body, or None: nothing of ours does."""
        if code in self.refusing:
            return None
        with self.database.reading() as session:
            device = device_named(session, code)
        with patch.object(pull, "ROWS_PER_PAGE_MAX", ROWS_PER_PAGE):
            return self._told(device, kind, body)

    def _told(self, device: Device, kind: str, body: bytes) -> bytes | None:
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
    """A replica in its folder. A clone has another name and the same device code."""

    name: str
    code: str
    clock: Clock
    random: Random
    protocol: int = PROTOCOL
    verified: float = 0.3
    """The share of its pulls that carry digests."""
    database: Fragile = field(init=False)
    made: list[Made] = field(default_factory=list)
    lives: int = 0

    def __post_init__(self) -> None:
        self.wipe()

    def wipe(self) -> None:
        """Everything on it is gone; it is installed anew."""
        self.database = fresh("tablet", self.name)
        self.made = []
        with self.database.writing() as session:
            session.add(Replica(id=1, install=self.name, incarnation=""))
        self.begin_life()

    def begin_life(self) -> None:
        """The marker beside the database does not match: this incarnation is a new one."""
        self.lives += 1
        with self.database.writing() as session:
            session.get_one(Replica, 1).incarnation = f"{self.name}-{self.lives}"

    def become_copy_of(self, other: sqlite3.Connection, made: list[Made]) -> None:
        """Its files are now a copy of another folder's, or of its own of some time ago."""
        other.backup(raw(self.database))
        self.database.die = None
        self.made = list(made)
        self.begin_life()

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
                message = engine.next_pull(session, verify=self.random.random() < self.verified)
        return None if message is None else self._spoken(asdict(message))

    def _spoken(self, message: dict[str, Any]) -> bytes:
        """In the protocol of the app that is installed here."""
        message["protocol"] = self.protocol
        if self.protocol == 1:
            for name in ("digests", "waiting", "heard"):
                message.pop(name, None)
        return json.dumps(message).encode()

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
