"""A small garage, and plans of its units."""

from typing import Any

from asset_model.sync.wire import Change
from tests.sync.rig import Server, insert

ATTRIBUTES = [{"name": "kind", "type": "text"}, {"name": "weight_kg", "type": "number"}]
VEHICLE = {"code": "vehicle", "label_fr": "Véhicule", "label_en": "Vehicle", "icon": "x",
           "geometry_kind": "none", "attributes": ATTRIBUTES}  # fmt: skip
SINCE = "2026-01-01T00:00:00.000Z"
METER = {"measure": "odometer", "unit": "km", "installed_at": SINCE}


def fill_garage(server: Server) -> None:
    """Two trucks with an odometer, a grader with none, and one that is retired."""
    server.write(insert("asset_class", "vehicle", **VEHICLE))
    for id, kind, weight, status in (
        ("201", "plow", 29_000, "in_service"),
        ("202", "plow", 31_000, "out_of_service"),
        ("205", "grader", 19_000, "in_service"),
        ("299", "sweeper", 12_000, "retired"),
    ):
        attributes = {"kind": kind, "weight_kg": weight}
        server.write(insert("asset", id, tag=id, name=id, class_code="vehicle", status=status,
                            attributes=attributes))  # fmt: skip
    server.write(*(insert("meter", f"km {id}", asset_id=id, **METER) for id in ("201", "202")))


def with_hours(server: Server) -> None:
    """The same; grader 205 has hours too, and 201 a number."""
    fill_garage(server)
    hours = {"measure": "engine_hours", "unit": "h", "installed_at": SINCE, "daily_max": 24.0}
    server.write(insert("meter", "h 205", asset_id="205", **hours))
    server.set("asset", "201", attributes={"kind": "plow", "vin": "1M8GDM9AXKP042788"})


def a_plan(row: str = "p1", **more: Any) -> Change:
    given = {"code": row, "title_fr": "Vidange", "title_en": "Oil", "starts_on": "2026-01-01",
             "rule": "FREQ=MONTHLY;INTERVAL=6", "steps": [], "class_code": "vehicle"}  # fmt: skip
    return insert("maintenance_plan", row, **{**given, **more})
