"""A tablet of a simulated world: its folder, its people, and what it says and hears."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from asset_model.ids import Author, uuid7
from asset_model.sync.reading import page_or_terms_from, reply_from
from asset_model.sync.wire import PROTOCOL, Page, Pull, Push, PushReply, Terms
from field_app.store.local import Replica
from field_app.store.schema import migrate as migrate_tablet
from field_app.sync import engine, http
from field_app.sync.transport import LinkDown, NotEnrolled, NotTaken, OtherProtocol
from tests.simulation.databases import Fragile, reused
from tests.simulation.letters import Answer, Kind
from tests.sync import town
from tests.sync.town import Clock

PEOPLE = {
    "T1": (town.LUC, town.ANNE),
    "T2": (town.MARC,),
    "T3": (town.ANNE,),
    "B1": (town.BOSS,),
}

INSTALLED, BEGUN = "UPDATE replica SET install = ?", "UPDATE replica SET incarnation = ?"

SINCE_PROTOCOL_1 = ("digests", "waiting", "heard", "seal", "since")
SCHEMA_1 = frozenset(
    {
        *("district", "crew", "person", "credential", "asset_class", "asset", "part"),
        *("work_order", "step", "time_worked", "material_used", "comment", "status_change"),
        *("contested_value", "maintenance_plan", "service"),
    }
)
"""The tables that the app of protocol 1 has."""


@cache
def empty() -> Fragile:
    """What is installed: the tables, and nothing in them."""
    database = Fragile()
    migrate_tablet(database)
    with database.writing() as session:
        session.add(Replica(id=1, install="new", incarnation=""))
    return database


@dataclass
class Tablet:
    """A replica in its folder. A clone has another name and the same device code."""

    name: str
    code: str
    world_clock: Clock
    random: Random
    protocol: int = PROTOCOL
    wrong_by: timedelta = timedelta()
    """Its clock is ahead of the world's by this much."""
    changes_per_push: int = 5
    lives: int = 0
    database: Fragile = field(init=False)
    speaks: int = field(init=False)
    """The protocol that it speaks with the server it last met, which may be an older one."""

    def __post_init__(self) -> None:
        self.database = reused(self.name)
        self.speaks = self.protocol

    def update(self, protocol: int) -> None:
        self.protocol = self.speaks = protocol

    def clock(self) -> datetime:
        return self.world_clock() + self.wrong_by

    def install(self) -> None:
        """Nothing is on it; it has never met the server."""
        self.database.become(empty().raw)
        self.database.raw.execute(INSTALLED, (f"{self.name}.{self.lives}",))
        self.begin_life()

    def begin_life(self) -> None:
        """The marker beside the database does not match: this incarnation is a new one."""
        self.lives += 1
        self.database.raw.execute(BEGUN, (f"{self.name}-{self.lives}",))

    def author(self) -> Author:
        person = self.random.choice(PEOPLE[self.code])
        return Author(person, self.clock(), lambda: uuid7(self.clock(), self.random))

    def limits(self) -> engine.Limits:
        return engine.Limits(changes=self.changes_per_push)

    def request(self, kind: Kind) -> bytes | None:
        """What it says next; None when there is nothing to push."""
        with self.database.reading() as session:
            message: Push | Pull | None
            if kind == "push":
                message = engine.next_push(session, now=self.clock(), limits=self.limits())
            else:
                message = engine.next_pull(session, verify=self.random.random() < 0.3)
        return None if message is None else self.spoken(message)

    def spoken(self, message: Push | Pull) -> bytes:
        """In the words of the app that is installed here."""
        words = asdict(message) | {"protocol": self.speaks}
        if self.protocol == 1:
            words["schema"] = 1
            for name in SINCE_PROTOCOL_1:
                words.pop(name, None)
        return json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()

    def understood(self, kind: Kind, answer: Answer | None) -> PushReply | Page | Terms:
        """:raises LinkDown, NotEnrolled, NotTaken, OtherProtocol: as the real transport does"""
        if answer is None:
            raise LinkDown("no answer")
        data = http._body(answer)  # type: ignore[arg-type]  # has of a response what is read
        if self.protocol == 1 and isinstance(data, dict):
            data = _for_the_app_before(data)
        if kind == "push":
            return http._read(reply_from, data, self.speaks)
        return http._read(page_or_terms_from, data, self.speaks)

    def hear(self, kind: Kind, answer: Answer) -> None:
        """An answer arrived, perhaps late, perhaps a second time, perhaps torn."""
        try:
            told = self.understood(kind, answer)
        except (LinkDown, NotEnrolled, NotTaken):
            return
        except OtherProtocol as other:
            self.speaks = other.spoken
            return
        with self.database.writing() as session:
            if isinstance(told, PushReply):
                engine.take_reply(session, told, now=self.clock())
            elif isinstance(told, Page):
                engine.take_page(session, told, now=self.clock())
            else:
                engine.take_terms(session, told, now=self.clock())


def _for_the_app_before(data: dict[str, Any]) -> dict[str, Any]:
    """What the app of protocol 1 makes of an answer: it passes over tables it does not have."""
    if "tables" in data:
        data["tables"] = [t for t in data["tables"] if t["table"] in SCHEMA_1]
        data["removed"] = [r for r in data["removed"] if r[0] in SCHEMA_1]
    return data
