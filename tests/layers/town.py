"""A town with something awkward in every layer: what an export must carry whole."""

from datetime import UTC, date, datetime, time
from random import Random
from typing import Any

from asset_model.assets import Asset, AssetClass
from asset_model.base import Base
from asset_model.builtin_classes import BUILTIN_CLASSES
from asset_model.closures import Closure
from asset_model.conditions import gauge_columns, gauge_of
from asset_model.database import Database
from asset_model.geometry import bounds
from asset_model.ids import derived_id, uuid7
from asset_model.linear.ruler import Ruler
from asset_model.meters import Meter, MeterReading
from asset_model.passes import Pass
from asset_model.people import Crew, District, Person
from asset_model.work_orders import WorkOrder
from sync_server import desk
from sync_server.schema import migrate

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
CHANCE = Random(7)
NORD = derived_id("district", "N")
LUC = derived_id("person", "luc")
VOIRIE = derived_id("crew", "VN")

LINE = [[-75.74, 45.43], [-75.741, 45.431], [-75.742, 45.4315]]
SEVENTEEN_DIGITS = [[-75.70000000000002, 45.40000000000001], [-75.6912345678901, 45.4]]
HOLED = [
    [[-75.8, 45.4], [-75.7, 45.4], [-75.7, 45.5], [-75.8, 45.5], [-75.8, 45.4]],
    [[-75.76, 45.44], [-75.76, 45.46], [-75.74, 45.46], [-75.74, 45.44], [-75.76, 45.44]],
]


def new_id() -> str:
    return uuid7(NOW, CHANCE)


def asset(code: str, tag: str, kind: str | None, coordinates: Any = None, **more: Any) -> Asset:
    geometry = {"type": kind, "coordinates": coordinates} if kind else None
    edges: dict[str, Any] = {}
    if geometry:
        edges = dict(zip(("west", "south", "east", "north"), bounds(geometry), strict=True))
    if kind and kind.endswith("LineString") and geometry:
        edges["length_m"] = round(Ruler(geometry).length_m, 2)
    told = {"name": tag, "attributes": {}, "status": "in_service", **edges, **more}
    return Asset(
        id=derived_id("asset", "essai", tag), tag=tag, class_code=code, geometry=geometry, **told
    )


def streets() -> list[Asset]:
    return [
        asset(
            "road_segment", "TR-1", "LineString", LINE,
            name="Rue de l’Église", district_id=NORD, address="208, rue des Cèdres",
            criticality=2, installed_on=date(1998, 5, 1), source="gatineau", source_key="007",
            note="Nid-de-poule « en face » ;\nvu deux fois, \"gros\" & <profond>",
            attributes={"road_class": "local", "speed_limit_kmh": 40, "one_way": False,
                        "civic_left_from": 101, "civic_left_to": 199, "civic_right_to": 200,
                        "width_m": 7.300000000000001, "name_specific": "de l' Église  Vieille"},
        ),
        asset("road_segment", "TR-2", "LineString", SEVENTEEN_DIGITS, status="planned",
              attributes={"road_class": "highway", "one_way": True}),
        asset("road_segment", "TR-3", "MultiLineString",
              [[[-75.6, 45.3], [-75.61, 45.3]], [[-75.62, 45.3], [-75.63, 45.31]]],
              name="Chemin = 50 %", parent_id=derived_id("asset", "essai", "TR-1")),
    ]  # fmt: skip


def others() -> list[Asset]:
    return [
        asset("hydrant", "BF-1", "Point", [-75.7405, 45.4301], status="out_of_service",
              attributes={"label": "0012", "year_built": 1975, "street": "=1+1"}),
        asset("hydrant", "BF-2", "Point", [-75.5, 45.2], district_id=NORD),
        asset("sector", "SE-1", "Polygon", HOLED, attributes={"use": "parc"}),
        asset("street_light", "LA-1", "Point", [-75.71, 45.41],
              attributes={"circuit": "007", "power_w": 0.1 + 59.2}),
        asset("service_connection", "BR-1", "Point", [-75.711, 45.412],
              attributes={"use": "dwelling", "dwellings": 2, "told_in_person": True}),
        asset("vehicle", "V-1", None, attributes={"plate": "L12345"}),
    ]  # fmt: skip


