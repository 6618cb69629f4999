"""What a crew adds to an order: time, material, words. Facts are only ever added."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.facts import Comment, EquipmentUsed, MaterialUsed, TimeWorked
from asset_model.ids import Author
from asset_model.stores import QUANTITY_MAX, MovementKind, StoreMovement
from field_app.store.edits import recorded

SHIFT_HOURS_MAX = 24
KM_MAX = 1_500


def log_time(
    session: Session,
    order_id: str,
    started_at: datetime,
    ended_at: datetime,
    *,
    by: Author,
    activity: str | None = None,
    overtime: bool = False,
) -> None:
    """Time worked on an order by the author.

    :raises Refused: ``bad_value`` when it ends before it starts, or spans more than 24 h
    """
    _check_hours((ended_at - started_at) / timedelta(hours=1))
    with recorded(session, by=by):
        session.add(
            TimeWorked(
                id=by.new_id(),
                work_order_id=order_id,
                person_id=by.person_id,
                started_at=started_at,
                ended_at=ended_at,
                activity=activity,
                overtime=overtime,
            )
        )


def log_hours(session: Session, order_id: str, hours: float, *, by: Author) -> None:
    """So many hours until now.

    :raises Refused: ``bad_value``
    """
    _check_hours(hours)
    log_time(session, order_id, by.now - timedelta(hours=hours), by.now, by=by)


def _check_hours(hours: float) -> None:
    if not 0 < hours <= SHIFT_HOURS_MAX:
        raise Refused("bad_value", field="h", value=hours, why="0 < h ≤ 24")


def use_material(
    session: Session,
    order_id: str,
    part_id: str,
    quantity: float,
    *,
    by: Author,
    store_id: str | None = None,
) -> None:
    """Parts used on an order; with a store, they leave it in the same breath.

    :raises Refused: ``bad_value`` when the quantity is not above zero
    """
    if not 0 < quantity < QUANTITY_MAX:
        raise Refused("bad_value", field="quantity", value=quantity, why="> 0")
    used = MaterialUsed(
        id=by.new_id(),
        work_order_id=order_id,
        person_id=by.person_id,
        part_id=part_id,
        quantity=quantity,
        used_at=by.now,
    )
    with recorded(session, by=by):
        session.add(used)
        if store_id is not None:
            left = movement(store_id, part_id, MovementKind.LEFT, quantity, by=by)
            left.material_id = used.id
            session.add(left)


def count_part(
    session: Session, store_id: str, part_id: str, quantity: float, *, by: Author
) -> None:
    """Somebody looked: so much is there now.

    :raises Refused: ``bad_value``
    """
    if not 0 <= quantity < QUANTITY_MAX:
        raise Refused("bad_value", field="quantity", value=quantity, why="≥ 0")
    with recorded(session, by=by):
        session.add(movement(store_id, part_id, MovementKind.COUNTED, quantity, by=by))


def movement(
    store_id: str, part_id: str, kind: MovementKind, quantity: float, *, by: Author
) -> StoreMovement:
    return StoreMovement(
        id=by.new_id(),
        store_id=store_id,
        part_id=part_id,
        person_id=by.person_id,
        kind=kind,
        quantity=quantity,
        moved_at=by.now,
    )


def use_equipment(
    session: Session,
    order_id: str,
    asset_id: str,
    *,
    by: Author,
    hours: float | None = None,
    km: float | None = None,
) -> None:
    """A unit worked on an order: hours, kilometres, or both.

    :raises Refused: ``bad_value``
    """
    _check_amount("h", hours, SHIFT_HOURS_MAX)
    _check_amount("km", km, KM_MAX)
    if hours is None and km is None:
        raise Refused("bad_value", field="h", value="–", why="h, km")
    with recorded(session, by=by):
        session.add(
            EquipmentUsed(
                id=by.new_id(),
                work_order_id=order_id,
                person_id=by.person_id,
                asset_id=asset_id,
                hours=hours,
                km=km,
                used_at=by.now,
            )
        )


def _check_amount(name: str, value: float | None, most: float) -> None:
    if value is not None and not 0 < value <= most:
        raise Refused("bad_value", field=name, value=value, why=f"0 < {name} ≤ {most}")


def comment(session: Session, order_id: str, text: str, *, by: Author) -> None:
    """:raises Refused: ``bad_value`` when nothing is said"""
    if not text.strip():
        raise Refused("bad_value", field="text", value="", why="…")
    with recorded(session, by=by):
        session.add(
            Comment(
                id=by.new_id(),
                work_order_id=order_id,
                person_id=by.person_id,
                text=text.strip(),
                written_at=by.now,
            )
        )
