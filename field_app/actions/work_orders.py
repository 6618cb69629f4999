"""What crews and foremen can do with a work order and its steps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.facts import StatusChange
from asset_model.families import check_children
from asset_model.geometry import middle
from asset_model.ids import Author
from asset_model.linear.ruler import Ruler
from asset_model.people import Person
from asset_model.roles import check_edit, check_insert
from asset_model.transitions import OFFICE, check_transition, unanswered
from asset_model.vocabulary import StepKind, WorkOrderKind, WorkOrderSource
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import Step, WorkOrder
from field_app.actions import timing
from field_app.actions.acting import role_of
from field_app.actions.units import check_units_may_be_planned, check_units_may_start
from field_app.reads.corners import Position
from field_app.store.edits import recorded
from field_app.store.local import Replica

TITLE_LENGTH_MAX = 200


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
    steps: tuple[dict[str, Any], ...] = ()
    """Lines of the checklist: `kind`, `label_fr`, `label_en`, and optionally unit, minimum,
    maximum, choices, required."""


def create(
    session: Session, new: NewOrder, *, by: Author, device_code: str, dispatch: bool = False
) -> WorkOrder:
    """Make an order, as a draft or dispatched at once to its crew.

    :raises Refused: ``bad_value``, ``role_not_allowed``
    """
    check_insert(role_of(session, by), "work_order")
    if not new.title.strip() or len(new.title) > TITLE_LENGTH_MAX:
        raise Refused("bad_value", field="title", value=new.title[:20], why="1–200")
    if dispatch and new.crew_id is None:
        raise Refused("bad_value", field="crew_id", value="–", why="…")
    status = S.DISPATCHED if dispatch else S.DRAFT
    order = _order(session, new, by, _next_alias(session, device_code), status)
    with recorded(session, by=by):
        session.add(order)
        for rank, line in enumerate(new.steps, start=1):
            session.add(Step(id=by.new_id(), work_order_id=order.id, rank=rank, **line))
        session.add(_moved(order, None, status, None, by))
    return order


def move(
    session: Session, order_id: str, wanted: S, *, by: Author, reason: str | None = None
) -> None:
    """Take an order on to `wanted`, with its history and its times, as one group.

    :raises Refused: ``illegal_transition``, ``role_not_allowed``, ``reason_required``,
        ``steps_unanswered``, ``children_open``, ``unit_…``
    """
    order = session.get_one(WorkOrder, order_id)
    steps = session.scalars(select(Step).where(Step.work_order_id == order_id)).all()
    check_transition(
        order.status,
        wanted,
        role=role_of(session, by),
        reason=reason,
        unanswered=unanswered(steps),
    )
    _check_family(session, order, wanted)
    if wanted == S.IN_PROGRESS and order.status != S.DONE:  # Reopening moves no unit.
        check_units_may_start(session, order_id, by=by)
    if wanted in (S.ON_HOLD, S.DONE):
        timing.stop_on(session, order_id, by=by)
    with recorded(session, by=by):
        session.add(_moved(order, order.status, wanted, reason, by))
        order.status = wanted
        order.reason = reason
        if wanted == S.IN_PROGRESS and order.started_at is None:
            order.started_at = by.now
        if wanted == S.DONE:
            order.completed_at, order.completed_by = by.now, by.person_id
        elif wanted == S.IN_PROGRESS:  # Reopened: it is not complete any more.
            order.completed_at = order.completed_by = None


def _check_family(session: Session, order: WorkOrder, wanted: S) -> None:
    """It ends when the jobs it is made of have."""
    children = select(WorkOrder.status).where(WorkOrder.parent_id == order.id)
    check_children(wanted, session.scalars(children))


def dispatch(session: Session, order_id: str, crew_id: str, *, by: Author) -> None:
    """Give an order to a crew, in one group with its status.

    :raises Refused: ``illegal_transition``, ``role_not_allowed``, ``unit_…``
    """
    order = session.get_one(WorkOrder, order_id)
    role = role_of(session, by)
    check_edit(role, "work_order", frozenset({"crew_id"}))
    if role not in OFFICE:
        # A crew hands over what it holds, with a note; to give work out is the office's.
        raise Refused("role_not_allowed", role=role, what="work_order: crew_id")
    if order.status != S.DISPATCHED:
        check_transition(order.status, S.DISPATCHED, role=role, reason=None, unanswered=0)
    check_units_may_be_planned(session, order_id, by=by)
    with recorded(session, by=by):
        if order.status != S.DISPATCHED:
            session.add(_moved(order, order.status, S.DISPATCHED, None, by))
        order.status = S.DISPATCHED
        order.crew_id = crew_id


def answer(
    session: Session, step_id: str, value: str | None, *, by: Author, note: str | None = None
) -> None:
    """Answer a step, or take its answer back with None.

    :raises Refused: ``bad_value`` when it does not fit the step's kind; a number outside its
        limits is an answer like another: it is what was measured
    """
    step = session.get_one(Step, step_id)
    check_edit(role_of(session, by), "step", frozenset({"answer"}))
    _check_answer(step, value)
    with recorded(session, by=by):
        step.answer = value
        step.answered_at = None if value is None else by.now
        step.answered_by = None if value is None else by.person_id
        if note is not None:
            step.note = note


def outside_limits(step: Step) -> bool:
    """A measured number that the step's limits do not allow: shown, never refused."""
    if step.kind != StepKind.NUMBER or step.answer is None:
        return False
    value = float(step.answer)
    low = step.minimum is not None and value < step.minimum
    return low or (step.maximum is not None and value > step.maximum)


ANSWERS = {StepKind.CHECK: ("ok",), StepKind.PASS_FAIL: ("ok", "defect", "na")}


def _check_answer(step: Step, value: str | None) -> None:
    if value is None:
        return
    kind = StepKind(step.kind)
    allowed = ANSWERS.get(kind)
    if kind == StepKind.CHOICE:
        allowed = tuple(choice["code"] for choice in step.choices or ())
    if allowed is not None and value not in allowed:
        raise Refused("bad_value", field=step.label_fr, value=value, why=", ".join(allowed))
    if kind in (StepKind.NUMBER, StepKind.METER_READING) and _number(value) is None:
        raise Refused("bad_value", field=step.label_fr, value=value, why="0–9")


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None


def _next_alias(session: Session, device_code: str) -> str:
    """What people call the order until the server gives its number: ``T214-17``."""
    replica = session.get_one(Replica, 1)
    replica.last_alias += 1
    return f"{device_code}-{replica.last_alias}"


def _order(session: Session, new: NewOrder, by: Author, alias: str, status: S) -> WorkOrder:
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
        created_at=by.now,
        created_by=by.person_id,
    )


def _spot(asset: Asset | None, from_m: float | None) -> tuple[float | None, float | None]:
    if asset is None or not asset.geometry:
        return None, None
    return middle(asset.geometry) if from_m is None else Ruler(asset.geometry).at(from_m)


def _moved(
    order: WorkOrder, current: str | None, wanted: S, reason: str | None, by: Author
) -> StatusChange:
    return StatusChange(
        id=by.new_id(),
        work_order_id=order.id,
        person_id=by.person_id,
        from_status=current,
        to_status=wanted,
        reason=reason,
        changed_at=by.now,
    )
