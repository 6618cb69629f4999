"""Measures what is asked of a town's stored streets: `python -m tests.bench.layers`.

A town of 100,000 segments on SQLite. Which street is nearest, by the index and without it; pages at
`/ogc`, worked out and packed without the wire; an export as GeoPackage and as GeoJSON. Beside it in
the same run what plain geopandas takes: it reads the same rows, and writes the same files. Each in
a process of its own; a line of JSON for each; `s` is processor time.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import process_time
from typing import Any
from unittest import mock

import geopandas as gpd
import orjson
import shapely
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from asset_model import spatial
from asset_model.assets import Asset, AssetClass
from asset_model.builtin_classes import BUILTIN_CLASSES
from asset_model.database import Database, open_database
from asset_model.ids import derived_id
from gis.writing import write_layers
from sync_server.exporting import Wish, selected
from sync_server.layers.every import layer_called
from sync_server.layers.sight import Sight
from sync_server.ogc import documents, pages, parameters
from sync_server.ogc.systems import CRS_84
from sync_server.schema import migrate
from tests.bench import network
from tests.bench.meters import peak_mb

ROWS, SIDE = 100_000, 317
NOW = datetime(2026, 1, 1, tzinfo=UTC)
WEST, SOUTH, STEP = -75.9, 45.3, 0.001
SIDES = ("nearest", "pages", "export", "plain")
FILLED = text("""
INSERT INTO asset (id, version, buckets, tag, class_code, name, status, attributes, geometry,
                   length_m, west, south, east, north)
WITH RECURSIVE counted (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n < :last),
placed AS (SELECT n, -75.9 + (n % :side) * 0.001 AS x, 45.3 + (n / :side) * 0.001 AS y FROM counted)
SELECT printf('%08d', n), 1, 'town', 'TR-' || n, 'road_segment', 'Rue ' || n, 'in_service',
       json_object('road_class', 'local', 'speed_limit_kmh', 50, 'surface', 'asphalt'),
       json_object('type', 'LineString', 'coordinates',
                   json_array(json_array(x, y), json_array(x + 0.0005, y + 0.0002),
                              json_array(x + 0.0009, y))),
       72.0, x, y, x + 0.0009, y + 0.0002
