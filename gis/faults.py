"""What is wrong with an inventory of lines: each fault with its place, and a mend if it is safe."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import shapely

from asset_model import attributes
from gis.inventory import TOUCHING_M, Item, Line, Lines, Place, Plane

SNAP_M = 0.5
"""An end this near another node was meant to be there: moving it is safe."""
NEAR_M = 3.0
"""An end this near another line may have been meant to touch it: a person must look."""
NO_LENGTH_M = 0.05
OVERLAP_MIN_M = 1.0
HYDRANT_WITHIN_M, VALVE_WITHIN_M = 30.0, 3.0

Mend = Literal["retire", "snap"]


@dataclass(frozen=True)
class Fault:
    """One thing wrong at (longitude, latitude); the first of the tags is the one to be mended."""

    code: str
    tags: tuple[str, ...]
    position: Place
    details: dict[str, Any] = field(default_factory=dict)
    mend: Mend | None = None
    geometry: dict[str, Any] | None = None
    """With ``snap``: the line as it should be."""


def line_faults(lines: Lines) -> Iterator[Fault]:
    """Everything wrong with the lines of one network."""
    if not lines.lines:
        return
    yield from _misshapen(lines)
    yield from _twice(lines)
    yield from _loose_ends(lines)
    yield from _pseudo_nodes(lines)
    yield from _islands(lines)


def point_faults(items: Iterable[Item], lines: Lines) -> Iterator[Fault]:
    """Hydrants and valves that are far from every main."""
    reach = {"hydrant": HYDRANT_WITHIN_M, "valve": VALVE_WITHIN_M}
    for item in items:
        if item.class_code not in reach:
            continue
        point = lines.plane.shape(item.geometry)
        near = lines.tree.nearest(point) if len(lines.shapes) else None
        far_m = float("inf") if near is None else float(lines.shapes[near].distance(point))
        if far_m > reach[item.class_code]:
            told = "–" if near is None else round(far_m)
            yield _at(f"{item.class_code}_far", [item], lines.plane, point, metres=told)


def value_faults(
    items: Iterable[Item], plane: Plane, *, schemas: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Iterator[Fault]:
    """Attributes outside their domain, and pipes whose diameter nobody knows."""
    for item in items:
        middle = plane.shape(item.geometry).representative_point()
        for why in attributes.problems(schemas.get(item.class_code, ()), item.attributes):
            yield _at("wrong_value", [item], plane, middle, why=why)
        if item.class_code == "pipe" and item.attributes.get("diameter_mm") is None:
            yield _at("no_diameter", [item], plane, middle)


def _misshapen(lines: Lines) -> Iterator[Fault]:
    for line in lines.lines:
        start = shapely.Point(line.ends[0])
        if line.shape.length < NO_LENGTH_M:
            yield _at("zero_length", [line.item], lines.plane, start, mend="retire")
        elif not line.shape.is_simple:
            yield _at("self_crossing", [line.item], lines.plane, start)


def _twice(lines: Lines) -> Iterator[Fault]:
    """Lines drawn twice, and lines that share some of their length."""
    found = lines.tree.query(lines.shapes, "dwithin", distance=TOUCHING_M)
    for one, other in sorted(map(tuple, found.T.tolist())):
        if one >= other:
            continue
        a, b = lines.lines[one], lines.lines[other]
        if min(a.shape.length, b.shape.length) < NO_LENGTH_M:
            continue
        if a.shape.hausdorff_distance(b.shape) <= TOUCHING_M and _same_extent(a, b):
            middle = a.shape.interpolate(0.5, normalized=True)
            yield _at("duplicate", [b.item, a.item], lines.plane, middle, mend="retire")
            continue
        # Lines that lie on each other on the map do so to a nanometre only.
        shared = a.shape.intersection(b.shape.buffer(TOUCHING_M, cap_style="flat"))
        if shared.length > OVERLAP_MIN_M:
            metres = round(shared.length)
            place = shared.representative_point()
            yield _at("overlap", [a.item, b.item], lines.plane, place, metres=metres)


def _same_extent(a: Line, b: Line) -> bool:
    return bool(abs(a.shape.length - b.shape.length) <= TOUCHING_M * 2)


def _loose_ends(lines: Lines) -> Iterator[Fault]:
    """Ends that no other line has, and that nearly or only half touch one."""
    ends = np.array([end for line in lines.lines for end in line.ends])
    points: list[Any] = list(shapely.points(ends))
    ends_tree = shapely.STRtree(points)
    for end, node in enumerate(lines.nodes):
        line = end // 2
        if len(lines.at_node[node]) > 1:
            continue
        other = _nearest_end(ends_tree, points, end)
        if other is not None:
            far_m = float(points[end].distance(points[other]))
            tags = [lines.lines[line].item, lines.lines[other // 2].item]
            moved = _snapped(lines, end, points[other])
            details = {"metres": round(far_m, 2)}
            yield _at(
                "ends_apart", tags, lines.plane, points[end], mend="snap", geometry=moved, **details
            )
            continue
        yield from _beside(lines, line, points[end])


def _beside(lines: Lines, line: int, point: Any) -> Iterator[Fault]:
    near = [n for n in lines.tree.query(point, "dwithin", distance=NEAR_M).tolist() if n != line]
    if near:
        shapes = [lines.lines[n].shape for n in near]
        far_m, closest = min(
            (float(s.distance(point)), n) for s, n in zip(shapes, near, strict=True)
        )
        code = "tee" if far_m <= TOUCHING_M else "dangle"
        tags = [lines.lines[line].item, lines.lines[closest].item]
        yield _at(code, tags, lines.plane, point, metres=round(far_m, 2))


def _nearest_end(tree: Any, points: Any, end: int) -> int | None:
    near = tree.query(points[end], "dwithin", distance=SNAP_M).tolist()
    others = [other for other in near if other // 2 != end // 2]
    return min(others, key=lambda other: points[end].distance(points[other]), default=None)


def _snapped(lines: Lines, end: int, target: Any) -> dict[str, Any] | None:
    """The line's GeoJSON with that end moved; None for a line in several parts."""
    geometry = lines.lines[end // 2].item.geometry
    if geometry["type"] != "LineString":
        return None
    moved = [list(position) for position in geometry["coordinates"]]
    moved[0 if end % 2 == 0 else -1] = list(lines.plane.back((target.x, target.y)))
    return {"type": "LineString", "coordinates": moved}


def _pseudo_nodes(lines: Lines) -> Iterator[Fault]:
    """Nodes of two lines that are alike in everything: nothing changes there."""
    for ends in lines.at_node.values():
        if len(ends) == 2 and ends[0] != ends[1]:
            a, b = lines.lines[ends[0]], lines.lines[ends[1]]
            if a.item.name == b.item.name and _kind(a.item) == _kind(b.item):
                place = next(e for e in a.ends if _touches(e, b.ends))
                yield _at("pseudo_node", [a.item, b.item], lines.plane, shapely.Point(place))


# What differs from one length to the next without making another pipe or street of it.
OWN_TO_EACH = ("from_node", "to_node", "civic_", "segment_kind")


def _kind(item: Item) -> dict[str, Any]:
    return {k: v for k, v in item.attributes.items() if not k.startswith(OWN_TO_EACH)}


def _touches(place: Place, ends: tuple[Place, Place]) -> bool:
    return any(abs(place[0] - x) + abs(place[1] - y) <= 2 * TOUCHING_M for x, y in ends)


def _islands(lines: Lines) -> Iterator[Fault]:
    for part in lines.parts[1:]:
        items = [lines.lines[line].item for line in part]
        place = lines.lines[part[0]].shape.interpolate(0.5, normalized=True)
        yield _at("island", items, lines.plane, place, count=len(items))


def _at(
    code: str,
    items: Sequence[Item],
    plane: Plane,
    point: Any,
    *,
    mend: Mend | None = None,
    geometry: dict[str, Any] | None = None,
    **details: Any,
) -> Fault:
    tags = tuple(item.tag for item in items)
    safe = mend if mend != "snap" or geometry else None
    return Fault(code, tags, plane.back((point.x, point.y)), details, safe, geometry)
