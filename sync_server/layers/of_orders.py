"""The layer of work orders: each a point, its own or one of its asset's."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from asset_model.assets import Asset
from asset_model.geometry import middle
from asset_model.linear.ruler import Ruler
from asset_model.people import Crew, District
from asset_model.vocabulary import GeometryKind
from asset_model.work_orders import WorkOrder
from gis.features import Geometry
from sync_server.layers.columns import Assignee, Author, Finisher, order_columns
from sync_server.layers.layer import Layer
from sync_server.layers.sight import Sight

WORK_ORDERS = "work_orders"


def order_layer(sight: Sight) -> Layer:
    base = select(WorkOrder.id).select_from(WorkOrder)
    joins: list[tuple[Any, Any]] = [
        (Asset, Asset.id == WorkOrder.asset_id),
        (District, District.id == WorkOrder.district_id),
        (Crew, Crew.id == WorkOrder.crew_id),
    ]
    if sight.people:
        joins += [
            (Assignee, Assignee.id == WorkOrder.assignee_id),
            (Finisher, Finisher.id == WorkOrder.completed_by),
            (Author, Author.id == WorkOrder.created_by),
        ]
    for entity, condition in joins:
        base = base.join(entity, condition, isouter=True)
    x, y = WorkOrder.longitude, WorkOrder.latitude
    middle_m = (WorkOrder.from_m + func.coalesce(WorkOrder.to_m, WorkOrder.from_m)) / 2
    return Layer(
        code=WORK_ORDERS,
        label_fr="Bons de travail",
        label_en="Work orders",
        geometry_kind=GeometryKind.POINT,
        columns=order_columns(people=sight.people),
        id=WorkOrder.id,
        edges=(
            func.coalesce(x, Asset.west),
            func.coalesce(y, Asset.south),
            func.coalesce(x, Asset.east),
            func.coalesce(y, Asset.north),
        ),
        base=base,
        placing=(
            Asset.geometry.label("_geometry"), x.label("_x"), y.label("_y"),
            middle_m.label("_middle_m"),
        ),
        shape=_point,
        lifetime=(WorkOrder.created_at, WorkOrder.completed_at),
    )  # fmt: skip


def _point(told: Mapping[Any, Any]) -> Geometry | None:
    shape: Geometry | None = told["_geometry"]
    if told["_x"] is not None and told["_y"] is not None:
        return {"type": "Point", "coordinates": [told["_x"], told["_y"]]}
    if shape is None:
        return None
    line = shape["type"].endswith("LineString")
    at_m = told["_middle_m"]
    place = Ruler(shape).at(at_m) if line and at_m is not None else middle(shape)
    return {"type": "Point", "coordinates": list(place)}
