"""The layer of street closures: each the stretch of its segment that is closed."""

from sqlalchemy import case, select

from asset_model.assets import Asset
from asset_model.closures import Closure, ClosureStatus
from asset_model.people import District
from asset_model.vocabulary import GeometryKind
from asset_model.work_orders import WorkOrder
from sync_server.layers.columns import Author, Finisher, closure_columns
from sync_server.layers.layer import Layer
from sync_server.layers.sight import Sight
from sync_server.layers.stretch import stretch

CLOSURES = "closures"


def closure_layer(sight: Sight) -> Layer:
    base = (
        select(Closure.id)
        .select_from(Closure)
        .join(Asset, Asset.id == Closure.asset_id, isouter=True)
        .join(District, District.id == Asset.district_id, isouter=True)
        .join(WorkOrder, WorkOrder.id == Closure.order_id, isouter=True)
    )
    if sight.people:
        base = base.join(Author, Author.id == Closure.person_id, isouter=True)
        base = base.join(Finisher, Finisher.id == Closure.lifted_by, isouter=True)
    # One in force lasts until somebody lifts it, whatever was expected.
    over = case((Closure.status == ClosureStatus.PLANNED, Closure.ends_at), else_=Closure.lifted_at)
    return Layer(
        code=CLOSURES,
        label_fr="Fermetures de rue",
        label_en="Street closures",
        geometry_kind=GeometryKind.LINE,
        columns=closure_columns(people=sight.people),
        id=Closure.id,
        edges=(Asset.west, Asset.south, Asset.east, Asset.north),  # type: ignore[arg-type]
        base=base,
        placing=(
            Asset.geometry.label("_geometry"), Closure.from_m.label("_from_m"),
            Closure.to_m.label("_to_m"),
        ),
        shape=stretch,
        lifetime=(Closure.begins_at, over),
    )  # fmt: skip
