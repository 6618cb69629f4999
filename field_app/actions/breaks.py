"""What a crew does about a break: opens its order, tells of valves, puts the water back.

Each touch is one group: a step of the order with its answer. It is kept with who and when like any
other step, and the order cannot be finished while a valve that was closed is not open again.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.network import told
from asset_model.roles import check_edit
from asset_model.vocabulary import WorkOrderKind, WorkOrderSource
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import Step, WorkOrder
from field_app.actions import work_orders
from field_app.actions.acting import person_of
from field_app.actions.checklists import CHECKLISTS
from field_app.actions.new_orders import NewOrder
from field_app.reads.assets import valve_of
from field_app.store.edits import recorded

WAITING_TO_START = (S.DISPATCHED, S.ACCEPTED)
OVER = (S.DONE, S.CLOSED, S.CANCELLED)
TAG_LENGTH_MAX = 80


def open_order(
    session: Session,
    title: str,
    asset_id: str,
    at_m: float | None,
    *,
    by: Author,
    device_code: str,
) -> WorkOrder:
    """An emergency on a pipe, at a measure of it; a crew member's goes at once to their crew.

    :raises Refused: ``role_not_allowed``, ``bad_value``
    """
    person = person_of(session, by)
    new = NewOrder(
        title=title,
        asset_id=asset_id,
        kind=WorkOrderKind.EMERGENCY,
        priority=1,
        crew_id=person.crew_id,
        from_m=at_m,
        source=WorkOrderSource.PERSON,
        steps=CHECKLISTS[WorkOrderKind.EMERGENCY],
    )
    at_once = person.crew_id is not None
    return work_orders.create(session, new, by=by, device_code=device_code, dispatch=at_once)


def place(session: Session, order_id: str, tag: str, at_m: float | None, *, by: Author) -> None:
    """Say where the break of an order is, when the order itself does not.

    :raises Refused: ``role_not_allowed``, ``bad_value``
    """
    _check(session, order_id, told.BREAK, tag, told.DONE, by)
    steps = _steps(session, order_id)
    step = _step(order_id, _next_rank(steps), told.BREAK, tag, told.DONE, by, at_m=at_m)
    with recorded(session, by=by):
        session.add(step)


def say_valve(
    session: Session,
    order_id: str,
    tag: str,
    answer: str | None,
    *,
    by: Author,
    normally_closed: bool = False,
) -> None:
    """Tell of a valve that it is closed, cannot be turned, or is not found; None takes it back.

    The first word starts the order. A closed valve asks to be opened again, required until done;
    one that is normally closed does not.

    :raises Refused: ``role_not_allowed``, ``bad_value``, ``illegal_transition``: the order is over
    """
    _check(session, order_id, told.CLOSE, tag, answer, by)
    _start(session, order_id, by)
    steps = _steps(session, order_id)
    words, rank = told.words_of(steps), _next_rank(steps)
    with recorded(session, by=by):
        again = told.reopened(words, tag)
        valve = valve_of(session, tag)
        was = valve.attributes.get("condition", "") if valve else ""
        _write(session, order_id, rank, (told.CLOSE, tag), words, answer, by, again=again, was=was)
        if valve is not None:
            _find(valve, answer, told.found_before(words, tag, was))
        if not normally_closed:
            _ask_to_open(session, order_id, rank + 1, tag, words, answer == told.CLOSED, by)


def say_line(
    session: Session, order_id: str, doing: str, tag: str, *, done: bool, by: Author
) -> None:
    """Check a line of the reopening, or take the check back.

    :raises Refused: ``role_not_allowed``, ``bad_value``
    """
    answer = told.DONE if done else None
    _check(session, order_id, doing, tag, answer, by)
    steps = _steps(session, order_id)
    words = told.words_of(steps)
    with recorded(session, by=by):
        _write(session, order_id, _next_rank(steps), (doing, tag), words, answer, by)


def _steps(session: Session, order_id: str) -> Sequence[Step]:
    return session.scalars(select(Step).where(Step.work_order_id == order_id)).all()


def _next_rank(steps: Sequence[Step]) -> int:
    return max((step.rank for step in steps), default=0) + 1


def _write(
    session: Session,
    order_id: str,
    rank: int,
    about: told.About,
    words: told.Words,
    answer: str | None,
    by: Author,
    *,
    again: bool = False,
    **more: Any,
) -> None:
    """Into every step that is about it, so that those who disagreed agree now; else a new one."""
    found = words.get(about)
    for step in found.steps if found else ():
        if again or step.answer != answer:
            _answer(step, answer, by)
    if found is None and answer is not None:
        session.add(_step(order_id, rank, *about, answer, by, **more))


def _find(valve: Asset, answer: str | None, before: str) -> None:
    """What the crew finds is the valve's condition from now on; taken back, it is as before."""
    condition = told.CONDITIONS.get(answer or "", before) or None
    if valve.attributes.get("condition") != condition:
        others = {name: v for name, v in valve.attributes.items() if name != "condition"}
        valve.attributes = others | ({"condition": condition} if condition else {})


def _ask_to_open(
    session: Session,
    order_id: str,
    rank: int,
    tag: str,
    words: told.Words,
    closed: bool,
    by: Author,
) -> None:
    """A valve that is closed must be opened again; one that was not after all need not."""
    found = words.get((told.OPEN, tag))
    if found is None and closed:
        step = _step(order_id, rank, told.OPEN, tag, None, by)
        step.required = True
        session.add(step)
    for step in found.steps if found else ():
        if closed or step.answer != told.DONE:
            _answer(step, None if closed else told.NOT_CLOSED, by)


def _step(
    order_id: str, rank: int, doing: str, tag: str, answer: str | None, by: Author, **more: Any
) -> Step:
    columns = told.line(doing, tag, **more)
    step = Step(id=by.new_id(), work_order_id=order_id, rank=rank, **columns)
    if answer is not None:
        _answer(step, answer, by)
    return step


def _answer(step: Step, answer: str | None, by: Author) -> None:
    step.answer = answer
    step.answered_at = None if answer is None else by.now
    step.answered_by = None if answer is None else by.person_id


def _start(session: Session, order_id: str, by: Author) -> None:
    order = session.get_one(WorkOrder, order_id)
    if order.status in WAITING_TO_START:
        work_orders.move(session, order_id, S.IN_PROGRESS, by=by)


def _check(
    session: Session, order_id: str, doing: str, tag: str, answer: str | None, by: Author
) -> None:
    check_edit(person_of(session, by).role, "step", frozenset({"answer"}))
    order = session.get_one(WorkOrder, order_id)
    if order.status in OVER:
        raise Refused("illegal_transition", current=order.status, wanted=S.IN_PROGRESS)
    allowed = told.ANSWERS.get(doing, (told.DONE,))
    if answer is not None and answer not in allowed:
        raise Refused("bad_value", field=tag, value=answer, why=", ".join(allowed))
    if len(tag) > TAG_LENGTH_MAX:
        raise Refused("bad_value", field="tag", value=tag[:20], why=f"≤ {TAG_LENGTH_MAX}")
