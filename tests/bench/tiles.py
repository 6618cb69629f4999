"""Measures the drawing of the base map: `python -m tests.bench.tiles`.

A town of 408 km of streets in 19,800 segments, every tile from zoom 11 to 17, by day and by night.
Beside it in the same run, the floor: Pillow alone, without soft edges, which draws the very same
lines into a picture with a palette and writes the same tiles, without names. A line of JSON for
each; `s` is processor time.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from math import sin
from time import process_time
from typing import Any

from PIL import Image, ImageDraw

from gis.basemap.blocks import draw
from gis.basemap.drawing import Disc, Shape, strokes
from gis.basemap.features import Feature, feature_of
from gis.basemap.painting import palette, tiles
from gis.basemap.scene import BLOCK_PX, Block, Scene, scene_of
from gis.basemap.style import Style, read_style
from tests.bench.meters import peak_mb

STREETS, BLOCK_M, CUTS = 45, 103.0, 5
"""Streets each way, which cross every 103 m; each stretch between is five segments."""

SOUTH, WEST = 46.2, -74.5
DEGREE_M = 111_195.0
CLASSES = ("local", "local", "minor_collector", "local", "local", "minor_arterial")
GENERICS = ("Rue", "Avenue", "Boulevard", "Chemin")
NAMES = ("des Érables", "Saint-Joseph", "du Collège", "de la Rivière", "Notre-Dame", "Papineau")
SIDES = ("ours", "changed", "floor")


def a_town() -> list[Feature]:
    return [feature for way in ("across", "up") for feature in _streets(way)]


def _streets(way: str) -> Iterator[Feature]:
    count = (STREETS - 1) * CUTS
    for number in range(STREETS):
        name = f"{GENERICS[number % 4]} {NAMES[number % 6]} {number // 6 + 1}"
        kind = CLASSES[number % 6]
        places = [_place(way, number, step / CUTS) for step in range(count + 1)]
        for step in range(count):
            line = {"type": "LineString", "coordinates": places[step : step + 2]}
            id = f"{way}-{number:02}-{step:03}"
            yield feature_of(id, "road_segment", name, line, {"road_class": kind})


def _place(way: str, number: int, step: float) -> list[float]:
    x, y = (step, number) if way == "across" else (number, step)
    east = BLOCK_M * (x + 0.5 * sin(y / 6))
    north = BLOCK_M * (y + 0.5 * sin(x / 7))
    return [WEST + east / DEGREE_M / 0.69, SOUTH + north / DEGREE_M]


def measure(side: str) -> dict[str, Any]:
    """In this process; its peak is then this side's."""
    style, town = read_style(), a_town()
    begun = process_time()
    made = {"ours": _ours, "changed": _changed, "floor": _floor}[side](style, town)
    took = process_time() - begun
    peak = peak_mb()
    return {"what": side, "segments": len(town), "s": took, **made, "peak_mb": peak}


def _ours(style: Style, town: list[Feature]) -> dict[str, int]:
    scene = scene_of(style, town)
    return _counted(
        png for level, block in _blocks(scene) for _, _, png in draw(style, level, block)
    )


def _changed(style: Style, town: list[Feature]) -> dict[str, int]:
    """One segment of the middle becomes a one-way street: what is found, and drawn anew."""
    from gis.basemap.scene import digest_of

    before = {
        block: digest_of(style, level, block) for level, block in _blocks(scene_of(style, town))
    }
    middle = len(town) // 4 + 110
    town[middle] = replace(town[middle], one_way=True)
    begun = process_time()
    made = _counted(
        png
        for level, block in _blocks(scene_of(style, town))
        if digest_of(style, level, block) != before[block]
        for _, _, png in draw(style, level, block)
    )
    return {**made, "s": process_time() - begun}  # type: ignore[dict-item]


def _floor(style: Style, town: list[Feature]) -> dict[str, int]:
    """Lines as Pillow draws them, in the colour's place in the palette."""
    scene = scene_of(style, town)
    holders = {look: palette(colours) for look, colours in style.colours.items()}
    places = {look: _places(holders[look], style, look) for look in holders}

    def drawn() -> Iterator[bytes]:
        for level, block in _blocks(scene):
            marks = list(strokes(style, level.features[block.x, block.y], block))
            for look, holder in holders.items():
                image = Image.new("P", (BLOCK_PX, BLOCK_PX))
                image.putpalette(holder.getpalette() or [])
                pen = ImageDraw.Draw(image)
                for mark in marks:
                    if not isinstance(mark, Disc | Shape):
                        width = max(1, round(mark.width))
                        pen.line(list(mark.points), places[look][mark.colour], width)
                yield from tiles(image)

    return _counted(drawn())


def _places(holder: Image.Image, style: Style, look: str) -> dict[str, int]:
    from PIL import ImageColor

    told = holder.getpalette() or []
    kept = [tuple(told[at : at + 3]) for at in range(0, len(told), 3)]
    return {name: kept.index(ImageColor.getrgb(c)[:3]) for name, c in style.colours[look].items()}


def _blocks(scene: Scene) -> Iterator[tuple[Any, Block]]:
    for zoom in range(scene.style.zoom_min, scene.style.zoom_max + 1):
        level = scene.level(zoom)
        for x, y in sorted({*level.features, *level.labels}):
            yield level, Block(zoom, x, y)


def _counted(pictures: Iterator[bytes]) -> dict[str, int]:
    count = size = 0
    for png in pictures:
        count, size = count + 1, size + len(png)
    return {"tiles": count, "bytes": size}


def lines() -> Iterator[dict[str, Any]]:
    """Each side in a process of its own, one after the other."""
    for side in SIDES:
        command = [sys.executable, "-m", "tests.bench.tiles", "--side", side]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        yield json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.tiles", description=__doc__)
    parser.add_argument("--side", choices=SIDES)
    side = parser.parse_args().side
    for told in [measure(side)] if side else lines():
        sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
