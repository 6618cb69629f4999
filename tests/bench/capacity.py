"""What one server bears: 500 tablets of 25 crews, idle and at work, on SQLite and PostgreSQL."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from asset_model.base import Base
from asset_model.database import Database, open_database
from asset_model.people import Crew, District, Person
from asset_model.vocabulary import Role
from asset_model.work_orders import WorkOrder
from sync_server.enrolment import Place, add_device
from tests.bench.meters import cpu_s, family_cpu_s, peak_mb
from tests.bench.processes import Side, serving, side
from tests.bench.workload import START, clock, fill
from tests.embedded_postgres import running_server
from tests.sync import town
from tests.sync.town import named

CREWS = 25
WORDS = ("idle", "idle_calm", "work", "work_calm", "listen", "quiet")


def measure(kind: str, folder: Path, *, tablets: int) -> dict[str, Any]:
    """By word of the fleet, what it saw and what it cost the server's and the database's process.

    `kind`: sqlite or postgresql.
    """
    folder.mkdir()
    with database_of(kind, folder) as (url, database_cpu):
        told = _settled(url, folder, tablets)
        with serving(folder, url) as (address, pid), _fleet(address, told) as fleet:
            fleet.ask("enter")
            figures = {word: _asked(fleet, word, pid, database_cpu) for word in WORDS}
            return {**figures, "tablets": tablets, "peak_mb": peak_mb(pid)}


def _asked(
    fleet: Side, word: str, server: int, database_cpu: Callable[[], float]
) -> dict[str, Any]:
    before, before_database = cpu_s([server]), database_cpu()
    told = fleet.ask(word)
    told["server_cpu_s"] = cpu_s([server]) - before
    told["database_cpu_s"] = database_cpu() - before_database
    if "rounds" in told:
        told["server_cpu_ms_per_round"] = 1000 * told["server_cpu_s"] / told["rounds"]
        told["database_cpu_ms_per_round"] = 1000 * told["database_cpu_s"] / told["rounds"]
    return told


@contextmanager
def database_of(kind: str, folder: Path) -> Iterator[tuple[str, Callable[[], float]]]:
    """Its URL, and how much processor time its own processes have used so far."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'server.sqlite'}", float
        return
    with running_server(durable=True) as url:
        host = str(make_url(url).query["host"])
        postmaster = int((Path(host) / "postmaster.pid").read_text().split()[0])
        yield url.render_as_string(hide_password=False), lambda: family_cpu_s(postmaster)


def _settled(url: str, folder: Path, tablets: int) -> Path:
    """A town of crews with their devices; a file with what the fleet must know of each."""
    database = open_database(url)
    fill(database, _rows(tablets))
    told = [_enrolled(database, n) for n in range(tablets)]
    database.close()
    file = folder / "tablets.json"
    file.write_text(json.dumps(told))
    return file


def _rows(tablets: int) -> Iterator[Base]:
    for n in range(CREWS):
        district = named("district", str(n))
        yield District(id=district, code=f"D{n}", name=f"Secteur {n}")
        yield Crew(id=_crew(n), code=f"E{n}", name=f"Équipe {n}", district_id=district)
        yield Person(
            id=_person(n),
            name=f"Personne {n}",
            language="fr",
            role=Role.CREW_MEMBER,
            crew_id=_crew(n),
            active=True,
        )
    for n in range(tablets):
        yield WorkOrder(
            id=town.order_id(n),
            title=f"Nid-de-poule {n}",
            kind="corrective",
            priority=3,
            status="dispatched",
            district_id=named("district", str(n % CREWS)),
            crew_id=_crew(n % CREWS),
            source="person",
            created_at=START,
            created_by=town.BOSS,
        )


def _crew(n: int) -> str:
    return named("crew", str(n))


def _person(n: int) -> str:
    return named("person", str(n))


def _enrolled(database: Database, n: int) -> dict[str, str]:
    crew = n % CREWS
    place = Place(f"T{n}", "tablet", _crew(crew), named("district", str(crew)))
    with database.writing() as session:
        told = add_device(session, place, now=START, new_id=town.ids(1000 + n, clock))
    return {"token": told.token, "person": _person(crew), "order": town.order_id(n)}


@contextmanager
def _fleet(address: str, told: Path) -> Iterator[Side]:
    command: Sequence[str | Path] = [sys.executable, "-m", "tests.bench.fleet", address, told]
    with side(command, Path.cwd()) as fleet:
        yield fleet
