"""A main under a street of the tablet's town, and an order on it."""

from asset_model.vocabulary import WorkOrderStatus
from asset_model.work_orders import WorkOrder
from tests.network.ground import an_id, on, pipe, small_street
from tests.ui.town import NOW, Town


def lay_main(town: Town) -> None:
    """The street of `tests/network/ground.py`, one valve farther, and an order on its middle."""
    farther = [
        pipe("CD-4", (300, 0), (400, 0)),
        on("valve", "VA-3", (304, 0)),
        on("valve", "VA-0", (4, 0)),
    ]
    town.add(*small_street(), *farther)
    town.add(
        WorkOrder(
            id="break",
            number="BT-2026-0042",
            title="Bris d’aqueduc",
            kind="emergency",
            priority=1,
            status=WorkOrderStatus.DISPATCHED,
            asset_id=an_id("CD-2"),
            crew_id=town.ids["north"],
            from_m=50.0,
            source="person",
            created_at=NOW,
        )
    )
