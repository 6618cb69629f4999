"""A server and its tablets joined without a network, and changes written by hand."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.database import Database, open_database
from asset_model.ids import Author
from asset_model.sync.reading import page_or_terms_from, pull_from, push_from, reply_from
from asset_model.sync.wire import (
    Change,
    Columns,
    Group,
    Operation,
    Outcome,
    Page,
    Pull,
    Push,
    PushReply,
    Terms,
)
from asset_model.work_orders import WorkOrder
from field_app.store.local import LocalChange, ServerImage
from field_app.sync.rounds import Round, run_round
from sync_server import desk, exchange, feed
from sync_server.seals import Seals
from sync_server.tables import Device, JournalEntry
from tests.sync import town
from tests.sync.town import LUC, Clock

_numbers = count(1)

SEALS = Seals(b"the key of the tests")


def an_id() -> str:
    return f"00000000-0000-7000-8000-{next(_numbers):012d}"


def edit(table: str, row: str, before: Columns | None = None, /, **after: Any) -> Change:
    return _change("edit", table, row, before or {}, after)


def insert(table: str, row: str | None = None, /, **after: Any) -> Change:
    return _change("insert", table, row or an_id(), {}, after)


def _change(op: Operation, table: str, row: str, before: Columns, after: Columns) -> Change:
    return Change(id=an_id(), table=table, row=row, op=op, before=before, after=after)


def comment(order: str, words: str = "Fait.", person: str = LUC) -> Change:
    return insert(
        "comment",
        work_order_id=order,
        person_id=person,
        text=words,
        written_at="2026-11-23T08:00:00.000Z",
    )


def group(*changes: Change, person: str = LUC) -> Group:
    return Group(id=an_id(), person=person, made_at="2026-11-23T08:00:00.000Z", changes=changes)


def a_push(*groups: Group) -> Push:
    return Push(
        schema=1,
        install="install",
        incarnation="incarnation",
        sent_at="2026-11-23T08:00:00.000Z",
        groups=groups,
    )


@dataclass
class Server:
    """A filled server, spoken to in the words of the wire."""

    database: Database
    clock: Clock = field(default_factory=Clock)
    devices: dict[str, Device] = field(default_factory=dict)
    seals: Seals = field(default=SEALS)

    def add_device(self, code: str, crew: str | None) -> Device:
        self.devices[code], _ = town.add_tablet(self.database, code, crew)
        return self.devices[code]

    def push(self, *groups: Group, device: str = "T1") -> list[Outcome]:
        return list(self.reply(a_push(*groups), device=device).outcomes)

    def reply(self, push: Push, *, device: str) -> PushReply:
        message = push_from(json.loads(json.dumps(asdict(push))))
        mine = self.devices[device]
        told = exchange.push(self.database, mine, message, now=self.clock(), seals=self.seals)
        return reply_from(json.loads(told))

    def pull(self, pull: Pull, *, device: str = "T1") -> Page | Terms:
        message = pull_from(json.loads(json.dumps(asdict(pull))))
        mine = self.devices[device]
        told = exchange.pull(self.database, mine, message, now=self.clock(), seals=self.seals)
        return page_or_terms_from(json.loads(told))

    def write(self, *changes: Change) -> None:
        """The server's own hand, as imports and plans use it."""
        with self.database.writing() as session:
            desk.write(session, changes, now=self.clock(), new_id=an_id)

    def set(self, table: str, row: str, **after: Any) -> None:
        """The same hand moves some columns of a row that it has read."""
        now = self.row(table, row) or {}
        self.write(edit(table, row, {name: now[name] for name in after}, **after))

    def row(self, table: str, row: str) -> Columns | None:
        with self.database.reading() as session:
            found = feed.images(session, [(table, row)], lock=False)
        return found[0].columns if found else None

    def rows(self, model: type[Any]) -> list[Any]:
        with self.database.reading() as session:
            return list(session.scalars(select(model)))

    def journal(self, change: Change) -> JournalEntry | None:
        with self.database.reading() as session:
            return session.get(JournalEntry, change.id)


Deliver = Callable[[Push], PushReply]


@dataclass
class DirectLink:
    """A transport that calls the server in this process.

    `before` may break the link, `around` stand between a push and the server.
    """

    server: Server
    device: str
    before: Callable[[str], None] = lambda _: None
    around: Callable[[Push, Deliver], PushReply] = lambda push, deliver: deliver(push)
    asked: list[Push | Pull] = field(default_factory=list)

    def push(self, push: Push) -> PushReply:
        self.asked.append(push)
        self.before("push")
        return self.around(push, partial(self.server.reply, device=self.device))

    def pull(self, pull: Pull) -> Page | Terms:
        self.asked.append(pull)
        self.before("pull")
        return self.server.pull(pull, device=self.device)


@dataclass
class Tablet:
    database: Database
    link: DirectLink
    clock: Clock = field(default_factory=Clock)

    def by(self, person: str = LUC) -> Author:
        return Author(person, self.clock(), an_id)

    def do(self, verb: Callable[..., Any], /, *given: Any, person: str = LUC, **more: Any) -> Any:
        """A verb of `field_app.actions` in a transaction of its own, as the screens do it."""
        with self.database.writing() as session:
            return verb(session, *given, by=self.by(person), **more)

    def sync(self) -> Round:
        return run_round(self.database, self.link, self.clock)

    def order(self, n: int = 1) -> WorkOrder:
        with self.database.reading() as session:
            return session.get_one(WorkOrder, town.order_id(n))

    def all(self, model: type[Any]) -> list[Any]:
        with self.database.reading() as session:
            return list(session.scalars(select(model)))

    def changes(self) -> list[LocalChange]:
        with self.database.reading() as session:
            return list(session.scalars(select(LocalChange).order_by(LocalChange.place)))

    def states(self) -> list[str]:
        return [change.state for change in self.changes()]

    def images(self) -> list[ServerImage]:
        return self.all(ServerImage)


@cache
def _template() -> Database:
    database = open_database("sqlite://")
    town.fill_server(database)
    return database


def a_server() -> Server:
    """The town in memory, a tablet of each crew (T1 north, T2 south), the office's own (B1)."""
    database = open_database("sqlite://")
    fill_sqlite(database)
    return with_devices(Server(database))


def fill_sqlite(database: Database) -> None:
    """Make an SQLite database the filled one, by copying its pages."""
    source, target = (made.engine.raw_connection() for made in (_template(), database))
    into: Any = target.driver_connection
    out_of: Any = source.driver_connection
    out_of.backup(into)
    source.close()
    target.close()


def with_devices(server: Server) -> Server:
    for code, crew in (("T1", town.NORTH), ("T2", town.SOUTH), ("B1", None)):
        server.add_device(code, crew)
    return server


def a_tablet(server: Server, folder: Path, device: str = "T1") -> Tablet:
    """A tablet that has read everything it may hold."""
    folder.mkdir(exist_ok=True)
    seed = 10 + list(server.devices).index(device)
    tablet = Tablet(town.open_tablet(folder, seed), DirectLink(server, device))
    tablet.sync()
    return tablet


def rename(session: Session, title: str, *, by: Author) -> None:
    """What a crew may not do, and a tablet does not stop: the server refuses it."""
    from field_app.store.edits import recorded

    with recorded(session, by=by):
        session.get_one(WorkOrder, town.order_id(1)).title = title
