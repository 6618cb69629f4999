"""One schedule: who does what, which message arrives, twice, late or never; then the peace."""

import sqlite3
from collections.abc import Iterator
from random import Random

from sqlalchemy import select

from asset_model.ids import uuid7
from asset_model.sync.wire import PROTOCOL
from field_app.store.local import LocalChange
from tests.simulation.fleet import DEVICES, Crash, Made, Server, Tablet
from tests.simulation.happenings import HAPPENINGS
from tests.simulation.letters import Letter
from tests.sync.town import Clock

STEPS = 60
OLD_APPS = 0.15
"""The share of tablets that run the app before this one."""

MESSAGES_MAX = 200
"""Of one conversation; a link that holds needs a few."""


class World:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.clock = Clock()
        self.server = Server(self.clock)
        self.post: list[Letter] = []
        self.log: list[str] = []
        self.steps = self.restores = 0
        self.backup: sqlite3.Connection | None = None
        self.copies: dict[str, tuple[sqlite3.Connection, list[Made]]] = {}
        count = self.random.randint(2, 4)
        codes = [DEVICES[3][0], *(code for code, _ in DEVICES[: count - 1])]
        self.tablets = {
            code: Tablet(code, code, self.new_clock(), self.chance(), self._protocol())
            for code in codes
        }
        for tablet in self.tablets.values():
            self.converse(tablet, "pull")

    def chance(self) -> Random:
        return Random(self.random.random())

    def new_clock(self) -> Clock:
        return Clock(self.clock.now)

    def new_id(self) -> str:
        return uuid7(self.clock(), self.random)

    def _protocol(self) -> int:
        return 1 if self.random.random() < OLD_APPS else PROTOCOL

    def run(self, steps: int = STEPS) -> Iterator[Tablet]:
        """Play the schedule to its rest; after each step, the tablet it was played on."""
        for _ in range(steps):
            yield self.step()
        self.heal()

    def step(self) -> Tablet:
        self.steps += 1
        self.clock.forward(seconds=self.random.randint(1, 600))
        happening = self.random.choices(list(HAPPENINGS), weights=list(HAPPENINGS.values()))[0]
        tablet = self.random.choice(list(self.tablets.values()))
        self.log.append(f"{happening.__name__} {tablet.name}")
        try:
            happening(self, tablet)
        except Crash as crash:
            self.log.append(f"  crash {crash}")
        tablet.database.die = self.server.database.die = None
        self._note_made(tablet)
        return tablet

    def arrive(self, letter: Letter) -> None:
        tablet = self.tablets[letter.tablet]
        if not letter.to_server:
            tablet.take(letter.kind, letter.body)
            return
        answer = self.server.answer(tablet.code, letter.kind, letter.body)
        if answer is not None:
            self.post.append(Letter(letter.tablet, letter.kind, answer, to_server=False))

    def converse(self, tablet: Tablet, kind: str) -> None:
        """Ask and hear until there is nothing more to ask: a link that holds."""
        asked: bytes | None = None
        for _ in range(MESSAGES_MAX):
            body = tablet.request(kind)
            if body is None or body == asked:
                return
            asked = body
            answer = self.server.answer(tablet.code, kind, body)
            if answer is not None:
                tablet.take(kind, answer)

    def _note_made(self, tablet: Tablet) -> None:
        """Remember every change that reached the tablet's disk."""
        known = len(tablet.made)
        query = select(LocalChange).order_by(LocalChange.place).offset(known)
        with tablet.database.reading() as session:
            tablet.made += [
                Made(entry.id, entry.group_id, tablet.name, entry.table, entry.row)
                for entry in session.scalars(query)
            ]

    def heal(self, rounds: int = 3) -> None:
        """The links hold, nobody does anything: everyone must come to rest within three rounds."""
        self.post.clear()
        self.server.refusing.clear()
        for _ in range(rounds):
            for tablet in self.tablets.values():
                tablet.verified = 1
                self.converse(tablet, "push")
                self.converse(tablet, "pull")
