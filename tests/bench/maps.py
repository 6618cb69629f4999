"""Measures the map of a tablet: `python -m tests.bench.maps`.

A town of 20,000 segments, 50,000 other assets and 20,000 open orders. The map is moved over it at
three zooms, all orders and three classes of assets switched on: what a move asks of the database,
and what it costs from the moment the map rests until all that is drawn anew is packed for the
screen. A line of JSON for each; milliseconds of processor time.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from typing import Any

import flet_map as fm
from sqlalchemy import text

from asset_model.assets import AssetClass
from field_app.reads.map_assets import assets_by_class, shapes_in, streets_in
from field_app.reads.map_orders import order_spots, orders_by_status
from field_app.reads.orders import Wanted, orders
from field_app.ui.map.camera import Camera
from field_app.ui.map.filters import PREFERENCE, Filters
from tests.ui.harness import Screen
from tests.ui.map_town import drawn
from tests.ui.town import NOW, Town, found

SIDE, WEST, SOUTH = 142, -75.75, 45.35
STEP = 0.0009
"""Some 70 m: a street of ordinary blocks."""
SEGMENTS, POINTS, ORDERS = 20_000, 50_000, 20_000
CLASSES = ("road_segment", "hydrant", "valve")
ZOOMS = (13, 15, 17)
MOVES = 20

SEGMENT_ROWS = text(f"""
INSERT INTO asset (id, version, buckets, tag, class_code, name, status, attributes, geometry,
                   west, south, east, north)
WITH RECURSIVE counted (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n < {SEGMENTS}),
placed (n, x, y) AS (SELECT n, {WEST} + (n % {SIDE}) * {STEP}, {SOUTH} + (n / {SIDE}) * {STEP}
                     FROM counted)
SELECT 's-' || n, 1, '', 'TR-' || n, 'road_segment', 'Rue ' || (n / {SIDE}), 'in_service', '{{}}',
       '{{"type": "LineString", "coordinates": [[' || x || ',' || y || '],[' || (x + {STEP})
       || ',' || y || ']]}}', x, y, x + {STEP}, y FROM placed
""")
POINT_ROWS = text(f"""
INSERT INTO asset (id, version, buckets, tag, class_code, name, status, attributes, geometry,
                   west, south, east, north)
WITH RECURSIVE counted (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n < {POINTS}),
placed (n, x, y) AS (SELECT n, {WEST} + (n * 7919 % 100000) * {STEP * SIDE} / 100000,
                     {SOUTH} + (n * 104729 % 99991) * {STEP * SIDE} / 99991 FROM counted)
SELECT 'p-' || n, 1, '', 'BI-' || n,
       CASE n % 4 WHEN 0 THEN 'hydrant' WHEN 1 THEN 'valve' WHEN 2 THEN 'sign' ELSE 'street_light'
       END, 'Rue', 'in_service', '{{}}',
       '{{"type": "Point", "coordinates": [' || x || ',' || y || ']}}', x, y, x, y FROM placed
""")
ORDER_ROWS = text(f"""
INSERT INTO work_order (id, version, buckets, number, title, kind, priority, status, crew_id,
                        longitude, latitude, source, due_at, created_at)
WITH RECURSIVE counted (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n < {ORDERS})
SELECT 'o-' || n, 1, '', 'BT-' || n, 'Nid-de-poule', 'corrective', 1 + n % 4,
       CASE n % 3 WHEN 0 THEN 'dispatched' WHEN 1 THEN 'accepted' ELSE 'in_progress' END, :crew,
       {WEST} + (n * 7907 % 100000) * {STEP * SIDE} / 100000,
       {SOUTH} + (n * 104723 % 99991) * {STEP * SIDE} / 99991, 'person', NULL, :now FROM counted
""")


def lines() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="voirie-bench-map-") as folder:
        town = found(Path(folder))
        fill(town)
        for zoom in ZOOMS:
            yield from _queries(town, zoom)
        yield from _moves(town)
        town.database.close()


def fill(town: Town) -> None:
    now = NOW.replace(tzinfo=None).isoformat(" ")
    town.add(
        *(
            AssetClass(
                id=code, code=code, label_fr=code, label_en=code, icon="place",
                geometry_kind="point", attributes=[],
            )
            for code in ("hydrant", "valve", "sign", "street_light")
        )
    )  # fmt: skip
    with town.database.writing() as session:
        session.execute(SEGMENT_ROWS)
        session.execute(POINT_ROWS)
        session.execute(ORDER_ROWS, {"crew": town.ids["north"], "now": now})


def _places(zoom: float) -> Iterator[Camera]:
    """A walk across the town, half a screen at a time."""
    camera = Camera(WEST + STEP * SIDE / 2, SOUTH + STEP * SIDE / 3, zoom, 740.0, 728.0)
    step = camera.degrees_per_px * camera.width_px / 2
    reach = STEP * SIDE / 3
    for number in range(MOVES):
        yield replace(camera, longitude=camera.longitude - reach + (number * step) % (2 * reach))


def _queries(town: Town, zoom: float) -> Iterator[dict[str, Any]]:
    def wanted(camera: Camera) -> Wanted:
        return Wanted(town.ids["luc"], town.ids["north"], "all", box=camera.box)

    asked: dict[str, Callable[[Any, Camera], Any]] = {
        "orders by cell": lambda session, camera: order_spots(
            session, wanted(camera), cell=camera.degrees_per_px * 52, now=NOW
        ),
        "assets of three classes": lambda session, camera: shapes_in(session, camera.box, CLASSES),
        "streets": lambda session, camera: streets_in(session, camera.box),
        "the list": lambda session, camera: orders(session, wanted(camera), now=NOW),
        "legend, orders": lambda session, camera: orders_by_status(session, wanted(camera)),
        "legend, assets": lambda session, camera: assets_by_class(session, camera.box, CLASSES),
    }
    for name, ask in asked.items():
        times = []
        for camera in _places(zoom):
            with town.database.reading() as session:
                began = process_time()
                ask(session, camera)
                times.append(1_000 * (process_time() - began))
        yield _told(name, zoom, times)


def _moves(town: Town) -> Iterator[dict[str, Any]]:
    shown = json.dumps(asdict(Filters("all", classes=CLASSES, in_view=True)))
    town.workplace.keep_for(town.ids["luc"], PREFERENCE, shown)
    with town.signed_in(route="/map") as screen:
        for zoom in ZOOMS:
            times = [_moved(screen, camera) for camera in _places(zoom)]
            drawn_at_most = len(drawn(screen, fm.Marker)) + len(drawn(screen, fm.PolylineMarker))
            yield {**_told("a whole move", zoom, times), "drawn": drawn_at_most}
        assert not screen.failures


def _state(screen: Screen) -> Any:
    sitting: Any = screen.page.data
    return sitting.kept.held(f"map {sitting.signed.id}", lambda: None)


def _moved(screen: Screen, camera: Camera) -> float:
    """Without the moment for which the map has to rest: it is told that it does."""
    state = _state(screen)
    state.hand.camera = camera
    began = process_time()
    screen.fire(drawn(screen, fm.Map)[0], "size_change", {"w": 740, "h": 728})
    return 1_000 * (process_time() - began)


def _told(what: str, zoom: float, times: list[float]) -> dict[str, Any]:
    slow = quantiles(times, n=20)[-1]
    return {"what": what, "zoom": zoom, "p50_ms": round(median(times), 1), "p95_ms": round(slow, 1)}


if __name__ == "__main__":
    for line in lines():
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
