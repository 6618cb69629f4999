"""One schedule: who does what, which message arrives, twice, late or never; then the peace."""

from dataclasses import dataclass
from random import Random

from sqlalchemy import select

from field_app.store.local import LocalChange
from tests.simulation import deeds
from tests.simulation.fleet import DEVICES, Crash, Made, Server, Tablet
from tests.sync.town import Clock

STEPS = 60


@dataclass(frozen=True)
class Letter:
    """A message on its way: a request to the server, or an answer to a tablet."""

    device: str
    kind: str
    body: bytes
    to_server: bool


class World:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.clock = Clock()
        self.server = Server(self.clock)
        count = self.random.randint(2, 4)
        codes = [DEVICES[3][0], *(code for code, _ in DEVICES[: count - 1])]
        self.tablets = {code: Tablet(code, Clock(), Random(self.random.random())) for code in codes}
        self.post: list[Letter] = []
        self.log: list[str] = []
        self.steps = 0
        for tablet in self.tablets.values():
            self._converse(tablet, "pull")

    def run(self, steps: int = STEPS) -> None:
        for _ in range(steps):
            self.step()
        self.heal()

    def step(self) -> None:
        self.steps += 1
        self.clock.forward(seconds=self.random.randint(1, 600))
        happening = self.random.choices(list(HAPPENINGS), weights=list(HAPPENINGS.values()))[0]
        tablet = self.random.choice(list(self.tablets.values()))
        self.log.append(f"{happening} {tablet.code}")
        try:
            getattr(self, f"_{happening}")(tablet)
        except Crash as crash:
            self.log.append(f"  crash {crash}")
        tablet.database.die = self.server.database.die = None
        self._note_made(tablet)

    # What may happen.

    def _deed(self, tablet: Tablet) -> None:
        tablet.clock.now = self.clock.now
        choices = deeds.OFFICE if tablet.code.startswith("B") else deeds.CREW
        deed = self.random.choice(choices)
        self.log.append(f"  {deed.__name__}")
        tablet.act(lambda session, by: deeds.attempt(deed, session, by, self.random))

    def _deed_and_crash(self, tablet: Tablet) -> None:
        tablet.database.die = self.random.choice(["before", "after"])
        self._deed(tablet)

    def _ask(self, tablet: Tablet) -> None:
        kind = self.random.choice(["push", "push", "pull"])
        body = tablet.request(kind)
        if body is not None:
            self.post.append(Letter(tablet.code, kind, body, to_server=True))

    def _deliver(self, tablet: Tablet) -> None:
        if self.post:
            self._arrive(self.post.pop(self.random.randrange(len(self.post))))

    def _deliver_first(self, tablet: Tablet) -> None:
        if self.post:
            self._arrive(self.post.pop(0))

    def _deliver_twice(self, tablet: Tablet) -> None:
        if self.post:
            self._arrive(self.random.choice(self.post))

    def _deliver_torn(self, tablet: Tablet) -> None:
        if self.post:
            letter = self.post.pop(self.random.randrange(len(self.post)))
            torn = letter.body[: self.random.randrange(len(letter.body))]
            self._arrive(Letter(letter.device, letter.kind, torn, letter.to_server))

    def _deliver_and_crash(self, tablet: Tablet) -> None:
        if self.post:
            letter = self.post.pop(self.random.randrange(len(self.post)))
            dying = self.server if letter.to_server else self.tablets[letter.device]
            dying.database.die = self.random.choice(["before", "after"])
            try:
                self._arrive(letter)
            finally:
                dying.database.die = None

    def _lose(self, tablet: Tablet) -> None:
        if self.post:
            self.post.pop(self.random.randrange(len(self.post)))

    def _round(self, tablet: Tablet) -> None:
        self._converse(tablet, "push")
        self._converse(tablet, "pull")

    def _clock_jumps(self, tablet: Tablet) -> None:
        tablet.clock.forward(days=self.random.choice([-3650, -1, 1, 3650]))

    # How it happens.

    def _arrive(self, letter: Letter) -> None:
        if not letter.to_server:
            self.tablets[letter.device].take(letter.kind, letter.body)
            return
        answer = self.server.answer(letter.device, letter.kind, letter.body)
        if answer is not None:
            self.post.append(Letter(letter.device, letter.kind, answer, to_server=False))

    def _converse(self, tablet: Tablet, kind: str) -> None:
        """Ask and hear until there is nothing more to ask: a link that holds."""
        asked: bytes | None = None
        while (body := tablet.request(kind)) is not None and body != asked:
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
                Made(entry.id, entry.group_id, tablet.code, entry.table, entry.row)
                for entry in session.scalars(query)
            ]

    def heal(self, rounds: int = 3) -> None:
        """The links hold, nobody does anything: everyone must come to rest within three rounds."""
        self.post.clear()
        for _ in range(rounds):
            for tablet in self.tablets.values():
                self._converse(tablet, "push")
                self._converse(tablet, "pull")


HAPPENINGS = {
    "deed": 30,
    "deed_and_crash": 2,
    "ask": 18,
    "deliver_first": 14,
    "deliver": 8,
    "deliver_twice": 4,
    "deliver_torn": 2,
    "deliver_and_crash": 4,
    "lose": 4,
    "round": 10,
    "clock_jumps": 2,
}
