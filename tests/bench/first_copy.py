"""Measures a tablet's first copy: `python -m tests.bench.first_copy`.

A town of 50,000 assets and 20,000 work orders of about 500 bytes, a server process, and for each
way a fresh tablet process over loopback: by the ready file, and by pages. Prints a line of JSON
for each; `s` is from the first question to the last row committed and the log settled.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from sqlalchemy import inspect
from urllib3 import Retry

from asset_model.assets import Asset
from asset_model.base import Base
from asset_model.database import Database, open_database
from asset_model.ids import uuid7
from asset_model.sync.wire import Page, Pull, Push, PushReply, Terms
from asset_model.work_orders import WorkOrder
from field_app.store.intake import rows_held
from field_app.store.opening import open_store
from field_app.sync.http import HttpTransport
from field_app.sync.rounds import run_round
from sync_server import desk
from sync_server.schema import migrate
from tests.sync import town

WORDS = (
    *("rue", "avenue", "boulevard", "du", "de la", "nord", "ouest", "grande", "petite", "pont"),
    *("parc", "lac", "rivière", "égout", "aqueduc", "borne", "vanne", "trottoir", "nid-de-poule"),
    *("fissure", "réparation", "inspection", "nettoyage", "remplacement", "urgent", "arbre"),
    *("lampadaire", "panneau", "ponceau", "fossé", "accotement"),
)
START = datetime(2026, 1, 1, tzinfo=UTC)


def clock() -> datetime:
    return START


class PagesOnly:
    """The same link, which brings no files."""

    def __init__(self, link: HttpTransport) -> None:
        self._link = link

    def push(self, push: Push) -> PushReply:
        return self._link.push(push)

    def pull(self, pull: Pull) -> Page | Terms:
        return self._link.pull(pull)


def town_of(assets: int, orders: int, random: Random) -> Iterator[Base]:
    ids = [uuid7(START + timedelta(seconds=n), random) for n in range(assets)]
    for n, id in enumerate(ids):
        yield _asset(n, id, random)
    for n in range(orders):
        yield _order(n, random.choice(ids), random)


def _asset(n: int, id: str, random: Random) -> Asset:
    x, y = round(random.uniform(-75.9, -75.5), 6), round(random.uniform(45.3, 45.6), 6)
    line = [[round(x + random.random() / 500, 6), round(y + random.random() / 500, 6)]]
    line += [[round(lon + random.random() / 900, 6), round(lat, 6)] for lon, lat in line * 3]
    return Asset(
        id=id,
        tag=f"TR-{n:06}",
        class_code="road_segment",
        name=" ".join(random.choices(WORDS, k=3)),
        status="in_service",
        criticality=random.randint(1, 5),
        district_id=town.NORD,
        geometry={"type": "LineString", "coordinates": line},
        west=x,
        south=y,
        east=round(x + 0.002, 6),
        north=round(y + 0.002, 6),
        length_m=round(random.random() * 300, 1),
        attributes={"surface": random.choice(["asphalt", "gravel"]), "lanes": random.randint(1, 4)},
        source="town",
        source_key=str(1_000_000 + 7 * n),
    )


def _order(n: int, asset: str, random: Random) -> WorkOrder:
    at = START + timedelta(minutes=20 * n)
    return WorkOrder(
        id=uuid7(at, random),
        title=" ".join(random.choices(WORDS, k=5)),
        description=" ".join(random.choices(WORDS, k=16)),
        kind="corrective",
        priority=random.randint(1, 4),
        status=random.choice(["dispatched", "completed", "closed"]),
        asset_id=asset,
        district_id=town.NORD,
        crew_id=town.NORTH,
        source="person",
        due_at=at,
        created_at=at,
        created_by=town.BOSS,
    )


def fill(database: Database, *, assets: int, orders: int) -> None:
    migrate(database)
    new_id = town.ids(2, clock)
    rows = [*town.rows(0), *town_of(assets, orders, Random(4))]
    with database.writing() as session:
        changes = (desk.inserted(row, new_id=new_id) for row in rows)
        desk.write(session, changes, now=START, new_id=new_id)


@contextmanager
def serving(folder: Path, url: str) -> Iterator[str]:
    """The real server in a process of its own; its address."""
    program = "from asset_model.command_line import main; main()"
    command = [sys.executable, "-c", program, "serve", "--no-office"]
    command += ["--data", str(folder), "--database", url, "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        with requests.Session() as patient:
            patient.mount("http://", HTTPAdapter(max_retries=Retry(50, backoff_factor=0.02)))
            patient.get(f"{address}/health", timeout=10)
        yield address
    finally:
        process.terminate()
        process.wait()


def copy_once(address: str, token: str, *, by_file: bool) -> dict[str, Any]:
    """One fresh tablet, in this process."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_store(Path(folder), new_id=town.ids(9, clock))
        link = HttpTransport(address, token)
        fetched = _counting(link)
        began, began_cpu = perf_counter(), process_time()
        run_round(database, link if by_file else PagesOnly(link), clock)
        took, cpu = perf_counter() - began, process_time() - began_cpu
        with database.reading() as session:
            rows = rows_held(session)
        database.close()
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "way": "file" if by_file else "pages",
        "rows": rows,
        "s": round(took, 2),
        "cpu_s": round(cpu, 2),
        "mb": round(fetched() / 1e6, 2),
        "peak_mb": peak_kb // 1024,
    }


def _counting(link: HttpTransport) -> Callable[[], int]:
    """How many bytes of answers have come over the link."""
    came = [0]

    def count(answer: requests.Response, *_: Any, **__: Any) -> None:
        came[0] += int(answer.headers.get("Content-Length", 0))

    link._http.hooks["response"].append(count)
    return lambda: came[0]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--assets", type=int, default=50_000)
    options.add_argument("--orders", type=int, default=20_000)
    options.add_argument("--database", help="an empty PostgreSQL database; else SQLite")
    options.add_argument("--folder", help="keep the filled SQLite server here, and use it again")
    options.add_argument("--tablet", nargs=3, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.tablet:
        address, token, way = given.tablet
        _say(copy_once(address, token, by_file=way == "file"))
        return
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(given.folder or passing)
        url = given.database or f"sqlite:///{folder / 'server.sqlite'}"
        token = _prepared(url, assets=given.assets, orders=given.orders)
        with serving(folder, url) as address:
            # The first also waits for the copy to be built; the others find it made.
            for way in ("file", "file", "file", "file", "pages"):
                command = [sys.executable, "-m", "tests.bench.first_copy", "--tablet"]
                subprocess.run([*command, address, token, way], check=True)


def _prepared(url: str, *, assets: int, orders: int) -> str:
    """A filled server's database, and a token for it."""
    database = open_database(url)
    if not inspect(database.engine).has_table("row_image"):
        fill(database, assets=assets, orders=orders)
    _, token = town.add_tablet(database, "T1", town.NORTH)
    database.close()
    return token


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
