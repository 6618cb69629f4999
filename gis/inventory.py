"""The town's lines and points as one measures them: in metres, on the plane of the place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer

from gis.measuring import local_system

TOUCHING_M = 0.05
"""Ends as near as this are one node: a hundredth of what a spade can tell."""

Place = tuple[float, float]


@dataclass(frozen=True)
class Item:
    """One asset as the check sees it; `geometry` is GeoJSON in WGS 84."""

    id: str
    tag: str
    class_code: str
    name: str
    geometry: Mapping[str, Any]
    attributes: Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """A line of a network, on the plane."""

    item: Item
    shape: Any

    @property
    def ends(self) -> tuple[Place, Place]:
        coordinates = shapely.get_coordinates(self.shape)
        return tuple(coordinates[0]), tuple(coordinates[-1])


class Plane:
    """The plane of a town, and the way to it and back."""

    def __init__(self, longitude: float, latitude: float) -> None:
        try:
            crs = CRS(local_system(longitude, datum="NAD83(CSRS)"))
        except ValueError:
            crs = CRS(f"+proj=aeqd +lat_0={latitude} +lon_0={longitude} +units=m")
        self._there = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
        self._back = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)

    def shape(self, geometry: Mapping[str, Any]) -> Any:
        flat = shapely.force_2d(shapely.geometry.shape(geometry))
        return shapely.transform(flat, self._there.transform, interleaved=False)

    def back(self, place: Place) -> Place:
        longitude, latitude = self._back.transform(*place)
        return round(float(longitude), 7), round(float(latitude), 7)


class Lines:
    """The lines of one network, with their nodes and an index."""

    def __init__(self, items: Iterable[Item], plane: Plane) -> None:
        self.plane = plane
        self.lines = [Line(item, plane.shape(item.geometry)) for item in items]
        self.shapes = np.array([line.shape for line in self.lines], dtype=object)

    @cached_property
    def tree(self) -> Any:
        return shapely.STRtree(self.shapes)

    @cached_property
    def nodes(self) -> Sequence[int]:
        """The node of each end: two for each line, its start and its end."""
        ends = [end for line in self.lines for end in line.ends]
        points = shapely.points(np.array(ends).reshape(-1, 2))
        one, other = shapely.STRtree(points).query(points, "dwithin", distance=TOUCHING_M)
        return _joined(len(points), zip(one.tolist(), other.tolist(), strict=True))

    @cached_property
    def at_node(self) -> Mapping[int, list[int]]:
        """The lines at each node; one that begins and ends there is there twice."""
        lines: dict[int, list[int]] = defaultdict(list)
        for end, node in enumerate(self.nodes):
            lines[node].append(end // 2)
        return lines

    @cached_property
    def parts(self) -> list[list[int]]:
        """The lines that hang together, the most first."""
        pairs = ((lines[0], line) for lines in self.at_node.values() for line in lines[1:])
        labels = _joined(len(self.lines), pairs)
        together: dict[int, list[int]] = defaultdict(list)
        for line, label in enumerate(labels):
            together[label].append(line)
        return sorted(together.values(), key=len, reverse=True)


def _joined(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Union-find: for each of `count` things the first of those it is joined with."""
    head = list(range(count))

    def find(one: int) -> int:
        while head[one] != one:
            head[one] = head[head[one]]
            one = head[one]
        return one

    for one, other in pairs:
        a, b = find(one), find(other)
        head[max(a, b)] = min(a, b)
    return [find(one) for one in range(count)]
