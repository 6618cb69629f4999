"""A few streets and mains with work on them, and how tests edit them."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from asset_model.assets import Asset
from asset_model.database import Database, open_database
from asset_model.sync.wire import Change
from asset_model.work_orders import WorkOrder
from sync_server import desk
from sync_server.schema import migrate
from sync_server.segments import undoing
from tests.network.ground import an_id, asset, line, on, street
from tests.sync import town

NEW_ID = town.ids(14, town.Clock())
FIRST = {"civic_left_from": 1, "civic_left_to": 9, "civic_right_from": 2, "civic_right_to": 10}
SECOND = {"civic_left_from": 20, "civic_left_to": 12, "civic_right_from": 19, "civic_right_to": 11}
"""Of a line that is drawn against the numbers."""


def main(tag: str, *points: tuple[float, float], **attributes: Any) -> Asset:
    return asset("pipe", tag, line(*points), name="Aqueduc", attributes=attributes)


def order(title: str, on_tag: str, **columns: Any) -> WorkOrder:
    given = {"status": "planned", "created_at": datetime(2026, 5, 1, tzinfo=UTC)} | columns
    return WorkOrder(
        id=an_id(title), title=title, kind="corrective", priority=2, asset_id=an_id(on_tag),
        source="person", **given,
    )  # fmt: skip


@contextmanager
def a_town(url: str) -> Iterator[Database]:
    """TR-1 runs east for 100 m; TR-2 goes on for 80 m, and is drawn from its far end."""
    database = open_database(url)
    migrate(database)
    rows = [
        street("TR-1", (0, 0), (100, 0), name="Rue du Lac", attributes=FIRST),
        street("TR-2", (180, 0), (100, 0), name="Rue du Lac", attributes=SECOND),
        street("TR-3", (300, 0), (400, 0), name="Rue du Lac"),
        street("TR-4", (0, 50), (100, 50), name="Rue des Pins", attributes={"one_way": True}),
        main("CD-1", (0, 90), (100, 90), diameter_mm=150),
        main("CD-2", (100, 90), (150, 90), diameter_mm=200),
        main("CD-3", (100, 90), (100, 150), diameter_mm=150),
        on("sign", "PA-1", (20, 4), "TR-1"),
        on("sign", "PA-2", (170, 4), "TR-2"),
        order("open", "TR-2", from_m=10.0, to_m=30.0, side="left"),
        order("done", "TR-2", from_m=40.0, to_m=60.0, status="closed"),
        order("elsewhere", "TR-1", from_m=90.0, to_m=100.0, status="closed"),
    ]
    with database.writing() as session:
        changes = [desk.inserted(row, new_id=NEW_ID) for row in rows]
        desk.write(session, changes, now=town.START, new_id=NEW_ID)
    yield database
    database.close()


Made = Callable[..., Iterable[Change]]


def edit(database: Database, verb: Made, *arguments: Any, **named: Any) -> dict[str, Any]:
    """Do it, and give back what its undo needs, as the file holds it."""
    with database.writing() as session:
        changes = list(verb(session, *arguments, new_id=NEW_ID, **named))
        back = undoing.kept(session, changes)
        desk.write(session, changes, now=town.START, new_id=NEW_ID)
    told: dict[str, Any] = json.loads(json.dumps(back))
    return told


def assets(database: Database) -> dict[str, Asset]:
    with database.reading() as session:
        return {one.tag: one for one in session.scalars(select(Asset))}


def placed(database: Database, title: str) -> tuple[Any, ...]:
    with database.reading() as session:
        found = session.get_one(WorkOrder, an_id(title))
        tag = session.get_one(Asset, found.asset_id).tag
        return tag, found.from_m, found.to_m, found.side
