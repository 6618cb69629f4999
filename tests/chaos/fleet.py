"""A server and its tablets as processes, each tablet behind a link of its own."""

import json
import queue
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic
from uuid import uuid4

from sqlalchemy import select

from asset_model.database import Database, open_database
from asset_model.sync.wire import PROTOCOL
from field_app.store.local import LocalChange
from field_app.store.opening import Enrolment, write_enrolment
from sync_server.enrolment import Place, keep_device
from tests.chaos.invariants import Made
from tests.chaos.links import Link
from tests.processes import Running, module
from tests.sync import town

PLACES = {
    "T1": Place("T1", "tablet", town.NORTH, town.NORD),
    "T2": Place("T2", "tablet", town.SOUTH, town.SUD),
    "T3": Place("T3", "tablet", town.NORTH, town.NORD),
    "B1": Place("B1", "office"),
}
PATIENCE_S = 300
"""For what takes seconds: a machine may have other things to do."""
WORK_ENOUGH = 12
"""Changes of one tablet: with fewer, a storm has little to lose or to double."""


def enrolled(database: Database, code: str, folder: Path, server: str) -> str:
    """Give a device a token, and put it where the tablet looks for it; give the token too."""
    with database.writing() as session:
        told = keep_device(session, PLACES[code], now=town.START, new_id=lambda: str(uuid4()))
    write_enrolment(folder, Enrolment(server, told.device_id, code, told.kind, told.token))
    return told.token


def serving(url: str, folder: Path, port: int, *, office: bool = False) -> Running:
    """`voirie serve` over this database; not started yet."""
    told = ["serve", "--database", url, "--data", str(folder), "--port", str(port), "--no-tiles"]
    if not office:
        told.append("--no-office")
    log = folder.with_name(f"{folder.name}-{port}.log")
    return Running(told, f"http://127.0.0.1:{port}/health", log)


@dataclass
class Tablet:
    """A tablet's process, its link, and what is on its disk."""

    code: str
    folder: Path
    link: Link
    process: Running
    protocol: int = PROTOCOL
    database: Database = field(init=False)

    def __post_init__(self) -> None:
        self.database = open_database(f"sqlite:///{self.folder / 'tablet.sqlite'}")

    @property
    def made(self) -> list[Made]:
        """Every change that was told as committed, and every one that is on the disk."""
        made: dict[str, Made] = {}
        for line in self.process.said.splitlines():
            if line.startswith('["'):
                id, group, table, row = json.loads(line)
                made[id] = Made(id, group, self.code, table, row)
        with self.database.reading() as session:
            for one in session.scalars(select(LocalChange)):
                made.setdefault(one.id, Made(one.id, one.group_id, self.code, one.table, one.row))
        return list(made.values())

    @property
    def has_weathered_it(self) -> bool:
        """Its link has had all its mishaps, and its people have got some work done meanwhile."""
        return self.link.calm and len(self.made) >= WORK_ENOUGH

    def send_home(self) -> None:
        """Nobody works any more; the tablet only synchronizes."""
        running = self.process.process
        assert running is not None
        assert running.stdin is not None
        running.stdin.write(b"home\n")
        running.stdin.flush()


@dataclass
class Fleet:
    """Everything that runs, and who is to be killed next."""

    server: Running
    tablets: list[Tablet]
    doomed: "queue.Queue[Running]"

    def storm(self) -> None:
        """Until each tablet has weathered it: who is struck dies, and is started again."""
        self.server.up()
        for tablet in self.tablets:
            tablet.process.start()
        deadline = monotonic() + PATIENCE_S
        while not all(tablet.has_weathered_it for tablet in self.tablets):
            assert monotonic() < deadline, self.told
            with suppress(queue.Empty):
                victim = self.doomed.get(timeout=0.1)
                victim.kill()
                victim.up() if victim is self.server else victim.start()

    def peace(self) -> None:
        """A last blow to everyone, then nobody works and every link holds."""
        running = [tablet.process for tablet in self.tablets]
        for each in (self.server, *running):
            each.kill()
        self.server.up()
        for tablet in self.tablets:
            tablet.process.start()
            tablet.send_home()

    @property
    def told(self) -> str:
        """What every process has said, and what has befallen every link."""
        parts = [f"--- the server\n{self.server.said[-6000:]}"]
        for tablet in self.tablets:
            said = [line for line in tablet.process.said.splitlines() if not line.startswith('["')]
            parts.append(f"--- {tablet.code} {dict(tablet.link.happened)}")
            parts += said[-60:]
        return "\n".join(parts)


@contextmanager
def a_fleet(
    database: Database, url: str, folder: Path, port: int, *, seed: str, codes: tuple[str, ...]
) -> Iterator[Fleet]:
    """The town's server and these tablets, enrolled and not started yet."""
    doomed: queue.Queue[Running] = queue.Queue()
    fleet = Fleet(serving(url, folder / "server", port), [], doomed)
    for code in codes:
        fleet.tablets.append(_tablet(database, code, folder / code, fleet, port, seed))
    try:
        yield fleet
    finally:
        for running in (fleet.server, *(tablet.process for tablet in fleet.tablets)):
            running.kill()
        for tablet in fleet.tablets:
            tablet.link.close()
            tablet.database.close()


def _tablet(
    database: Database, code: str, folder: Path, fleet: Fleet, port: int, seed: str
) -> Tablet:
    victims: dict[str, Running] = {"server": fleet.server}
    link = Link(port, Random(f"{seed}:{code}"), lambda who: fleet.doomed.put(victims[who]))
    enrolled(database, code, folder, link.address)
    arguments = ("tests.chaos.tablet", link.address, str(folder), seed)
    process = Running(arguments, "", folder.with_suffix(".log"), program=module)
    victims["tablet"] = process
    return Tablet(code, folder, link, process)
