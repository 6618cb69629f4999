"""The demo town's work orders: consistent, whatever the day on which the town is made."""

from collections import defaultdict
from datetime import UTC, datetime

import pytest

from asset_model.codec import columns_of
from asset_model.facts import MaterialUsed, StatusChange
from asset_model.people import Person
from asset_model.transitions import TRANSITIONS
from asset_model.vocabulary import OPEN_STATUSES, StepKind
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import Step, WorkOrder
from sync_server.demo.last_year import last_year_rows
from sync_server.demo.people import ROADS_NORTH, crew_id
from sync_server.demo.town import SEED
from tests.server.demo import NOW, rows, town

OTHER_DAYS = (
    datetime(2027, 7, 1, 4, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 5, 0, tzinfo=UTC),
    datetime(2026, 11, 1, 5, 30, tzinfo=UTC),  # The night of the time change, 1:30 the first time.
    datetime(2027, 1, 1, 5, 0, tzinfo=UTC),
)


@pytest.mark.parametrize("now", [NOW, *OTHER_DAYS], ids=str)
def test_every_order_is_on_assets_people_and_parts_of_the_town(now: datetime) -> None:
    known = {row.id for row in town(now)}  # type: ignore[attr-defined]
    pointing = {
        row[name]
        for row in ({**columns_of(row)} for row in town(now))
        for name in row
        if name.endswith("_id") or name in ("created_by", "completed_by", "answered_by")
    }

    assert pointing - {None} <= known


@pytest.mark.parametrize("now", [NOW, *OTHER_DAYS], ids=str)
def test_orders_stand_at_every_status_and_some_are_late(now: datetime) -> None:
    orders = rows(WorkOrder, now)
    late = [o for o in orders if o.status in OPEN_STATUSES and o.due_at and o.due_at < now]

    assert len(orders) == 68
    assert {order.status for order in orders} == set(S)
    assert 5 <= len(late) <= 20
    assert all(order.due_reason for order in orders)


@pytest.mark.parametrize("now", [NOW, *OTHER_DAYS], ids=str)
def test_the_history_of_an_order_is_one_that_the_rules_allow(now: datetime) -> None:
    arrows = {(t.current, t.wanted): t for t in TRANSITIONS}
    told: dict[str, list[StatusChange]] = defaultdict(list)
    every = [*town(now), *last_year_rows(town(now), now=now, seed=SEED)]
    for change in (row for row in every if isinstance(row, StatusChange)):
        told[change.work_order_id].append(change)
    roles = {person.id: person.role for person in rows(Person, now)}

    for order in (row for row in every if isinstance(row, WorkOrder)):
        first, *moves = told[order.id]
        assert (first.from_status, first.changed_at) == (None, order.created_at)
        assert [first, *moves][-1].to_status == order.status
        moments = [change.changed_at for change in (first, *moves)]
        assert moments == sorted(moments)
        assert moments[-1] <= now
        for move in moves:
            arrow = arrows[move.from_status, move.to_status]  # type: ignore[index]
            assert roles[move.person_id] in arrow.roles
            assert move.reason or not arrow.reason


@pytest.mark.parametrize("now", [NOW, *OTHER_DAYS], ids=str)
def test_finished_orders_say_who_and_when_and_have_their_steps_answered(now: datetime) -> None:
    steps: dict[str, list[Step]] = defaultdict(list)
    for step in rows(Step, now):
        steps[step.work_order_id].append(step)

    for order in rows(WorkOrder, now):
        finished = order.status in (S.DONE, S.CLOSED)
        assert (order.completed_at is not None) == finished
        assert (order.completed_by is not None) == finished
        answers = [step.answer for step in steps[order.id]]
        assert all(answers) or not finished
        moments = [s.answered_at for s in steps[order.id] if s.answered_at]
        assert all(moment <= (order.completed_at or now) for moment in moments)


def test_steps_are_of_every_kind_and_answered_as_their_kind_wants() -> None:
    steps = rows(Step)
    choices = [s for s in steps if s.kind == StepKind.CHOICE and s.answer]
    numbers = [float(s.answer) for s in steps if s.kind == StepKind.NUMBER and s.answer]

    assert {step.kind for step in steps} == set(StepKind)
    assert all(s.answer in [c["code"] for c in s.choices or ()] for s in choices)
    assert choices
    assert numbers


def test_some_orders_come_from_plans_and_used_material() -> None:
    planned = [order for order in rows(WorkOrder) if order.source == "plan"]

    assert len(planned) >= 6
    assert rows(MaterialUsed)


def test_the_demo_s_tablet_has_work_to_do() -> None:
    waiting = (S.DISPATCHED, S.ACCEPTED, S.IN_PROGRESS)
    orders = [o for o in rows(WorkOrder) if o.crew_id == crew_id(ROADS_NORTH)]

    assert len([order for order in orders if order.status in waiting]) >= 4
