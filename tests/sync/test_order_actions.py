"""What crews and foremen do with a work order, and what the tablet does not let them do."""

from pathlib import Path
from typing import Any

import pytest

from asset_model.errors import Refused
from asset_model.facts import StatusChange
from asset_model.vocabulary import Role, StepKind
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import Step, WorkOrder
from field_app.actions.new_orders import NewOrder
from field_app.actions.work_orders import (
    answer,
    create,
    dispatch,
    move,
    outside_limits,
)
from tests.sync.rig import Server, Tablet, a_tablet, an_id, insert
from tests.sync.town import ANNE, BOSS, LUC, NORD, NORTH, SOUTH, START, named, order_id, step_id

ORDER, STEP = order_id(1), step_id(1)
STREET = named("street", "1")


def refusal(tablet: Tablet, verb: Any, /, *given: Any, **more: Any) -> str:
    with pytest.raises(Refused) as refused:
        tablet.do(verb, *given, **more)
    assert tablet.changes() == []
    return refused.value.code


def start(tablet: Tablet) -> None:
    tablet.do(move, ORDER, S.IN_PROGRESS)


def finish(tablet: Tablet, person: str = LUC) -> None:
    tablet.do(answer, STEP, "ok", person=person)
    tablet.do(move, ORDER, S.DONE, person=person)


def step(tablet: Tablet) -> Step:
    with tablet.database.reading() as session:
        return session.get_one(Step, STEP)


def test_moving_an_order_writes_its_status_and_its_history_as_one_group(tablet: Tablet) -> None:
    start(tablet)

    assert len({change.group_id for change in tablet.changes()}) == 1
    (moved,) = tablet.all(StatusChange)
    assert (moved.from_status, moved.to_status, moved.person_id) == (
        "dispatched",
        "in_progress",
        LUC,
    )
    assert (moved.changed_at, moved.received_at) == (START, None)


def test_work_begins_once(tablet: Tablet) -> None:
    start(tablet)
    tablet.clock.forward(hours=1)
    tablet.do(move, ORDER, S.ON_HOLD, reason="pluie")
    tablet.do(move, ORDER, S.IN_PROGRESS)

    assert tablet.order().started_at == START


def test_work_that_is_done_says_when_and_by_whom(tablet: Tablet) -> None:
    start(tablet)
    tablet.clock.forward(hours=1)
    finish(tablet, ANNE)

    order = tablet.order()
    assert (order.status, order.completed_by) == ("done", ANNE)
    assert order.completed_at == tablet.clock()


def test_work_that_is_reopened_is_not_complete_any_more(tablet: Tablet) -> None:
    start(tablet)
    finish(tablet)
    tablet.do(move, ORDER, S.IN_PROGRESS, reason="affaissement")

    order = tablet.order()
    assert (order.status, order.completed_at, order.completed_by) == ("in_progress", None, None)


def test_a_whole_day_of_work_is_taken_by_the_server(tablet: Tablet) -> None:
    tablet.do(move, ORDER, S.ACCEPTED)
    start(tablet)
    tablet.do(move, ORDER, S.ON_HOLD, reason="pluie")
    tablet.do(move, ORDER, S.IN_PROGRESS)
    finish(tablet)
    tablet.sync()

    assert set(tablet.states()) == {"settled"}
    row = tablet.link.server.row("work_order", ORDER)
    assert row is not None
    assert (row["status"], row["completed_by"]) == ("done", LUC)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [(S.DONE, "illegal_transition"), (S.CANCELLED, "role_not_allowed")],
)
def test_a_crew_goes_only_where_it_may(tablet: Tablet, wanted: S, code: str) -> None:
    assert refusal(tablet, move, ORDER, wanted, reason="x") == code


def test_an_order_is_not_cancelled_without_a_reason(tablet: Tablet) -> None:
    assert refusal(tablet, move, ORDER, S.CANCELLED, person=BOSS) == "reason_required"


def test_work_is_not_done_before_its_steps_are(tablet: Tablet) -> None:
    start(tablet)

    with pytest.raises(Refused, match="steps_unanswered"):
        tablet.do(move, ORDER, S.DONE)
    assert tablet.order().status == "in_progress"


def test_somebody_unknown_does_nothing(tablet: Tablet) -> None:
    assert refusal(tablet, move, ORDER, S.ACCEPTED, person="nobody") == "person_unknown"
    assert refusal(tablet, create, NewOrder(title="Trou"), device_code="T1", person="nobody") == (
        "person_unknown"
    )


def test_an_answer_says_who_gave_it_and_when(tablet: Tablet) -> None:
    tablet.do(answer, STEP, "defect", note="fissure")

    kept = step(tablet)
    assert (kept.answer, kept.note, kept.answered_by) == ("defect", "fissure", LUC)
    assert kept.answered_at == START


def test_an_answer_taken_back_leaves_no_signature(tablet: Tablet) -> None:
    tablet.do(answer, STEP, "ok", note="vu")
    tablet.do(answer, STEP, None)

    kept = step(tablet)
    assert (kept.answer, kept.answered_at, kept.answered_by) == (None, None, None)
    assert kept.note == "vu"


CHOICES = [{"code": "none", "label_fr": "Aucune", "label_en": "None"}]


