"""A work order moves along the arrows of the table, by those who may, saying why where asked."""

import pytest

from asset_model.errors import Refused
from asset_model.transitions import (
    FIELD,
    OFFICE,
    TRANSITIONS,
    Transition,
    check_transition,
    next_statuses,
    transition,
    unanswered,
)
from asset_model.vocabulary import Role
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import Step

ARROWS = pytest.mark.parametrize("arrow", TRANSITIONS, ids=lambda t: f"{t.current}-{t.wanted}")
NO_ARROW = [
    (current, wanted)
    for current in S
    for wanted in S
    if (current, wanted) not in {(t.current, t.wanted) for t in TRANSITIONS}
]


def go(
    current: str, wanted: str, role: str, reason: str | None = "pluie", missing: int = 0
) -> None:
    check_transition(current, wanted, role=role, reason=reason, unanswered=missing)


def test_the_arrows_are_these() -> None:
    ways = {
        (S.DRAFT, S.PLANNED, S.DISPATCHED, S.ON_HOLD, S.CANCELLED),
        (S.PLANNED, S.DISPATCHED, S.ON_HOLD, S.CANCELLED),
        (S.DISPATCHED, S.DRAFT, S.PLANNED, S.ACCEPTED, S.IN_PROGRESS, S.ON_HOLD, S.CANCELLED),
        (S.ACCEPTED, S.DISPATCHED, S.IN_PROGRESS, S.ON_HOLD, S.CANCELLED),
        (S.IN_PROGRESS, S.ACCEPTED, S.ON_HOLD, S.DONE, S.CANCELLED),
        (S.ON_HOLD, S.DRAFT, S.PLANNED, S.DISPATCHED, S.ACCEPTED, S.IN_PROGRESS, S.CANCELLED),
        (S.CANCELLED, S.DRAFT, S.PLANNED, S.DISPATCHED, S.ACCEPTED, S.IN_PROGRESS, S.ON_HOLD),
        (S.DONE, S.IN_PROGRESS, S.CLOSED),
        (S.CLOSED, S.IN_PROGRESS),
    }
    told = {(current, wanted) for current, *others in ways for wanted in others}

    assert {(t.current, t.wanted) for t in TRANSITIONS} == told
    assert len(TRANSITIONS) == len(told)


@ARROWS
@pytest.mark.parametrize("role", list(Role))
def test_an_arrow_is_open_to_its_roles_and_shut_to_the_others(
    arrow: Transition, role: Role
) -> None:
    if role in arrow.roles:
        go(arrow.current, arrow.wanted, role)
        return
    with pytest.raises(Refused) as refused:
        go(arrow.current, arrow.wanted, role)
    assert refused.value.code == "role_not_allowed"


@pytest.mark.parametrize(("current", "wanted"), NO_ARROW)
def test_where_there_is_no_arrow_nobody_goes(current: S, wanted: S) -> None:
    with pytest.raises(Refused) as refused:
        go(current, wanted, Role.ADMINISTRATOR)
    assert refused.value.code == "illegal_transition"


@pytest.mark.parametrize("odd", ["", "finished", "DONE"])
def test_a_status_that_is_none_leads_nowhere(odd: str) -> None:
    for current, wanted in ((odd, S.DONE), (S.IN_PROGRESS, odd)):
        with pytest.raises(Refused, match="illegal_transition"):
            transition(current, wanted, role=Role.FOREMAN)


@ARROWS
@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_an_arrow_that_needs_a_reason_is_shut_without_one(
    arrow: Transition, reason: str | None
) -> None:
    if not arrow.reason:
        go(arrow.current, arrow.wanted, Role.FOREMAN, reason=reason)
        return
    with pytest.raises(Refused) as refused:
        go(arrow.current, arrow.wanted, Role.FOREMAN, reason=reason)
    assert refused.value.code == "reason_required"


def test_pausing_reopening_and_cancelling_need_a_reason() -> None:
    needing = {(t.current, t.wanted) for t in TRANSITIONS if t.reason and t.current != S.CANCELLED}

    assert all(t.reason for t in TRANSITIONS if t.current == S.CANCELLED)
    assert {wanted for _, wanted in needing} == {S.ON_HOLD, S.IN_PROGRESS, S.CANCELLED}
    assert {c for c, wanted in needing if wanted == S.IN_PROGRESS} == {S.DONE, S.CLOSED}


def test_work_is_not_done_while_a_required_step_has_no_answer() -> None:
    with pytest.raises(Refused) as refused:
        go(S.IN_PROGRESS, S.DONE, Role.CREW_MEMBER, missing=2)

    assert (refused.value.code, refused.value.details) == ("steps_unanswered", {"count": 2})


def test_only_the_office_plans_dispatches_closes_reopens_and_cancels() -> None:
    crew = {(t.current, t.wanted) for t in TRANSITIONS if Role.CREW_MEMBER in t.roles}

    assert {wanted for _, wanted in crew}.isdisjoint({S.PLANNED, S.CLOSED, S.CANCELLED})
    assert S.CLOSED not in {current for current, _ in crew}
    assert OFFICE < FIELD


def test_who_reported_something_takes_their_own_word_back_and_nobody_else_s() -> None:
    def withdrawn(*, own: bool) -> None:
        check_transition(
            S.DRAFT, S.CANCELLED, role=Role.CREW_MEMBER, reason="erreur", unanswered=0, own=own
        )

    withdrawn(own=True)
    with pytest.raises(Refused, match="role_not_allowed"):
        withdrawn(own=False)
    with pytest.raises(Refused, match="role_not_allowed"):
        go(S.PLANNED, S.CANCELLED, Role.CREW_MEMBER)


def test_a_crew_is_shown_where_it_may_go_from_here() -> None:
    assert next_statuses(S.IN_PROGRESS, role=Role.CREW_MEMBER) == [S.ACCEPTED, S.ON_HOLD, S.DONE]
    assert next_statuses(S.IN_PROGRESS, role=Role.AUDITOR) == []


@pytest.mark.parametrize(
    ("required", "answer", "missing"),
    [(True, None, 1), (True, "", 1), (True, "na", 0), (True, "0", 0), (False, None, 0)],
)
def test_a_required_step_is_answered_by_any_word(
    required: bool, answer: str | None, missing: int
) -> None:
    assert unanswered([Step(required=required, answer=answer)]) == missing
