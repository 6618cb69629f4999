"""Measures the search for duplicates: `python -m tests.bench.twins`, on SQLite and PostgreSQL.

A town with 100,000 open reports of 50,000 things on 14 by 14 km, some told of by dozens. Then 2,000
new reports ask which incident they are of, as the server asks when one comes; half of them tell of
what is there. Beside it in the same run: the rule of distance alone, "the same kind within 50 m in
12 weeks", one query that gives no reason. A line of JSON for each; milliseconds of the clock.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from asset_model.database import Database, open_database
from asset_model.grouping.concepts import concepts_of
from asset_model.grouping.sightings import METRES_PER_DEGREE, Sighting
from asset_model.grouping.town import assignment, town_weights
from asset_model.incidents import Incident, Report
from sync_server.schema import migrate
from tests.bench.capacity import database_of

REPORTS, THINGS, KINDS, ASKED = 100_000, 50_000, 20, 2_000
NOW = datetime(2026, 11, 23, 13, tzinfo=UTC)
WEST, SOUTH, EAST, NORTH = -75.85, 45.40, -75.67, 45.53
SCATTER = 0.0001
"""About 10 m: how far apart pins of one thing lie."""
RULE_M, RULE_WEEKS = 50, 12
WORDS = ("Gros trou", "Nid-de-poule devant la maison", "Lampadaire éteint", "Pothole by the stop")

Asks = Callable[[Session, Sighting], Any]


def lines() -> Iterator[dict[str, Any]]:
    for engine in ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory(prefix="voirie-twins-") as passing:
            folder = Path(passing)
            folder.chmod(0o755)
            with database_of(engine, folder) as (url, _):
                database = open_database(url)
                _fill(database)
                yield from _measured(engine, database)
                database.close()


def _measured(engine: str, database: Database) -> Iterator[dict[str, Any]]:
    asked = list(_reports(Random(2), ASKED))
    for what, ask in (("with reasons", _by_reasons), ("by distance alone", _by_distance)):
        with database.reading() as session:
            ask(session, asked[0])
            times, found = [], 0
            for newer in asked:
                began = perf_counter()
                found += bool(ask(session, newer))
                times.append(1_000 * (perf_counter() - began))
        cuts = quantiles(times, n=100)
        told = {"p50_ms": round(cuts[49], 2), "p99_ms": round(cuts[98], 2)}
        yield {"engine": engine, "open": REPORTS, "what": what, "found": found, **told}


def _by_reasons(session: Session, newer: Sighting) -> Any:
    return assignment(session, newer, town_weights(session)).candidates


def _by_distance(session: Session, newer: Sighting) -> Any:
    north = RULE_M / METRES_PER_DEGREE
    east = north * 1.43  # A degree of longitude is so much shorter there.
    near = select(func.count()).where(
        Report.longitude.between(newer.lon - east, newer.lon + east),
        Report.latitude.between(newer.lat - north, newer.lat + north),
        Report.service_id == newer.category,
        Report.reported_at >= newer.at - timedelta(weeks=RULE_WEEKS),
    )
    return session.scalar(near)


def _fill(database: Database) -> None:
    migrate(database)
    seen = list(_reports(Random(1), REPORTS))
    incidents = {each.address or "": each for each in seen}
    with database.writing() as session:
        session.execute(
            insert(Incident),
            [
                {"id": id, "service_id": each.category, "opened_at": each.at, "status": "received",
                 "longitude": each.lon, "latitude": each.lat}
                for id, each in incidents.items()
            ],
        )  # fmt: skip
        session.execute(
            insert(Report),
            [
                {"id": each.id, "incident_id": each.address, "service_id": each.category,
                 "source": "web", "description": WORDS[n % len(WORDS)], "longitude": each.lon,
                 "latitude": each.lat, "reported_at": each.at}
                for n, each in enumerate(seen)
            ],
        )  # fmt: skip


def _reports(random: Random, count: int) -> Iterator[Sighting]:
    """Of things that are the same whoever draws them: here the address is the thing's name."""
    for n in range(count):
        # Squared: few things are told of often.
        thing = int(THINGS * random.random() ** 2) if random.random() < 0.5 else THINGS + n
        place = Random(thing)
        kind = f"kind-{place.randrange(KINDS)}"
        lon, lat = place.uniform(WEST, EAST), place.uniform(SOUTH, NORTH)
        yield Sighting(
            id=f"{count}-{n}",
            at=NOW - timedelta(minutes=random.randrange(80 * 24 * 60) if count == REPORTS else 0),
            lon=lon + random.gauss(0, SCATTER),
            lat=lat + random.gauss(0, SCATTER),
            category=kind,
            concepts=concepts_of(WORDS[n % len(WORDS)]),
            address=f"thing-{thing}",
            accuracy_m=0.0,
        )


if __name__ == "__main__":
    for line in lines():
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
