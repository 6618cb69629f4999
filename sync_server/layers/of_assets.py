"""A layer for each class of assets."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import and_, select, union_all

from asset_model.assets import Asset, AssetClass
from asset_model.bounds import meets
from asset_model.people import District
from asset_model.spatial import of_classes
from asset_model.vocabulary import GeometryKind
from sync_server.layers.columns import asset_columns
from sync_server.layers.layer import Box, Layer
from sync_server.layers.sight import Sight


def asset_layer(asset_class: AssetClass, sight: Sight, boxes: Sequence[Box] = ()) -> Layer:
    code = asset_class.code
    bare = select(Asset.id).where(_within(code, boxes) if boxes else Asset.class_code == code)
    base = bare.join_from(Asset, District, District.id == Asset.district_id, isouter=True)
    return Layer(
        code=code,
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
        meeting=partial(asset_layer, asset_class, sight),
    )


def _within(code: str, boxes: Sequence[Box]) -> Any:
    """By ids that two indexes find: told as one condition with an OR, SQLite would use neither."""
    unplaced = select(Asset.id).where(Asset.class_code == code, Asset.west.is_(None))
    found = union_all(*(select(Asset.id).where(meets(*box)) for box in boxes), unplaced)
    return and_(Asset.id.in_(found), of_classes([code]))
