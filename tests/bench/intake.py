"""What 311 takes in: `python -m tests.bench.intake --requests 10000`, on SQLite and PostgreSQL.

A town with streets, zones and rules; a real server; requests from many connections of another
process, a tenth of them sent twice, a third beside one that is there, one in fifty with a picture.
Before, and meanwhile, a tablet sends a comment and asks for news twice a second. The floor is the
same form through the same HTTP, which inserts one row and says so. What is lost or doubled is
counted.
"""

import argparse
import json
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter
from typing import Any

import requests
import uvicorn
from sqlalchemy import func, select
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from asset_model.assets import Asset
from asset_model.catalogue import Service
from asset_model.database import Database, open_database
from asset_model.incidents import Report
from asset_model.people import Crew
from asset_model.spatial import SEGMENT, of_classes
from asset_model.sync.wire import Pull
from asset_model.work_orders import WorkOrder
from sync_server.cli.opening import new_id
from sync_server.demo import fill_town
from sync_server.enrolment import Place, add_device
from sync_server.feed_check import feed_findings
from sync_server.intake.forms import form_of
from sync_server.intake.tables import Sending
from sync_server.open311.keys import make_key
from tests.bench.capacity import database_of
from tests.bench.meters import cpu_s, peak_mb
from tests.bench.processes import serving, side
from tests.bench.speaking import answer, say
from tests.intake.clients import a_picture
from tests.sync import rig

TWICE, BESIDE, PICTURES = 10, 3, 50
"""One in so many."""
EVERY_S, QUIET_S = 0.5, 12
TIMEOUT_S = 120
CONNECTIONS = 32
PULL = asdict(Pull(schema=1, epoch=None, scope=None, positions={}))


def lines(kinds: Sequence[str], *, count: int, connections: int) -> Iterator[dict[str, Any]]:
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="voirie-intake-") as passing:
            folder = Path(passing)
            folder.chmod(0o755)
            yield measure(kind, folder, count=count, connections=connections)


def measure(kind: str, folder: Path, *, count: int, connections: int) -> dict[str, Any]:
    with database_of(kind, folder) as (url, database_cpu):
        database = open_database(url)
        told = _settled(database)
        file = folder / "sender.json"
        file.write_text(json.dumps({**told, "count": count, "connections": connections}))
        module: list[str | Path] = [sys.executable, "-m", "tests.bench.intake"]
        with (
            serving(folder, url) as (address, pid),
            side([*module, "--send", address, "--as", file], Path.cwd()) as sender,
        ):
            quiet = sender.ask("quiet")
            before, before_database = cpu_s([pid]), database_cpu()
            ours = sender.ask("open311")
            ours["server_cpu_ms"] = 1000 * (cpu_s([pid]) - before) / ours["sent"]
            ours["database_cpu_ms"] = 1000 * (database_cpu() - before_database) / ours["sent"]
            ours["peak_mb"] = peak_mb(pid)
        with side([*module, "--floor", url], Path.cwd()) as floor:
            address = f"http://127.0.0.1:{floor.told['port']}"
            with side([*module, "--send", address, "--as", file], Path.cwd()) as sender:
                before = cpu_s([floor.pid])
                bare = sender.ask("floor")
                bare["server_cpu_ms"] = 1000 * (cpu_s([floor.pid]) - before) / bare["sent"]
        whole = _counted(database, count)
        database.close()
    return {"engine": kind, "quiet": quiet, "ours": ours, "floor": bare, **whole}


def _settled(database: Database) -> dict[str, Any]:
    """The demo's town, a key, a tablet; what the sender must know of them."""
    from sync_server.schema import migrate

    migrate(database)
    now = datetime.now(UTC)
    fill_town(database, now=now)
    with database.writing() as session:
        key = make_key(session, "BENCH", now=now, expires_at=None)
        crew = session.scalars(select(Crew).order_by(Crew.code)).first()
        assert crew is not None
        place = Place("BENCH", "tablet", crew.id, crew.district_id)
        token = add_device(session, place, now=now, new_id=new_id).token
        roads = select(func.min(Asset.west), func.max(Asset.east), func.min(Asset.south),
                       func.max(Asset.north)).where(of_classes(SEGMENT))  # fmt: skip
        box = list(session.execute(roads).one())
        order = session.scalars(select(WorkOrder.id).where(WorkOrder.crew_id == crew.id)).first()
        services = [
            each.code
            for each in session.scalars(select(Service).where(Service.active))
            if not any(question.get("required") for question in each.questions)
        ]
    return {"key": key, "token": token, "box": box, "services": services, "order": order}


def _counted(database: Database, count: int) -> dict[str, Any]:
    """What is there afterwards, beside what was sent."""
    with database.reading() as session:
        mine = Report.source_name == "BENCH"
        kept = session.scalar(select(func.count()).select_from(Report).where(mine)) or 0
        own = select(func.count(Report.external_id.distinct())).where(mine)
        known = session.scalar(own) or 0
        incidents = select(func.count(Report.incident_id.distinct())).where(mine)
        return {
            "lost": count - known,
            "doubled": kept - known,
            "incidents": session.scalar(incidents) or 0,
            "feed_faults": len(list(feed_findings(database, mend=False))),
        }


