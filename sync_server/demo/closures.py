"""Streets of the demo town that are closed: by work under way, and for a parade to come."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from asset_model.assets import Asset
from asset_model.base import Base
from asset_model.closures import Closure
from asset_model.vocabulary import WorkOrderStatus
from asset_model.work_orders import WorkOrder
from sync_server.demo.people import BY_KEY
from sync_server.demo.placing import demo_id

FOREMAN = "isabelle"
AT_MOST = 3
DETOURS = (
    "Par la rue Principale ; l’accès local est maintenu.",
    "Par la rue parallèle au nord.",
    "Suivre les panneaux orange.",
)


def closure_rows(
    assets: Sequence[Asset], orders: Sequence[Base], *, now: datetime
) -> Iterator[Closure]:
    """A closure for each of the first orders that are under way on a street; then the parade."""
    streets = {asset.id: asset for asset in assets if asset.class_code == "road_segment"}
    at_work = [
        order
        for order in orders
        if isinstance(order, WorkOrder)
        and order.status in (WorkOrderStatus.IN_PROGRESS, WorkOrderStatus.DISPATCHED)
        and order.asset_id in streets
    ]
    for place, order in enumerate(at_work[:AT_MOST]):
        street = streets[order.asset_id or ""]
        yield Closure(
            id=demo_id("closure", order.id), asset_id=street.id, order_id=order.id,
            person_id=None, made_at=now - timedelta(hours=2), place=street.name,
            kind="closed" if place == 0 else "restricted", status="in_force",
            from_m=0.0, to_m=round(street.length_m or 50.0, 1),
            side=None if place == 0 else ("left", "right")[place % 2],
            begins_at=now - timedelta(hours=2), ends_at=now + timedelta(hours=4 + place),
            cause="works", detour=DETOURS[place],
        )  # fmt: skip
    parade = max(streets.values(), key=lambda street: (street.length_m or 0.0, street.id))
    yield Closure(
        id=demo_id("closure", "parade"), asset_id=parade.id, order_id=None,
        person_id=BY_KEY[FOREMAN].id, made_at=now - timedelta(days=1), place=parade.name,
        kind="closed", status="planned", from_m=0.0, to_m=round(parade.length_m or 50.0, 1),
        begins_at=now + timedelta(days=3), ends_at=now + timedelta(days=3, hours=5),
        cause="event", detour="Stationnement interdit dès 8 h. Détour par la rue voisine.",
        note="Parade de Noël.",
    )  # fmt: skip
