"""Every spatial question is answered by the index, in a town of 70,000 assets."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session

from asset_model import spatial
from asset_model.assets import AssetClass
from asset_model.bounds import lay_unplaced
from asset_model.builtin_classes import BUILTIN_CLASSES
from field_app.reads.map_assets import assets_by_class, shapes_in, streets_in
from field_app.reads.map_orders import order_spots, orders_by_status
from field_app.reads.orders import Wanted
from sync_server.layers.of_assets import asset_layer
from sync_server.layers.sight import Sight
from sync_server.ogc import pages
from sync_server.ogc.parameters import asked_of
from tests.network.ground import line, place, standing

ASSETS = 70_000
# 264 a side, 20 m apart.
FILLED = text("""
INSERT INTO asset (id, version, buckets, tag, class_code, name, status, attributes, geometry,
                   west, south, east, north)
WITH RECURSIVE counted (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n < :last)
SELECT CAST(n AS TEXT), 0, '', 'T-' || n, 'road_segment', 'Rue', 'in_service', '{}',
       '{"type": "LineString", "coordinates": [[-73.5, 45.5], [-73.4999, 45.5]]}',
       -73.5 + (n % 264) * 0.00026, 45.5 + (n / 264) * 0.00018,
       -73.5 + (n % 264) * 0.00026 + 0.0001, 45.5 + (n / 264) * 0.00018
FROM counted
""")

SPOT = place(2600, 2600)
SPOTS = [place(2600, 160 * n) for n in range(32)]
VIEW = spatial.Box(*SPOT, *place(2900, 2800))
ALL_IN_VIEW = Wanted("", None, "all", box=VIEW)
NOW = datetime(2026, 11, 26, tzinfo=UTC)
PARK = {
    "type": "Polygon",
    "coordinates": [[place(x, y) for x, y in ((0, 0), (300, 0), (300, 300), (0, 300), (0, 0))]],
}


def items_in_view(session: Session) -> None:
    """A page at `/ogc`, and how many there are in all."""
    (kind,) = [each for each in BUILTIN_CLASSES if each["code"] == "road_segment"]
    layer = asset_layer(AssetClass(**kind), Sight(people=False))
    asked = [("bbox", ",".join(map(str, VIEW))), ("limit", "20"), ("after", "0")]
    pages.page(session, layer, asked_of(layer, asked))


ASKED: dict[str, Callable[[Session], Any]] = {
    "nearest": lambda session: spatial.nearest_segment(session, SPOT),
    "within": lambda session: spatial.assets_within(session, SPOT, 150, classes=["hydrant"]),
    "anything": lambda session: spatial.assets_within(session, SPOT, 150),
    "many": lambda session: spatial.assets_within_each(session, SPOTS, 150, classes=["hydrant"]),
    "area": lambda session: spatial.assets_in_area(session, PARK),
    "along": lambda session: spatial.assets_along(session, [line((0, 9), (400, 9))], 15),
    "map": lambda session: shapes_in(session, VIEW, ["road_segment"]),
    "streets": lambda session: streets_in(session, VIEW),
    "legend": lambda session: assets_by_class(session, VIEW, ["road_segment"]),
    "marks": lambda session: order_spots(session, ALL_IN_VIEW, cell=0.0005, now=NOW),
    "legend of orders": lambda session: orders_by_status(session, ALL_IN_VIEW),
    "page at /ogc": items_in_view,
    "orders": lambda session: spatial.orders_within(session, SPOT, 150),
}
INDEXES = {
    "asset": ("SCAN b VIRTUAL TABLE INDEX", "bounds_plain_edges", "server_asset_bounds"),
    "work_order": ("ix_work_order_latitude_longitude",),
}


@pytest.fixture
def session(indexed_url: str) -> Iterator[Session]:
    with standing(url=indexed_url) as opened:
        lay_unplaced(opened.connection())
        opened.execute(FILLED, {"last": ASSETS - 1})
        if opened.get_bind().dialect.name == "postgresql":
            opened.execute(text("ANALYZE asset"))
        yield opened


@contextmanager
def explained(session: Session) -> Iterator[list[tuple[str, str]]]:
    """(table, plan) of each question that is asked meanwhile."""
    found: list[tuple[str, str]] = []
    word = "EXPLAIN" if session.get_bind().dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"

    def tell(connection: Connection, _: Any, sql: str, given: Any, *rest: Any) -> None:
        if sql.startswith("SELECT"):
            rows = connection.exec_driver_sql(f"{word} {sql}", given)
            # A grade is asked for in the columns: what the rows are of comes after it.
            table = next(name for name in INDEXES if f"FROM {name}" in sql)
            found.append((table, "\n".join(str(row[-1]) for row in rows)))

    event.listen(session.connection(), "before_cursor_execute", tell)
    yield found
    event.remove(session.connection(), "before_cursor_execute", tell)


def test_no_question_looks_at_every_asset(session: Session) -> None:
    for name, ask in ASKED.items():
        with explained(session) as plans:
            ask(session)

        assert plans, name
        for table, plan in plans:
            assert any(index in plan for index in INDEXES[table]), f"{name}: {plan}"
            assert f"SCAN {table}" not in plan, f"{name}: {plan}"
            assert "SCAN meter" not in plan, f"{name}: {plan}"
            assert f"Seq Scan on {table}" not in plan, f"{name}: {plan}"
