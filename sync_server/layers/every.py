"""All the layers there are, to those who may see them."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset, AssetClass
from asset_model.closures import Closure
from asset_model.passes import Pass
from asset_model.work_orders import WorkOrder
from sync_server.layers.layer import Layer
from sync_server.layers.of_assets import asset_layer
from sync_server.layers.of_closures import CLOSURES, closure_layer
from sync_server.layers.of_orders import WORK_ORDERS, order_layer
from sync_server.layers.of_passes import PASSES, pass_layer
from sync_server.layers.sight import Sight

OTHERS: dict[str, tuple[type[Closure | Pass | WorkOrder], Callable[[Sight], Layer]]] = {
    CLOSURES: (Closure, closure_layer),
    PASSES: (Pass, pass_layer),
    WORK_ORDERS: (WorkOrder, order_layer),
}
"""The layers that are of no asset class: the table of their rows, and how they are made."""


def layers_of(session: Session, sight: Sight) -> list[Layer]:
    """Every layer that has rows and may be seen: asset classes by code, then the others."""
    there = session.scalars(select(Asset.class_code).distinct()).all()
    query = select(AssetClass).where(AssetClass.code.in_(there)).order_by(AssetClass.code)
    found = [asset_layer(each, sight) for each in session.scalars(query) if sight.of(each.code)]
    for code, (model, layer) in OTHERS.items():
        if sight.of(code) and session.scalar(select(model.id).limit(1)) is not None:
            found.append(layer(sight))
    return found


def layer_called(session: Session, code: str, sight: Sight) -> Layer | None:
    """The layer of that code, empty or not; None where there is none, or none to be seen."""
    if not sight.of(code):
        return None
    if code in OTHERS:
        return OTHERS[code][1](sight)
    asset_class = session.scalars(select(AssetClass).where(AssetClass.code == code)).first()
    return asset_layer(asset_class, sight) if asset_class else None
