"""What a crew's truck holds, with all that was used from it on this tablet until now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.catalogue import Part
from asset_model.stores import Store, StoreKind, StoreMovement, on_hand


@dataclass(frozen=True)
class Stocked:
    """A part in a store. Below zero, more was used than was counted: it asks for a count."""

    part: Part
    quantity: float


def truck_of(session: Session, crew_id: str | None) -> Store | None:
    """The store of a crew's truck; the first by its code, where it has several."""
    if crew_id is None:
        return None
    query = select(Store).where(Store.crew_id == crew_id, Store.kind == StoreKind.TRUCK)
    return session.scalars(query.order_by(Store.code, Store.id)).first()


def stocked(session: Session, store_id: str) -> tuple[Stocked, ...]:
    """All that ever moved in a store and is not used up, what is missing first."""
    moved: dict[str, list[StoreMovement]] = defaultdict(list)
    for movement in session.scalars(
        select(StoreMovement).where(StoreMovement.store_id == store_id)
    ):
        moved[movement.part_id].append(movement)
    held = {part: on_hand(movements) for part, movements in moved.items()}
    lines = [Stocked(part, held[part.id]) for part in _parts(session, held)]
    return tuple(sorted(lines, key=lambda line: (line.quantity >= 0, line.part.label_fr)))


def _parts(session: Session, ids: Iterable[str]) -> Iterable[Part]:
    return session.scalars(select(Part).where(Part.id.in_(list(ids))))
