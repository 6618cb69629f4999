"""Measures the plan engine: `python -m tests.bench.plans`.

100,000 assets under 3 plans (a fixed yearly one, a legal one every six months since it was done, an
oil change by meter or calendar), what is due among them, the orders made of it, and the forecast of
a year; the same at a tenth of the size. Beside them in the same run: a naive loop that asks each
plan of each object by itself (a share of it, said in the line), and the floor of one SQL pass over
the rows that say when each was last done. A line of JSON for each; `s` is processor time.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

from dateutil.rrule import rrulestr
from sqlalchemy import insert, text

from asset_model.assets import Asset
from asset_model.codec import columns_of
from asset_model.database import Database, open_database
from asset_model.meters import Meter, MeterReading
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.sync.digest import row_hash, wire_text
from maintenance.due import TORONTO, due
from maintenance.forecast import foresee, hours_by_week
from maintenance.recipes import recipe_of
from sync_server import generation
from sync_server.plan_facts import load
from sync_server.schema import migrate
from sync_server.tables import RowImage
from tests.bench.meters import peak_mb
from tests.sync.rig import an_id

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
TODAY = NOW.date()
ROWS_PER_INSERT = 10_000
NAIVE_ASSETS = 2_000
SIZES = (10_000, 100_000)

PLANS: Sequence[dict[str, Any]] = (
    {"rule": "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=15", "shop": "garage"},
    {"rule": "FREQ=MONTHLY;INTERVAL=6", "floating": True, "legal": True, "shop": "garage"},
    {"rule": "FREQ=MONTHLY;INTERVAL=12", "floating": True,
     "triggers": [{"kind": "meter", "measure": "odometer", "every": 10_000, "lead": 500}]},
)  # fmt: skip
STEPS = [
    {"kind": "check", "label_fr": "Huile", "label_en": "Oil", "required": True},
    {"kind": "pass_fail", "label_fr": "Freins", "label_en": "Brakes", "required": True},
]


def the_plans() -> list[MaintenancePlan]:
    given = {"starts_on": date(2024, 1, 1), "lead_days": 14, "grace_days": 7, "steps": STEPS,
             "class_code": "vehicle", "active": True, "estimated_hours": 2.0, "legal": False,
             "floating": False, "triggers": [], "seasons": [], "nests": [], "nest_days": 0,
             "asset_filter": {}, "kind": "preventive", "priority": 3}  # fmt: skip
    return [
        MaintenancePlan(id=code, code=code, title_fr=code, title_en=code, **(given | plan))
        for code, plan in zip("ABC", PLANS, strict=True)
    ]


def fill(database: Database, *, assets: int) -> None:
    """A year of upkeep, written without the journal: it is not what is measured here."""
    migrate(database)
    random = Random(7)
    with database.writing() as session:
        for rows in _chunks(_assets(assets)):
            session.execute(insert(Asset), rows)
            session.execute(insert(RowImage), [_image(row) for row in rows])
        session.execute(insert(MaintenancePlan), [
            {"id": plan.id, "version": 1, "buckets": "town", **columns_of(plan)}
            for plan in the_plans()
        ])  # fmt: skip
        for model, made in (
            (Occurrence, _occurrences(assets, random)),
            (Meter, _meters(assets, random)),
            (MeterReading, _readings(assets)),
        ):
            for rows in _chunks(made):
                session.execute(insert(model), rows)


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    held: list[dict[str, Any]] = []
    for row in rows:
        held.append({"version": 1, "buckets": "town", **row})
        if len(held) == ROWS_PER_INSERT:
            yield held
            held = []
    if held:
        yield held


def _assets(count: int) -> Iterator[dict[str, Any]]:
    for n in range(count):
        yield {"id": f"asset {n:06d}", "tag": str(n), "class_code": "vehicle", "name": str(n),
               "status": "in_service", "attributes": {}}  # fmt: skip


def _image(row: dict[str, Any]) -> dict[str, Any]:
    columns = columns_of(Asset(**{k: v for k, v in row.items() if k not in ("version", "buckets")}))
    wire = wire_text(row["id"], columns.values())
    return {"table": "asset", "row": row["id"], "position": 1, "buckets": "town", "wire": wire,
            "hash": row_hash("asset", wire)}  # fmt: skip


def _occurrences(count: int, random: Random) -> Iterator[dict[str, Any]]:
    for plan in "ABC":
        for n in range(count):
            done = NOW - timedelta(days=random.randrange(0, 180))
            day = date(2026, 5, 15) if plan == "A" else done.date()
            yield {"id": f"{plan} {n:06d}", "plan_id": plan, "asset_id": f"asset {n:06d}",
                   "due_on": day, "wanted_on": day, "status": "done", "reasons": [],
                   "made_at": done, "done_at": done}  # fmt: skip


def _meters(count: int, random: Random) -> Iterator[dict[str, Any]]:
    for n in range(count):
        yield {"id": f"km {n:06d}", "asset_id": f"asset {n:06d}", "measure": "odometer",
               "unit": "km", "kind": "counter", "offset": 0.0, "installed_at": NOW,
               "total": 50_000.0 + random.randrange(0, 9_800), "read_at": NOW - timedelta(days=2),
               "per_day": 40.0, "per_day_error": 5.0}  # fmt: skip


def _readings(count: int) -> Iterator[dict[str, Any]]:
    for n in range(count):
        yield {"id": f"reading {n:06d}", "meter_id": f"km {n:06d}", "asset_id": f"asset {n:06d}",
               "value": 50_000.0, "total": 50_000.0, "taken_at": NOW - timedelta(days=200),
               "source": "person", "estimated": False, "review": "sound"}  # fmt: skip


def measure(url: str, what: str) -> dict[str, Any]:
    """One figure, in a process of its own, so that its memory is its own."""
    database = open_database(url)
    plans = the_plans()
    recipes = [recipe_of(plan) for plan in plans]
    line: dict[str, Any] = {"what": what}
    if what == "floor":
        return line | _timed(lambda: _one_pass(database))
    if what == "generate":
        return line | _timed(lambda: _generate(database))
    with database.reading() as session:
        loading = _timed(lambda: load(session, recipes, zone=TORONTO))
        known = load(session, recipes, zone=TORONTO)
    if what == "load":
        return line | loading | {"count": sum(map(len, known.history.tracks.values()))}
    if what == "naive":
        return (
            line
            | _timed(lambda: _naive(database, plans))
            | {"assets": min(NAIVE_ASSETS, len(known.history.targets["A"]))}
        )

    def work() -> int:
        if what == "due":
            return len(due(plans, known.history, known.readings, NOW))
        end = TODAY + timedelta(days=365)
        every = list(foresee(plans, known.history, known.readings, NOW, until=end))
        hours_by_week(every)
        return len(every)

    return line | min((_timed(work) for _ in range(3)), key=lambda figures: figures["s"])


def _timed(work: Callable[[], Any]) -> dict[str, Any]:
    wall, begun = perf_counter(), process_time()
    came_to = work()
    figures = {"s": round(process_time() - begun, 3), "wall_s": round(perf_counter() - wall, 3)}
    peak = peak_mb()
    count = {"count": came_to} if isinstance(came_to, int) else {}
    return {**figures, **count, "peak_mb": peak}


def _one_pass(database: Database) -> int:
    """What any way of telling it must at least do: look at each row that says when it was done."""
    query = text(
        "SELECT count(*) FROM occurrence WHERE julianday(done_at) + 182 - 14 <= julianday(:day)"
    )
    with database.reading() as session:
        return int(session.execute(query, {"day": TODAY.isoformat()}).scalar_one())


def _naive(database: Database, plans: Sequence[MaintenancePlan]) -> int:
    """Each asset's object, each plan's rule walked from its start, each last time asked for."""
    found = 0
    with database.reading() as session:
        for asset in session.query(Asset).order_by(Asset.id).limit(NAIVE_ASSETS):
            for plan in plans:
                last = session.query(Occurrence).filter_by(plan_id=plan.id, asset_id=asset.id).all()
                start = datetime.combine(plan.starts_on, datetime.min.time())
                since = max(each.due_on for each in last)
                rule = rrulestr(plan.rule, dtstart=start)
                after = rule.after(datetime.combine(since, datetime.min.time()))
                found += after is not None and after.date() <= TODAY + timedelta(plan.lead_days)
    return found


def _generate(database: Database) -> int:
    return generation.generate(database, now=NOW, new_id=an_id).written


STAGES = ("floor", "load", "due", "naive", "forecast", "generate")


def lines(sizes: Sequence[int]) -> Iterator[dict[str, Any]]:
    """The figures of each stage at each size, each in a process of its own."""
    for assets in sizes:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'server.sqlite'}"
            database = open_database(url)
            fill(database, assets=assets)
            database.close()
            for what in STAGES:
                command = [sys.executable, "-m", "tests.bench.plans", "--measure", url, what]
                told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                yield {"of": assets, **json.loads(told)}


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--assets", type=int, nargs="+", default=list(SIZES))
    options.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    given = options.parse_args()
    told = [measure(*given.measure)] if given.measure else lines(given.assets)
    for line in told:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
