"""Steps that are answered by more than a word: by a photo, a signature, a reading of a meter."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.ids import Author, derived_id
from asset_model.meters import Meter, MeterReading
from asset_model.photos import MOMENTS, SIGNATURE, Photo
from asset_model.vocabulary import Measure, ReadingSource, StepKind, WorkOrderSource
from asset_model.work_orders import Step, WorkOrder
from field_app.actions import photos, work_orders
from field_app.actions.new_orders import NewOrder
from field_app.store.edits import recorded
from field_app.store.pictures import Picture

COPIED = (
    "person_id",
    "sha256",
    "byte_size",
    "media_type",
    "width",
    "height",
    "thumbnail_sha256",
    "thumbnail_size",
    "caption",
    "moment",
    "taken_at",
)


def moment_of(step: Step) -> str | None:
    """Which photo a step asks for: before the work, after it, or any."""
    named = [choice for choice in step.choices or () if choice in MOMENTS]
    return named[0] if named else None


def answer_with_photo(session: Session, step_id: str, picture: Picture, *, by: Author) -> None:
    """:raises Refused: what `attach` and `answer` raise"""
    step = session.get_one(Step, step_id)
    photo = photos.attach(session, step.work_order_id, picture, by=by, moment=moment_of(step))
    work_orders.answer(session, step_id, photo.id, by=by)


def sign(session: Session, order_id: str, picture: Picture, name: str, *, by: Author) -> Photo:
    """A drawn signature of somebody, who need not be the author: its caption says who.

    :raises Refused: what `attach` raises
    """
    return photos.attach(session, order_id, picture, by=by, moment=SIGNATURE, caption=name)


def answer_with_signature(
    session: Session, step_id: str, picture: Picture, name: str, *, by: Author
) -> None:
    """:raises Refused: what `attach` and `answer` raise"""
    step = session.get_one(Step, step_id)
    photo = sign(session, step.work_order_id, picture, name, by=by)
    work_orders.answer(session, step_id, photo.id, by=by)


def meter_of(session: Session, step: Step) -> Meter | None:
    """The meter that a step asks to read: of the order's asset, in the step's unit if any."""
    order = session.get(WorkOrder, step.work_order_id)
    if order is None or order.asset_id is None:
        return None
    query = select(Meter).where(
        Meter.asset_id == order.asset_id,
        Meter.removed_at.is_(None),
        Meter.measure != Measure.CONDITION,  # Judged on the asset's page, by eye.
    )
    every = session.scalars(query.order_by(Meter.measure)).all()
    fits = [meter for meter in every if step.unit in (None, meter.unit)]
    return fits[0] if fits else None


def answer_with_reading(session: Session, step_id: str, value: str, *, by: Author) -> None:
    """The number answers the step, and goes to the meter as a reading; the server judges it.

    :raises Refused: ``bad_value``
    """
    step = session.get_one(Step, step_id)
    meter = meter_of(session, step)
    work_orders.answer(session, step_id, value, by=by)
    if meter is None:
        return
    with recorded(session, by=by):
        session.add(
            MeterReading(
                id=by.new_id(),
                meter_id=meter.id,
                asset_id=meter.asset_id,
                value=float(value),
                taken_at=by.now,
                person_id=by.person_id,
                source=ReadingSource.ORDER,
            )
        )


def is_wrong(step: Step) -> bool:
    """Whether what was found asks for a repair: a defect, or a number outside of its limits."""
    if step.kind == StepKind.PASS_FAIL:
        return step.answer == "defect"
    return work_orders.outside_limits(step)


def repair_of(step_id: str) -> str:
    """The id of the one order that repairs what a step found."""
    return derived_id("corrective order of a step", step_id)


def order_repair(
    session: Session, step_id: str, *, by: Author, device_code: str, note: str | None = None
) -> WorkOrder:
    """What a step found becomes an order of its own, with the words and the photos of the defect.

    Asked twice, it is the same order. :raises Refused: what `create` raises
    """
    step = session.get_one(Step, step_id)
    known = session.get(WorkOrder, repair_of(step_id))
    if known is not None:
        return known
    order = session.get_one(WorkOrder, step.work_order_id)
    new = NewOrder(
        title=step.label_fr[: work_orders.TITLE_LENGTH_MAX],
        id=repair_of(step_id),
        asset_id=order.asset_id,
        spot=_spot(order),
        from_m=order.from_m,
        place=order.place,
        priority=min(order.priority, 3),
        description=_description(order, step, note),
        crew_id=order.crew_id,
        source=WorkOrderSource.DEFECT,
    )
    made = work_orders.create(session, new, by=by, device_code=device_code)
    _carry_photos(session, order.id, made.id, by)
    return made


def _spot(order: WorkOrder) -> tuple[float, float] | None:
    if order.longitude is None or order.latitude is None:
        return None
    return order.longitude, order.latitude


def _description(order: WorkOrder, step: Step, note: str | None) -> str:
    found = f"{step.answer} {step.unit or ''}".strip() if step.kind == StepKind.NUMBER else None
    told = (note, step.note, found, f"↳ {order.number or order.alias or ''} {order.title}")
    return "\n".join(part.strip() for part in told if part and part.strip())


def _carry_photos(session: Session, from_id: str, to_id: str, by: Author) -> None:
    """Those of the defect. The same files: they are at the server already, or on their way."""
    query = select(Photo).where(Photo.work_order_id == from_id, Photo.moment == "defect")
    copies = [_copy(photo, to_id, by) for photo in session.scalars(query)]
    with recorded(session, by=by):
        session.add_all(copies)


def _copy(photo: Photo, order_id: str, by: Author) -> Photo:
    told = {name: getattr(photo, name) for name in COPIED}
    return Photo(id=by.new_id(), work_order_id=order_id, **{**told, "person_id": by.person_id})