def a_step(tablet: Tablet, kind: str, **more: Any) -> str:
    """A step of this kind on the order, from the server."""
    id = an_id()
    line = {"work_order_id": ORDER, "rank": 2, "label_fr": "Mesure", "label_en": "Measure"}
    tablet.link.server.write(insert("step", id, **{**line, "kind": kind, **more}))
    tablet.sync()
    return id


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (StepKind.CHECK, ["ok"], ["", "yes", "na"]),
        (StepKind.PASS_FAIL, ["ok", "defect", "na"], ["", "OK", "non"]),
        (StepKind.NUMBER, ["0", "-3.5", "1e3"], ["", "douze", "nan", "inf", "1,5"]),
        (StepKind.CHOICE, ["none"], ["", "other"]),
        (StepKind.TEXT, ["", "n’importe quoi"], []),
    ],
)
def test_an_answer_fits_the_kind_of_its_step(
    tablet: Tablet, kind: str, good: list[str], bad: list[str]
) -> None:
    line = a_step(tablet, kind, choices=CHOICES)

    for value in bad:
        assert refusal(tablet, answer, line, value) == "bad_value"
    for value in good:
        tablet.do(answer, line, value)


@pytest.mark.parametrize(
    ("value", "outside"),
    [("4.9", True), ("5", False), ("10", False), ("10.1", True), (None, False)],
)
def test_a_measure_outside_its_limits_is_shown_and_not_refused(
    tablet: Tablet, value: str | None, outside: bool
) -> None:
    line = a_step(tablet, StepKind.NUMBER, minimum=5.0, maximum=10.0)
    tablet.do(answer, line, value)

    with tablet.database.reading() as session:
        assert outside_limits(session.get_one(Step, line)) is outside


def test_a_defect_is_reported_as_a_draft_where_the_asset_is(tablet: Tablet) -> None:
    order = tablet.do(create, NewOrder(title=" Trou ", asset_id=STREET), device_code="T214")

    assert (order.title, order.status, order.alias) == ("Trou", "draft", "T214-1")
    assert (order.district_id, order.crew_id, order.place) == (NORD, NORTH, "Rue 1")
    assert (order.longitude, order.latitude) == (pytest.approx(-75.695), 45.4)
    assert (order.created_by, order.created_at, order.number) == (LUC, START, None)


def test_an_order_and_its_steps_leave_together(tablet: Tablet) -> None:
    line = {"kind": "check", "label_fr": "Cônes", "label_en": "Cones", "required": True}
    order = tablet.do(create, NewOrder(title="Trou", steps=(line, line)), device_code="T214")
    tablet.sync()

    assert len({change.group_id for change in tablet.changes()}) == 1
    assert set(tablet.states()) == {"settled"}
    steps = [step for step in tablet.all(Step) if step.work_order_id == order.id]
    assert [step.rank for step in steps] == [1, 2]


def test_what_people_called_an_order_stays_beside_its_number(tablet: Tablet) -> None:
    order = tablet.do(create, NewOrder(title="Trou"), device_code="T214")
    tablet.sync()

    with tablet.database.reading() as session:
        now = session.get_one(WorkOrder, order.id)
    assert (now.alias, now.number) == ("T214-1", "BT-2026-000005")


def test_no_two_orders_of_a_tablet_are_called_alike(tablet: Tablet) -> None:
    aliases = [
        tablet.do(create, NewOrder(title="Trou"), device_code="T214").alias for _ in range(3)
    ]

    assert aliases == ["T214-1", "T214-2", "T214-3"]


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_an_order_has_a_title_of_200_letters_at_most(tablet: Tablet, title: str) -> None:
    assert refusal(tablet, create, NewOrder(title=title), device_code="T214") == "bad_value"


def test_an_order_is_not_dispatched_to_nobody(tablet: Tablet) -> None:
    assert (
        refusal(tablet, create, NewOrder(title="Trou"), device_code="T214", dispatch=True)
        == "bad_value"
    )


def test_an_auditor_makes_no_order(tablet: Tablet) -> None:
    tablet.link.server.set("person", LUC, role=Role.AUDITOR)
    tablet.sync()

    assert refusal(tablet, create, NewOrder(title="Trou"), device_code="T") == "role_not_allowed"


def test_a_foreman_gives_an_order_to_a_crew(server: Server, tmp_path: Path) -> None:
    office = a_tablet(server, tmp_path, "B1")
    office.do(dispatch, ORDER, SOUTH, person=BOSS)
    office.sync()

    assert set(office.states()) == {"settled"}
    assert office.order().crew_id == SOUTH
    assert office.all(StatusChange) == []


def test_a_draft_is_dispatched_with_its_history(server: Server, tmp_path: Path) -> None:
    office = a_tablet(server, tmp_path, "B1")
    order = office.do(create, NewOrder(title="Trou"), device_code="B", person=BOSS)
    office.do(dispatch, order.id, NORTH, person=BOSS)

    moves = [(m.from_status, m.to_status) for m in office.all(StatusChange)]
    assert moves == [(None, "draft"), ("draft", "dispatched")]


def test_a_crew_gives_no_order_away(tablet: Tablet) -> None:
    assert refusal(tablet, dispatch, ORDER, SOUTH) == "role_not_allowed"


def test_an_order_under_way_is_not_given_away(tablet: Tablet) -> None:
    start(tablet)

    with pytest.raises(Refused, match="illegal_transition"):
        tablet.do(dispatch, ORDER, SOUTH, person=BOSS)