class _Sender:
    """The process from which everybody sends, and the tablet that works meanwhile."""

    def __init__(self, address: str, told: dict[str, Any]) -> None:
        self._address, self._told = address, told
        self._here = threading.local()
        self._chance = Random(311)
        self._picture = a_picture()

    def quiet(self) -> dict[str, Any]:
        """The tablet's rounds while nobody sends."""
        return self._beside_a_tablet(lambda done: {"waited": done.wait(QUIET_S)})

    def open311(self) -> dict[str, Any]:
        sendings = self._sendings()
        return self._beside_a_tablet(lambda _: self._burst("/open311/v2/requests.json", sendings))

    def _beside_a_tablet(self, work: Callable[[threading.Event], dict[str, Any]]) -> dict[str, Any]:
        rounds: list[float] = []
        done = threading.Event()
        tablet = threading.Thread(target=self._work, args=(done, rounds))
        tablet.start()
        told = work(done)
        done.set()
        tablet.join()
        return {**told, "rounds": len(rounds), "round_ms": _spread(rounds)}

    def floor(self) -> dict[str, Any]:
        return self._burst("/bare", self._sendings())

    def _burst(self, path: str, sendings: list[dict[str, Any]]) -> dict[str, Any]:
        began = perf_counter()
        with ThreadPoolExecutor(self._told["connections"]) as several:
            waited = list(several.map(lambda each: self._post(path, **each), sendings))
        took = perf_counter() - began
        failed = sum(status >= 400 for status, _ in waited)
        return {
            "sent": len(sendings), "seconds": took, "per_second": len(sendings) / took,
            "failed": failed, "wait_ms": _spread([wait for _, wait in waited]),
        }  # fmt: skip

    def _post(self, path: str, **more: Any) -> tuple[int, float]:
        if not hasattr(self._here, "http"):
            self._here.http = requests.Session()
            self._here.http.trust_env = False
        began = perf_counter()
        told = self._here.http.post(f"{self._address}{path}", timeout=TIMEOUT_S, **more)
        return told.status_code, perf_counter() - began

    def _sendings(self) -> list[dict[str, Any]]:
        once: list[dict[str, Any]] = [self._sending(n) for n in range(self._told["count"])]
        whole = [*once, *once[::TWICE]]
        self._chance.shuffle(whole)
        return whole

    def _sending(self, n: int) -> dict[str, Any]:
        west, east, south, north = self._told["box"]
        chance = Random(n if n % BESIDE else n - 1)  # One in so many is where the one before is.
        data = {
            "api_key": self._told["key"],
            "service_code": chance.choice(self._told["services"]),
            "lat": f"{chance.uniform(south, north):.6f}",
            "long": f"{chance.uniform(west, east):.6f}",
            "description": "Gros trou dangereux dans la rue, devant chez moi.",
            "email": f"citoyen{n}@exemple.ca",
            "attribute[external_id]": f"{n}",
        }
        picture = {"photo1": ("1.jpg", self._picture, "image/jpeg")}
        return {"data": data, "files": picture if n % PICTURES == 0 else None}

    def _work(self, done: threading.Event, rounds: list[float]) -> None:
        """A tablet's rounds, one every half a second: something said, and news asked for."""
        headers = {"Authorization": f"Bearer {self._told['token']}"}
        http = requests.Session()
        http.trust_env = False
        while not done.wait(EVERY_S):
            said = asdict(rig.a_push(rig.group(rig.comment(self._told["order"], "Fait."))))
            began = perf_counter()
            http.post(f"{self._address}/sync/v1/push", json=said, headers=headers, timeout=60)
            http.post(f"{self._address}/sync/v1/pull", json=PULL, headers=headers, timeout=60)
            rounds.append(perf_counter() - began)


def _spread(waits: list[float]) -> dict[str, float]:
    cuts = quantiles(waits, n=100) if len(waits) > 1 else waits * 99
    return {"p50": 1000 * cuts[49], "p95": 1000 * cuts[94], "most": 1000 * max(waits)}


def floor(url: str) -> None:
    """A door that reads the same form and inserts one row, whatever it says."""
    database = open_database(url)
    turn = threading.Lock()

    def keep(pairs: list[tuple[str, str]]) -> None:
        with turn, database.writing() as session:
            session.add(Sending(mark=new_id(), row_id=pairs[0][0], sent_at=datetime.now(UTC)))

    async def bare(request: Request) -> JSONResponse:
        form = await form_of(request)
        await run_in_threadpool(keep, form.pairs)
        return JSONResponse([{"service_request_id": "1"}], 201)

    listener = socket.create_server(("127.0.0.1", 0))
    say({"ready": True, "port": listener.getsockname()[1]})
    config = uvicorn.Config(
        Starlette(routes=[Route("/bare", bare, methods=["POST"])]),
        log_level="warning", access_log=False,
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[listener])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.intake", description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--connections", type=int, default=CONNECTIONS)
    parser.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--send", help=argparse.SUPPRESS)
    parser.add_argument("--as", dest="told", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--floor", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.floor:
        floor(asked.floor)
    elif asked.send:
        sender = _Sender(asked.send, json.loads(asked.told.read_text()))
        answer({"quiet": sender.quiet, "open311": sender.open311, "floor": sender.floor})
    else:
        for line in lines(asked.engines, count=asked.requests, connections=asked.connections):
            say(line)


if __name__ == "__main__":
    main()
