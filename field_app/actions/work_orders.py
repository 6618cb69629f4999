"""What crews and foremen can do with a work order and its steps."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.facts import StatusChange
from asset_model.families import check_children
from asset_model.ids import Author
from asset_model.roles import check_edit, check_insert
from asset_model.transitions import OFFICE, check_transition, unanswered
from asset_model.vocabulary import StepKind
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import Step, WorkOrder
from field_app.actions import timing
from field_app.actions.acting import role_of
from field_app.actions.new_orders import NewOrder, next_alias, order_of
from field_app.actions.units import check_units_may_be_planned, check_units_may_start
from field_app.store.edits import recorded

TITLE_LENGTH_MAX = 200


def create(
    session: Session, new: NewOrder, *, by: Author, device_code: str, dispatch: bool = False
) -> WorkOrder:
    """Make an order, as a draft or dispatched at once to its crew.

    :raises Refused: ``bad_value``, ``role_not_allowed``
    """
    if dispatch and new.crew_id is None:
        raise Refused("bad_value", field="crew_id", value="–", why="…")
    (order,) = create_all(
        session, [replace(new, dispatch=dispatch)], by=by, device_code=device_code
    )
    return order


def create_all(
    session: Session, news: Sequence[NewOrder], *, by: Author, device_code: str
) -> list[WorkOrder]:
    """Make orders that belong together, parents first, in one group: all of them or none.

    :raises Refused: ``bad_value``, ``role_not_allowed``
    """
    check_insert(role_of(session, by), "work_order")
    for new in news:
        if not new.title.strip() or len(new.title) > TITLE_LENGTH_MAX:
            raise Refused("bad_value", field="title", value=new.title[:20], why="1–200")
    with recorded(session, by=by):
        return [added(session, new, by=by, device_code=device_code) for new in news]


def added(session: Session, new: NewOrder, *, by: Author, device_code: str) -> WorkOrder:
    """The order with its steps and its birth, inside a block that is recorded."""
    at_once = new.dispatch and new.crew_id is not None
    later = S.DRAFT if new.template is None else S.PLANNED
    status = S.DISPATCHED if at_once else later
    order = order_of(session, new, by, next_alias(session, device_code), status)
    session.add(order)
    add_steps(session, order.id, new.steps, by=by)
    session.add(_moved(order, None, status, None, by))
    return order


def add_steps(
    session: Session, order_id: str, lines: Iterable[dict[str, Any]], *, by: Author, after: int = 0
) -> list[str]:
    """Gives their ids. `after`: the rank of the last step that is there already."""
    steps = [
        Step(id=by.new_id(), work_order_id=order_id, rank=rank, **line)
        for rank, line in enumerate(lines, start=after + 1)
    ]
    session.add_all(steps)
    return [step.id for step in steps]


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
        own=order.created_by == by.person_id,
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
