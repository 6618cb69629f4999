"""The layer of passes: each the stretch of its segment that was cleared, treated or swept."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from asset_model.assets import Asset
from asset_model.passes import Direction, Pass, PassKind, PassSource, RateUnit, Spread, counts
from asset_model.people import District
from asset_model.vocabulary import GeometryKind
from asset_model.work_orders import WorkOrder
from sync_server.layers.columns import Author, Column, choice, column
from sync_server.layers.layer import Layer
from sync_server.layers.sight import Sight
from sync_server.layers.stretch import stretch

PASSES = "passes"
Unit = aliased(Asset)

OF_A_PASS = (
    column("pass_id", "text", ("Identifiant", "Identifier"), Pass.id),
    choice("kind", ("Sorte", "Kind"), Pass.kind, PassKind),
    column("done_at", "instant", ("Faite le", "Done at"), Pass.done_at),
    column("place", "text", ("Rue", "Street"), Pass.place),
    column("asset_tag", "text", ("Repère du tronçon", "Tag of the segment"), Asset.tag),
    column("from_m", "number", ("De (m)", "From (m)"), Pass.from_m),
    column("to_m", "number", ("À (m)", "To (m)"), Pass.to_m),
    choice("direction", ("Sens", "Direction"), Pass.direction, Direction),
    column("unit", "text", ("Unité", "Unit"), Unit.tag),
    column("blade_down", "boolean", ("Lame baissée", "Blade down"), Pass.blade_down),
    choice("material", ("Matériau", "Material"), Pass.material, Spread),
    column("rate", "number", ("Taux", "Rate"), Pass.rate),
    choice("rate_unit", ("Unité du taux", "Unit of the rate"), Pass.rate_unit, RateUnit),
    choice("source", ("Origine", "Source"), Pass.source, PassSource),
    column("order_number", "text", ("Bon de travail", "Work order"), WorkOrder.number),
    column("noted_at", "instant", ("Notée le", "Noted at"), Pass.noted_at),
    column("district", "text", ("Secteur", "District"), District.code),
)
WRITTEN = (
    column("note", "text", ("Note", "Note"), Pass.note),
    column("operator", "text", ("Opérateur", "Operator"), Author.name),
)


def pass_layer(sight: Sight) -> Layer:
    """Those that count: what was taken back is in the database, and in nobody's map."""
    base = (
        select(Pass.id)
        .select_from(Pass)
        .join(Asset, Asset.id == Pass.asset_id, isouter=True)
        .join(District, District.id == Asset.district_id, isouter=True)
        .join(WorkOrder, WorkOrder.id == Pass.order_id, isouter=True)
        .join(Unit, Unit.id == Pass.unit_id, isouter=True)
        .where(counts())
    )
    columns: tuple[Column, ...] = OF_A_PASS
    if sight.people:
        base = base.join(Author, Author.id == Pass.person_id, isouter=True)
        columns = (*OF_A_PASS, *WRITTEN)
    return Layer(
        code=PASSES,
        label_fr="Passes",
        label_en="Passes",
        geometry_kind=GeometryKind.LINE,
        columns=columns,
        id=Pass.id,
        edges=(Asset.west, Asset.south, Asset.east, Asset.north),  # type: ignore[arg-type]
        base=base,
        placing=(
            Asset.geometry.label("_geometry"), Pass.from_m.label("_from_m"),
            Pass.to_m.label("_to_m"),
        ),
        shape=stretch,
        lifetime=(Pass.done_at, Pass.done_at),
    )  # fmt: skip
