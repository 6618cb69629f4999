"""The workload: a town of 50,000 assets and 20,000 work orders of about 500 bytes."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select

from asset_model.assets import Asset
from asset_model.base import Base
from asset_model.codec import columns_of
from asset_model.database import Database
from asset_model.ids import uuid7
from asset_model.work_orders import WorkOrder
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
COMMIT_ROWS = 100
"""What the server changes comes in commits of so many, as from people and plans."""


def clock() -> datetime:
    return START


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


def fill(database: Database, rows: Iterable[Base]) -> None:
    """A server of these rows, written as an import writes them."""
    migrate(database)
    new_id = town.ids(2, clock)
    with database.writing() as session:
        changes = (desk.inserted(row, new_id=new_id) for row in [*town.rows(0), *rows])
        desk.write(session, changes, now=START, new_id=new_id)


def retitle(database: Database, orders: Iterable[str], *, now: datetime) -> int:
    """The office gives these orders other titles, some at a time."""
    new_id = town.ids(3, lambda: now)
    wanted = list(orders)
    for start in range(0, len(wanted), COMMIT_ROWS):
        with database.writing() as session:
            ids = wanted[start : start + COMMIT_ROWS]
            query = select(WorkOrder.id, WorkOrder.title).where(WorkOrder.id.in_(ids))
            changes = [
                desk.edited(
                    "work_order", id, {"title": title}, {"title": f"{title} (revu)"}, new_id=new_id
                )
                for id, title in session.execute(query)
            ]
            desk.write(session, changes, now=now, new_id=new_id)
    return len(wanted)


def write_documents(rows: Iterable[Any], file: Path) -> None:
    """The same rows for those who speak JSON documents: one a line, without what is empty.

    Beside it, `.columns` has the name of every column that occurs.
    """
    columns = {"id": True, "note": True}
    with file.open("w") as lines:
        for row in rows:
            told = {"id": row.id, "kind_of_row": row.__tablename__, **columns_of(row)}
            kept = {name: value for name, value in told.items() if value is not None}
            columns |= dict.fromkeys(kept, True)
            lines.write(json.dumps(kept, ensure_ascii=False) + "\n")
    Path(f"{file}.columns").write_text(json.dumps(list(columns)))
