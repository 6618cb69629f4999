"""Measures the director's page: `python -m tests.bench.director`, on SQLite and PostgreSQL.

A town of 20,000 orders of the last two years, with the work written on them and the plans that made
some. The page is worked out as the server does for whoever opens it, then a list is opened behind a
figure. A line of JSON for each; milliseconds of the clock, and of the processor in our own process.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from asset_model.database import Database, open_database
from sync_server.bulletins.asking import Asking
from sync_server.dashboard.board import board
from sync_server.dashboard.listing import listed
from sync_server.schema import migrate
from tests.bench.capacity import database_of
from tests.server.dashboard_town import asks, fill

ORDERS, TIMES = 20_000, 7
NOW = datetime(2026, 11, 23, 16, 5, tzinfo=UTC)
PAGES: dict[str, tuple[Callable[[Asking], Any], dict[str, str]]] = {
    "the page": (board, {}),
    "the page of one crew": (board, {"crew": "c0"}),
    "the list of overdue orders": (listed, {"figure": "overdue"}),
    "the list of the backlog": (listed, {"figure": "backlog"}),
}


def lines() -> Iterator[dict[str, Any]]:
    for engine in ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory(prefix="voirie-director-") as passing:
            folder = Path(passing)
            folder.chmod(0o755)
            with database_of(engine, folder) as (url, _):
                database = open_database(url)
                migrate(database)
                with database.writing() as session:
                    fill(session, now=NOW, seed=1, orders=ORDERS)
                yield from _measured(engine, database)
                database.close()


def _measured(engine: str, database: Database) -> Iterator[dict[str, Any]]:
    for what, (page, question) in PAGES.items():
        times, cpu = [], []
        for _ in range(TIMES):
            with database.reading() as session:
                began, used = perf_counter(), process_time()
                page(asks(session, NOW, **question))
                times.append(1_000 * (perf_counter() - began))
                cpu.append(1_000 * (process_time() - used))
        told = {"p50_ms": round(median(times), 1), "cpu_ms": round(median(cpu), 1)}
        yield {"engine": engine, "orders": ORDERS, "what": what, **told}


if __name__ == "__main__":
    for line in lines():
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
