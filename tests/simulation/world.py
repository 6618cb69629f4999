"""One schedule being played: who does what, which message arrives, twice, late or never; the peace.

The server and the tablets run the code that runs in town, on real databases.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from random import Random
from unittest.mock import patch

from sqlalchemy.exc import OperationalError

from asset_model.base import instant
from asset_model.ids import uuid7
from asset_model.sync.wire import PROTOCOL
from field_app.sync import engine, rounds
from field_app.sync.rounds import run_round
from sync_server import pull
from tests.simulation.databases import Crash, copied
from tests.simulation.happenings import HAPPENINGS
from tests.simulation.letters import Letter
from tests.simulation.link import Link
from tests.simulation.schedule import Schedule, Step
from tests.simulation.server import DEVICES, Server, template
from tests.simulation.tablet import Tablet
from tests.simulation.troubles import TROUBLES
from tests.simulation.watch import KEPT_FOR, Seen, Watch
from tests.sync.town import Clock

ROUNDS_TO_REST = 3


class World:
    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.random = Random(0)
        self.clock = Clock()
        self.server = Server(self.clock, schedule.server_protocol)
        self.watch = Watch(self.clock)
        self.tablets = {code: self.new_tablet(code, app) for code, app in schedule.apps}
        self.post: list[Letter] = []
        self.slow: list[tuple[Letter, int | None]] = []
        """Requests that the server has begun to answer."""
        self.epoch: str | None = None
        """Of the history that a restore began; None while there was none."""
        self.put_back = False
        """Somebody has copied an older file over the server's: its epoch is an older one, too."""
        self.marked: dict[str, int] = {}
        """How far each history of the server was seen to have come."""
        self.backups: list[sqlite3.Connection] = []
        self.copies: dict[str, tuple[sqlite3.Connection, Seen]] = {}
        server, tablets = _beginning()
        self.server.database.become(server)
        for code, tablet in self.tablets.items():
            tablet.database.become(tablets[code])

    def new_tablet(self, code: str, app: int, name: str = "") -> Tablet:
        return Tablet(
            name or code,
            code,
            self.clock,
            self.random,
            app,
            changes_per_push=self.schedule.changes_per_push,
        )

    def new_id(self) -> str:
        return uuid7(self.clock(), self.random)

    @contextmanager
    def sizes(self) -> Iterator[None]:
        """As large as this schedule's messages are."""
        limits = partial(engine.Limits, changes=self.schedule.changes_per_push)
        with (
            patch.object(rounds, "Limits", limits),
            patch.object(pull, "ROWS_PER_PAGE_MAX", self.schedule.rows_per_page),
        ):
            yield

    def step(self, step: Step) -> None:
        self.random.seed(step.draw)
        self.clock.forward(seconds=self.random.randint(1, 600))
        tablet = self.tablets.get(step.tablet) or self.tablets[step.tablet[:2]]
        if step.trouble:
            TROUBLES[step.trouble](self)
        try:
            HAPPENINGS[step.name](self, tablet)
        except Crash:
            pass
        except (OperationalError, sqlite3.OperationalError) as error:
            if "disk is full" not in str(error):
                raise
        self.server.database.recover()
        for one in self.tablets.values():
            one.database.recover()
            self.watch.look(one)

    def arrive(self, letter: Letter) -> None:
        tablet = self.tablets[letter.tablet]
        if letter.answer is not None:
            tablet.hear(letter.kind, letter.answer)
            return
        answer = self.server.answer(tablet.code, letter.kind, letter.body)
        if answer is not None:
            self.post.append(Letter(letter.tablet, letter.kind, answer=answer))

    def heal(self) -> None:
        """The links hold, nobody does anything: all must come to rest within three rounds.

        One more where a tablet was found different and mended: the office is told of that, too.
        """
        self.post.clear()
        self.server.refusing.clear()
        self.server.protocol = PROTOCOL
        for tablet in self.tablets.values():
            tablet.speaks = tablet.protocol
        for _ in range(ROUNDS_TO_REST + self.watch.may_differ):
            for tablet in self.tablets.values():
                if not self._rests(tablet):
                    link = Link(self.server, tablet)
                    run_round(tablet.database, link, tablet.clock, verify=True)
                    self.watch.look(tablet)

        self._let_a_day_pass()

    def _let_a_day_pass(self) -> None:
        """What is older than a month is forgotten once a day, by those who have any of it."""
        self.clock.forward(days=1)
        for tablet in self.tablets.values():
            if tablet.database.raw.execute(KEPT_TOO_LONG, (self.month_ago(),)).fetchone()[0]:
                run_round(tablet.database, Link(self.server, tablet), tablet.clock, verify=True)
                self.watch.look(tablet)

    def month_ago(self) -> str:
        return instant(self.clock() - KEPT_FOR)

    def _rests(self, tablet: Tablet) -> bool:
        """Whether another round could bring nothing: all is answered, read and proven equal.

        The app before this one can prove nothing.
        """
        if tablet.database.raw.execute(UNSETTLED).fetchone():
            return False
        if not self._is_where_it_belongs(tablet):
            return False
        server = self.server.database.raw.execute(HEAD).fetchone()
        held = set(tablet.database.raw.execute(HELD, (tablet.protocol,)))
        return held == {(*server, True, 0)}

    def _is_where_it_belongs(self, tablet: Tablet) -> bool:
        """A device that was given to others has other buckets to hold, though no row moved."""
        device = self.server.database.raw.execute(PLACE, (tablet.code,)).fetchone()
        held = {bucket for (bucket,) in tablet.database.raw.execute(BUCKETS)}
        return held.issuperset(bucket for bucket in device if bucket)


KEPT_TOO_LONG = (
    "SELECT count(*) FROM local_change WHERE state IN ('settled', 'closed') AND answered_at < ?"
)
UNSETTLED = "SELECT 1 FROM local_change WHERE state IN ('pending', 'accepted') LIMIT 1"
HEAD = "SELECT epoch, position FROM server_state"
PLACE = "SELECT 'crew:' || crew_id, 'district:' || district_id FROM device WHERE code = ?"
BUCKETS = "SELECT bucket FROM bucket_position"
HELD = "SELECT epoch, position, verified >= 0 OR ? = 1, sweeping FROM replica, bucket_position"


def first_epoch() -> str:
    server, _ = _beginning()
    epoch: str = server.execute("SELECT epoch FROM server_state").fetchone()[0]
    return epoch


@cache
def _beginning() -> tuple[sqlite3.Connection, dict[str, sqlite3.Connection]]:
    """Where every schedule begins: each tablet has been handed out and has read its first rows."""
    server = Server(Clock(), PROTOCOL)
    server.database.become(template().raw)
    tablets: dict[str, sqlite3.Connection] = {}
    for code in DEVICES:
        tablet = Tablet(code, code, server.clock, Random(code))
        tablet.install()
        run_round(tablet.database, Link(server, tablet), tablet.clock, verify=True)
        tablets[code] = copied(tablet.database.raw)
    return copied(server.database.raw), tablets
