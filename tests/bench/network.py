"""Measures networks and imports: `python -m tests.bench.network`.

A town of 50,000 pipes with a valve at two ends of three, and one of 3,000 that wntr, whose time
grows with the square, traces in the same run; an import of 100,000 segments; the nearest segment
among 50,000, one by one as the tablet asks and 10,000 at once, beside shapely and geopandas. Prints
a line of JSON for each; times are of the processor, since others may be at work on the machine.
"""

import argparse
import csv
import gc
import json
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import process_time
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from asset_model.builtin_classes import BUILTIN_CLASSES
from asset_model.database import open_database
from asset_model.ids import uuid7
from asset_model.linear.nearest import Lines
from asset_model.network.breaks import break_at
from asset_model.network.graph import Graph
from asset_model.network.isolation import isolate
from asset_model.network.network import Network, Pipe, Valve
from gis.files import read_table
from gis.mapping_document import mapping_from
from gis.nearness import Surroundings
from gis.planning import plan_import
from sync_server.imports import bring_in
from sync_server.schema import migrate
from tests.bench.meters import peak_mb

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SIDES = ("networks", "import", "plain")
"""Each in a process of its own, so that its peak is its own."""
WEST, SOUTH, BLOCK = -75.9, 45.3, 0.001


def grid(pipes: int) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    """Streets of a square town, as (name, start, end) in blocks."""
    side = int((pipes / 2) ** 0.5) + 1
    number = 0
    for x in range(side):
        for y in range(side):
            for end in ((x + 1, y), (x, y + 1)):
                if number < pipes:
                    yield f"P{number:06}", (x, y), end
                    number += 1


def networks(pipes: int, random: Random, *, beside: bool) -> tuple[Network, Any, pd.DataFrame]:
    """The same network as ours, as wntr's graph if that is wanted, and its valve layer."""
    laid: dict[str, Pipe] = {}
    valves: dict[str, Valve] = {}
    layer: list[tuple[str, str]] = []
    import wntr  # As much memory as all the rest: only where it is asked for.

    model = wntr.network.WaterNetworkModel()
    for x, y in sorted({end for _, *ends in grid(pipes) for end in ends} if beside else ()):
        model.add_junction(f"{x}/{y}")
    for name, start, end in grid(pipes):
        ends = [f"{x}/{y}" for x, y in (start, end)]
        laid[name] = Pipe(ends[0], ends[1], 100.0)
        if beside:
            model.add_pipe(name, *ends, length=100)
        for share, node in zip((0.0, 1.0), ends, strict=True):
            if random.random() < 2 / 3:
                valves[f"V{len(valves)}"] = Valve(name, share)
                layer.append((name, node))
    net = Network(laid, valves, sources=frozenset({"0/0"}))
    return net, model.to_graph(), pd.DataFrame(layer, columns=["link", "node"])


def trace(pipes: int, *, beside: bool) -> None:
    net, graph_of_wntr, layer = networks(pipes, Random(5), beside=beside)
    graph, built_s = timed(lambda: Graph(net))
    say("trace: lay the network out", pipes=pipes, valves=len(net.valves), s=built_s)
    chosen = Random(6).sample(sorted(net.pipes), 50)
    _, known_s = timed(lambda: graph.depths)
    say("trace: who has water normally, once", s=known_s)
    times = [timed(partial(isolate, graph, break_at(graph, pipe)))[1] for pipe in chosen]
    say("trace: isolate one break, with who is without water", **spread(times))
    segments, cut_s = timed(lambda: list(graph.segments(lambda _: True)))
    say("trace: all segments", segments=len(segments), s=cut_s)
    if beside:
        import wntr

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found, wntr_s = timed(
                lambda: wntr.metrics.topographic.valve_segments(graph_of_wntr, layer)
            )
        count = int(max(found[0].max(), found[1].max()))
        say("trace: all segments, by wntr", segments=count, s=wntr_s)


def import_segments(rows: int) -> None:
    document = {
        "source": "bench", "class": "road_segment", "key": "ID", "tag": "TR-{ID}", "name": "{NOM}",
        "geometry": {"wkt": "FORME", "crs": "EPSG:4326"},
        "attributes": {"speed_limit_kmh": {"column": "VITESSE"}},
    }  # fmt: skip
    asset_class = next(c for c in BUILTIN_CLASSES if c["code"] == "road_segment")
    with tempfile.TemporaryDirectory() as folder:
        path = streets_file(Path(folder), rows)
        own_mb = peak_mb()
        gc.freeze()  # As the command does.
        table, read_s = timed(lambda: read_table(path))
        mapping = mapping_from(document, title="bench.toml")
        plan, plan_s = timed(lambda: plan_import(table, mapping=mapping, asset_class=asset_class))
        read_mb = peak_mb()
        database = open_database(f"sqlite:///{folder}/server.sqlite")
        migrate(database)
        random = Random(7)
        _, write_s = timed(
            lambda: bring_in(database, plan, now=NOW, new_id=lambda: uuid7(NOW, random))
        )
        database.close()
    say("import: the program itself", peak_mb=own_mb)
    say("import: read and checked", rows=rows, s=round(read_s + plan_s, 2), peak_mb=read_mb)
    say("import: written with history and feed", rows=rows, s=write_s, peak_mb=peak_mb())