FROM placed
""")


def fill(database: Database, rows: int) -> float:
    migrate(database)
    (kind,) = [each for each in BUILTIN_CLASSES if each["code"] == "road_segment"]
    began = process_time()
    with database.writing() as session:
        session.add(AssetClass(id=derived_id("asset_class", "road_segment"), **kind))
        session.execute(FILLED, {"last": rows - 1, "side": SIDE})
    return process_time() - began


def nearest(session: Session, folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    chance = Random(8)
    asked = [
        (WEST + chance.random() * SIDE * STEP, SOUTH + chance.random() * SIDE * STEP)
        for _ in range(500)
    ]
    yield "nearest street, by the index", spread(session, asked)
    whole = mock.patch("asset_model.bounds._Indexed", return_value=text("1 = 1"))
    with whole:
        yield "nearest street, every street looked at", spread(session, asked[:10])


def spread(session: Session, asked: list[tuple[float, float]]) -> dict[str, Any]:
    times = [timed(partial(spatial.nearest_segment, session, at))[1] for at in asked]
    session.expunge_all()
    milliseconds = [each * 1_000 for each in times]
    p95 = quantiles(milliseconds, n=20)[-1]
    return {"p50_ms": round(median(milliseconds), 2), "p95_ms": round(p95, 2)}


def ogc(session: Session, folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    layer = layer_called(session, "road_segment", Sight(people=False))
    assert layer is not None

    def page(**query: str) -> tuple[bytes, str | None]:
        asked = [*query.items()]
        found = pages.page(session, layer, parameters.asked_of(layer, asked))
        told = documents.items(layer, found, CRS_84, "http://town/items", asked, NOW)
        return orjson.dumps(told), found.after

    (content, _), took = timed(lambda: page(limit="1000"))
    yield "a first page of 1,000", {"s": took, "bytes": len(content)}
    box = f"{WEST + 0.1},{SOUTH + 0.1},{WEST + 0.115},{SOUTH + 0.115}"
    (content, _), took = timed(lambda: page(limit="1000", bbox=box))
    yield "the 250 streets of a small map", {"s": took, "bytes": len(content)}
    (content, _), took = timed(lambda: page(limit="1000", crs=MTM_9))
    yield "a page of 1,000 in MTM 9", {"s": took, "bytes": len(content)}
    total, took = timed(lambda: whole(page))
    yield "all pages of 5,000", {"s": took, "bytes": total}


MTM_9 = "http://www.opengis.net/def/crs/EPSG/0/2951"


def whole(page: Callable[..., tuple[bytes, str | None]]) -> int:
    content, after = page(limit="5000")
    total = len(content)
    while after is not None:
        content, after = page(limit="5000", after=after)
        total += len(content)
    return total


def export(session: Session, folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for form in ("gpkg", "geojson"):
        layers = selected(session, Wish(("road_segment",)))
        file = folder / f"ours.{form}"
        _, took = timed(partial(write_layers, file, form, layers, language="fr", advance=int))
        yield f"export as {form}", {"s": took, "bytes": file.stat().st_size}


def plain(session: Session, folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """What somebody would write in a notebook."""
    query = select(Asset.id, Asset.tag, Asset.name, Asset.status, Asset.attributes, Asset.geometry)
    frame, took = timed(lambda: _frame(session.execute(query).all()))
    yield "plain geopandas reads the rows", {"s": took}
    for form, driver in (("gpkg", "GPKG"), ("geojson", "GeoJSON")):
        file = folder / f"plain.{form}"
        _, took = timed(partial(frame.to_file, file, driver=driver))
        yield f"plain geopandas writes {form}", {"s": took, "bytes": file.stat().st_size}


def _frame(rows: Any) -> gpd.GeoDataFrame:
    told = [
        {"id": row.id, "tag": row.tag, "name": row.name, "status": row.status, **row.attributes}
        for row in rows
    ]
    shapes = [shapely.geometry.shape(row.geometry) for row in rows]
    return gpd.GeoDataFrame(told, geometry=shapes, crs=4326)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = process_time()
    done = work()
    return done, round(process_time() - began, 4)


MEASURES = dict(zip(SIDES, (nearest, ogc, export, plain), strict=True))


def measure(side: str, rows: int) -> None:
    """In this process; its peak is then this side's."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/town.sqlite")
        filled_s = fill(database, rows)
        with database.reading() as session:
            for what, figures in MEASURES[side](session, Path(folder)):
                peak = peak_mb()
                told = {"what": what, "rows": rows, **figures, "peak_mb": peak}
                sys.stdout.write(json.dumps(told) + "\n")
        database.close()
    if side == "nearest":
        told = {"what": "laid in the table with its index", "rows": rows, "s": round(filled_s, 2)}
        sys.stdout.write(json.dumps(told) + "\n")


def lines(rows: int = ROWS) -> Iterator[dict[str, Any]]:
    """Networks and imports as well, each side in a process of its own."""
    commands = [
        ["tests.bench.network", "--side", side, "--rows", str(rows)] for side in network.SIDES
    ]
    commands += [["tests.bench.layers", "--side", side, "--rows", str(rows)] for side in SIDES]
    for command in commands:
        run = subprocess.run(
            [sys.executable, "-m", *command], check=True, capture_output=True, text=True
        )
        yield from map(json.loads, run.stdout.splitlines())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--side", choices=SIDES, nargs="*", default=SIDES)
    options.add_argument("--rows", type=int, default=ROWS)
    given = options.parse_args()
    for side in given.side:
        measure(side, given.rows)


if __name__ == "__main__":
    main()
