"""A layer of the town's database: where its rows are, what they say, where they lie."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from asset_model.assets import Asset, AssetClass
from asset_model.base import instant
from asset_model.geometry import middle
from asset_model.linear.ruler import Ruler
from asset_model.people import Crew, District
from asset_model.vocabulary import GeometryKind
from asset_model.work_orders import WorkOrder
from gis.features import Feature, Geometry
from sync_server.layers.columns import (
    Assignee,
    Author,
    Column,
    Finisher,
    asset_columns,
    order_columns,
)
from sync_server.layers.sight import Sight

WORK_ORDERS = "work_orders"

Edges = tuple[
    ColumnElement[float], ColumnElement[float], ColumnElement[float], ColumnElement[float]
]


@dataclass(frozen=True)
class Layer:
    """`edges` are the SQL expressions of (west, south, east, north) of a row's shape."""

    code: str
    label_fr: str
    label_en: str
    geometry_kind: GeometryKind
    columns: tuple[Column, ...]
    id: Any
    edges: Edges
    base: Select[Any]
    """Its rows, with nothing selected but what its joins need."""
    bare: Select[Any] | None = None
    """The same without joins, to be counted quickly: each row would cost its district."""
    lifetime: tuple[Any, Any] | None = None
    """(from, until) of a row that lives in time; until is empty while it lasts."""

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.field.name == name), None)

    def rows(self, *conditions: Any) -> Select[Any]:
        """Its features in the order of their ids; read them by `feature`."""
        own = [c.value.label(c.field.name) for c in self.columns if c.attribute is None]
        chosen = self.base.with_only_columns(self.id.label("_id"), *_placing(self), *own)
        return chosen.where(*conditions).order_by(self.id)

    def only(self, *expressions: Any, joined: bool = True) -> Select[Any]:
        """Nothing but these of its rows; not `joined`: they name no other table than its own."""
        base = self.base if joined or self.bare is None else self.bare
        return base.with_only_columns(*expressions)

    def feature(self, row: Row[Any]) -> Feature:
        told = row._mapping  # noqa: SLF001 -- SQLAlchemy's public name for it
        attributes = told.get("_attributes") or {}
        values = {
            column.field.name: (
                attributes.get(column.attribute)
                if column.attribute
                else _plain(told[column.field.name], column)
            )
            for column in self.columns
        }
        return Feature(told["_id"], _geometry(told), values)


def asset_layer(asset_class: AssetClass, sight: Sight) -> Layer:
    bare = select(Asset.id).where(Asset.class_code == asset_class.code)
    base = bare.join_from(Asset, District, District.id == Asset.district_id, isouter=True)
    return Layer(
        code=asset_class.code,
        label_fr=asset_class.label_fr,
        label_en=asset_class.label_en,
        geometry_kind=GeometryKind(asset_class.geometry_kind),
        columns=asset_columns(asset_class, people=sight.people),
        id=Asset.id,
        edges=(Asset.west, Asset.south, Asset.east, Asset.north),  # type: ignore[arg-type]
        base=base,
        bare=bare,
    )


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
        lifetime=(WorkOrder.created_at, WorkOrder.completed_at),
    )


def layers_of(session: Session, sight: Sight) -> list[Layer]:
    """Every layer that has rows and may be seen: asset classes by code, then the work orders."""
    there = session.scalars(select(Asset.class_code).distinct()).all()
    query = select(AssetClass).where(AssetClass.code.in_(there)).order_by(AssetClass.code)
    found = [asset_layer(each, sight) for each in session.scalars(query) if sight.of(each.code)]
    if sight.of(WORK_ORDERS) and session.scalar(select(WorkOrder.id).limit(1)) is not None:
        found.append(order_layer(sight))
    return found


def layer_called(session: Session, code: str, sight: Sight) -> Layer | None:
    """The layer of that code, empty or not; None where there is none, or none to be seen."""
    if not sight.of(code):
        return None
    if code == WORK_ORDERS:
        return order_layer(sight)
    asset_class = session.scalars(select(AssetClass).where(AssetClass.code == code)).first()
    return asset_layer(asset_class, sight) if asset_class else None


def features(session: Session, layer: Layer, query: Select[Any]) -> Iterator[Feature]:
    for row in session.execute(query):
        yield layer.feature(row)


def _placing(layer: Layer) -> Sequence[Any]:
    """What `feature` needs besides the columns, to say where a row is."""
    shape = Asset.geometry.label("_geometry")
    if layer.code != WORK_ORDERS:
        return (shape, Asset.attributes.label("_attributes"))
    middle_m = (WorkOrder.from_m + func.coalesce(WorkOrder.to_m, WorkOrder.from_m)) / 2
    own = (WorkOrder.longitude.label("_x"), WorkOrder.latitude.label("_y"))
    return (shape, *own, middle_m.label("_middle_m"))


def _geometry(told: Mapping[Any, Any]) -> Geometry | None:
    shape: Geometry | None = told["_geometry"]
    if "_x" not in told:
        return shape
    if told["_x"] is not None and told["_y"] is not None:
        return {"type": "Point", "coordinates": [told["_x"], told["_y"]]}
    if shape is None:
        return None
    line = shape["type"].endswith("LineString")
    at_m = told["_middle_m"]
    place = Ruler(shape).at(at_m) if line and at_m is not None else middle(shape)
    return {"type": "Point", "coordinates": list(place)}


def _plain(value: Any, column: Column) -> Any:
    """A value as JSON has it: days and instants as text."""
    if value is None:
        return None
    match column.field.kind:
        case "instant":
            return instant(value)
        case "date":
            return value.isoformat()
    return value