def import_plainly(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = streets_file(Path(folder), rows)
        _, plain_s = timed(lambda: plain(path))
    say(
        "import: the same file in plain pandas and shapely, unchecked",
        rows=rows, s=plain_s, peak_mb=peak_mb(),
    )  # fmt: skip


def streets_file(folder: Path, rows: int) -> Path:
    path = folder / "rues.csv"
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["ID", "NOM", "VITESSE", "FORME"])
        for name, start, end in grid(rows):
            shape = f"LINESTRING ({', '.join(place(*xy) for xy in (start, end))})"
            writer.writerow([name, f"Rue {name}", "50", shape])
    return path


def plain(path: Path) -> gpd.GeoDataFrame:
    frame = pd.read_csv(path)
    shapes = gpd.GeoSeries.from_wkt(frame.pop("FORME"), crs=4326)
    return gpd.GeoDataFrame(frame, geometry=shapes)


def nearest(lines: int) -> None:
    shapes = {name: geometry(start, end) for name, start, end in grid(lines)}
    index, built_s = timed(lambda: Lines(shapes))
    say("nearest: lay the grid out, in plain Python", lines=lines, s=built_s)
    random = Random(8)
    side = (lines / 2) ** 0.5 * BLOCK
    asked = [(WEST + random.random() * side, SOUTH + random.random() * side) for _ in range(10_000)]
    times = [timed(partial(index.nearest, at, within_m=150))[1] for at in asked[:1000]]
    say("nearest: one, in plain Python", **spread(times))
    points = [{"type": "Point", "coordinates": list(p)} for p in asked]
    around = Surroundings(SOUTH)
    _, laid_s = timed(lambda: around.add(list(shapes.values())))
    say("nearest: shapes made for many at once", lines=lines, s=laid_s)
    _, many_s = timed(lambda: around.nearest(points, within_m=150))
    say("nearest: 10,000 at once, with the tree", s=many_s)
    left = gpd.GeoDataFrame(geometry=shapely.points(asked), crs=4326).to_crs(32189)
    right, laid_s = timed(lambda: drawn(shapes.values()))
    say("nearest: the same, by geopandas", lines=lines, s=laid_s)
    _, plain_s = timed(lambda: gpd.sjoin_nearest(left, right, max_distance=150))
    say("nearest: 10,000 at once, by geopandas", s=plain_s)


def drawn(shapes: Iterable[dict[str, Any]]) -> gpd.GeoDataFrame:
    lines = [shapely.LineString(shape["coordinates"]) for shape in shapes]
    return gpd.GeoDataFrame(geometry=lines, crs=4326).to_crs(32189)


def geometry(*blocks: tuple[int, int]) -> dict[str, Any]:
    positions = [[WEST + x * BLOCK, SOUTH + y * BLOCK] for x, y in blocks]
    return {"type": "LineString", "coordinates": positions}


def place(x: int, y: int) -> str:
    return f"{WEST + x * BLOCK:.6f} {SOUTH + y * BLOCK:.6f}"


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = process_time()
    done = work()
    return done, round(process_time() - began, 6)


def spread(times: list[float]) -> dict[str, float]:
    milliseconds = [seconds * 1000 for seconds in times]
    p95 = quantiles(milliseconds, n=20)[-1]
    return {"p50_ms": round(median(milliseconds), 3), "p95_ms": round(p95, 3)}


def say(what: str, **figures: Any) -> None:
    sys.stdout.write(json.dumps({"what": what, **figures}) + "\n")
    sys.stdout.flush()


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--pipes", type=int, default=50_000)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--pipes-of-wntr", type=int, default=3_000, help="it takes their square")
    options.add_argument("--side", choices=SIDES, default="networks")
    given = options.parse_args()
    if given.side == "import":
        import_segments(given.rows)
    elif given.side == "plain":
        import_plainly(given.rows)
    else:
        trace(given.pipes, beside=False)
        trace(given.pipes_of_wntr, beside=True)
        nearest(given.pipes)


if __name__ == "__main__":
    main()