def orders() -> list[WorkOrder]:
    tr_1 = derived_id("asset", "essai", "TR-1")
    by_luc = {"created_by": LUC, "assignee_id": LUC, "completed_by": LUC}
    return [
        WorkOrder(id=derived_id("order", "1"), title="Boucher", status="done", asset_id=tr_1,
                  created_at=datetime(2026, 1, 5, 13, tzinfo=UTC), district_id=NORD,
                  completed_at=datetime(2026, 1, 9, 13, tzinfo=UTC), crew_id=VOIRIE,
                  from_m=0.0, to_m=100.0, description="Chez Mme Roy", **by_luc),
        WorkOrder(id=derived_id("order", "2"), title="Voir", status="planned",
                  longitude=-75.7, latitude=45.4, created_at=datetime(2026, 2, 1, tzinfo=UTC)),
        WorkOrder(id=derived_id("order", "3"), title="Nulle part", status="draft",
                  created_at=datetime(2026, 3, 1, tzinfo=UTC)),
    ]  # fmt: skip


def closures() -> list[Closure]:
    tr_1 = derived_id("asset", "essai", "TR-1")
    at = datetime(2026, 1, 5, 13, tzinfo=UTC)
    told: dict[str, Any] = {"asset_id": tr_1, "person_id": LUC, "made_at": at, "begins_at": at}
    return [
        Closure(id=derived_id("closure", "1"), kind="closed", status="in_force", from_m=10.0,
                to_m=60.0, ends_at=datetime(2026, 1, 6, 21, tzinfo=UTC), cause="break",
                order_id=derived_id("order", "1"), detour="Par la rue Rideau", note="Mme Roy",
                place="Rue de l’Église", **told),
        Closure(id=derived_id("closure", "2"), kind="restricted", status="lifted", from_m=0.0,
                to_m=20.0, side="left", cause="works", lifted_by=LUC,
                lifted_at=datetime(2026, 1, 7, 13, tzinfo=UTC), **told),
    ]  # fmt: skip


def passes() -> list[Pass]:
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    told: dict[str, Any] = {
        "asset_id": derived_id("asset", "essai", "TR-1"), "person_id": LUC, "noted_at": at,
        "done_at": at, "direction": "forward", "from_m": 10.0, "place": "Rue de l’Église",
        "kind": "spreading", "material": "salt", "rate": 120.0, "rate_unit": "kg_per_km",
    }  # fmt: skip
    return [
        Pass(id=derived_id("pass", "1"), to_m=60.0, note="Mme Roy", **told),
        Pass(id=derived_id("pass", "2"), to_m=90.0, **told),
        Pass(id=derived_id("pass", "3"), to_m=90.0, reverses_id=derived_id("pass", "2"), **told),
    ]


def classes() -> list[AssetClass]:
    used = {each.class_code for each in (*streets(), *others())}
    return [
        AssetClass(id=derived_id("asset_class", c["code"]), **c)
        for c in BUILTIN_CLASSES
        if c["code"] in used
    ]


GRADES = ((date(2024, 6, 1), 2.0), (date(2026, 6, 2), 4.0))
"""Of the street TR-1: it sinks."""


def grades() -> list[Base]:
    street = derived_id("asset", "essai", "TR-1")
    return [
        Meter(id=gauge_of(street), **gauge_columns(street)),
        *(
            MeterReading(
                id=new_id(), meter_id=gauge_of(street), asset_id=street, value=grade,
                taken_at=datetime.combine(day, time(12), tzinfo=UTC), person_id=LUC,
                source="person",
            )
            for day, grade in GRADES
        ),
    ]  # fmt: skip


def fill(database: Database) -> None:
    migrate(database)
    rows: list[Base] = [
        District(id=NORD, code="N", name="Nord"),
        Crew(id=VOIRIE, code="VN", name="Voirie nord"),
        Person(id=LUC, name="Luc Tremblay", role="crew_member"),
        *classes(),
        *streets(),
        *others(),
        *orders(),
        *closures(),
        *passes(),
        *grades(),
    ]
    changes = [desk.inserted(row, new_id=new_id) for row in rows]
    with database.writing() as session:
        desk.write(session, changes, now=NOW, new_id=new_id)
