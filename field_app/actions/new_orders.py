"""What is asked when an order is made, and the row it becomes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.geometry import middle
from asset_model.ids import Author
from asset_model.linear.ruler import Ruler
from asset_model.people import Person
from asset_model.vocabulary import WorkOrderKind, WorkOrderSource
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import WorkOrder
from field_app.reads.corners import Position
from field_app.store.local import Replica


@dataclass(frozen=True)
class NewOrder:
    """What is asked when an order is made; the rest follows from the asset and the maker."""

    title: str
    id: str | None = None
    """Where it follows from something else and must not be made twice."""
    asset_id: str | None = None
    spot: Position | None = None
    """Where it is, if somebody stood there; else the middle of the asset."""
    from_m: float | None = None
    """How far along the asset, where it is a line."""
    kind: str = WorkOrderKind.CORRECTIVE
    priority: int = 3
    description: str | None = None
    place: str | None = None
    crew_id: str | None = None
    due_at: datetime | None = None
    due_reason: str | None = None
    estimated_hours: float | None = None
    safety_note: str | None = None
    source: str = WorkOrderSource.PERSON
    incident_id: str | None = None
    template: str | None = None
    """The edition that it is made from."""
    skill: str | None = None
    materials: tuple[dict[str, Any], ...] = ()
    parent_id: str | None = None
    rank: int | None = None
    after_ids: tuple[str, ...] = ()
    dispatch: bool = False
    """Whether it goes to its crew at once; one that has none waits to be given."""
    steps: tuple[dict[str, Any], ...] = ()
    """Lines of the checklist: `kind`, `label_fr`, `label_en`, and optionally unit, minimum,
    maximum, choices, required."""


def next_alias(session: Session, device_code: str) -> str:
    """What people call the order until the server gives its number: ``T214-17``."""
    replica = session.get_one(Replica, 1)
    replica.last_alias += 1
    return f"{device_code}-{replica.last_alias}"


def order_of(session: Session, new: NewOrder, by: Author, alias: str, status: S) -> WorkOrder:
    """The row: what follows from the asset and the maker is filled in."""
    asset = session.get(Asset, new.asset_id) if new.asset_id else None
    maker = session.get_one(Person, by.person_id)
    spot = new.spot or _spot(asset, new.from_m)
    return WorkOrder(
        id=new.id or by.new_id(),
        alias=alias,
        title=new.title.strip(),
        description=new.description,
        kind=new.kind,
        priority=new.priority,
        status=status,
        asset_id=new.asset_id,
        district_id=asset.district_id if asset else None,
        crew_id=new.crew_id or maker.crew_id,
        place=new.place or (asset.name if asset else None),
        longitude=spot[0],
        latitude=spot[1],
        from_m=new.from_m,
        to_m=new.from_m,
        source=new.source,
        due_at=new.due_at,
        due_reason=new.due_reason,
        estimated_hours=new.estimated_hours,
        safety_note=new.safety_note,
        incident_id=new.incident_id,
        template=new.template,
        skill=new.skill,
        materials=list(new.materials) or None,
        parent_id=new.parent_id,
        rank=new.rank,
        after_ids=list(new.after_ids) or None,
        created_at=by.now,
        created_by=by.person_id,
    )


def _spot(asset: Asset | None, from_m: float | None) -> tuple[float | None, float | None]:
    if asset is None or not asset.geometry:
        return None, None
    return middle(asset.geometry) if from_m is None else Ruler(asset.geometry).at(from_m)
