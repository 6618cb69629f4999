"""The shape of what lies along a segment: its line, from one measure to another."""

from collections.abc import Mapping
from typing import Any

from asset_model.linear.ruler import Ruler
from gis.features import Geometry

DECIMALS = 7


def stretch(told: Mapping[Any, Any]) -> Geometry | None:
    """The line between its measures; what the segment does not reach any more is left out."""
    line: Geometry | None = told["_geometry"]
    if line is None or not line["type"].endswith("LineString"):
        return None
    ruler = Ruler(line)
    start, end = min(told["_from_m"], ruler.length_m), min(told["_to_m"], ruler.length_m)
    if start >= end:
        return None
    run = ruler.cut(start, end)
    return {"type": "LineString", "coordinates": [[round(v, DECIMALS) for v in at] for at in run]}
