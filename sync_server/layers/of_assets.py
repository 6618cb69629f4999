"""A layer for each class of assets."""

from sqlalchemy import select

from asset_model.assets import Asset, AssetClass
from asset_model.people import District
from asset_model.vocabulary import GeometryKind
from sync_server.layers.columns import asset_columns
from sync_server.layers.layer import Layer
from sync_server.layers.sight import Sight


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
        placing=(Asset.geometry.label("_geometry"), Asset.attributes.label("_attributes")),
        shape=lambda told: told["_geometry"],
        bare=bare,
    )
