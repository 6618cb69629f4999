"""The same change sent any number of times has one effect, and one answer."""

import logging
from contextlib import suppress
from functools import partial

import pytest
from sqlalchemy.exc import OperationalError

from asset_model.facts import Comment
from asset_model.sync.wire import Group, Outcome
from tests.sync.rig import Server, comment, edit, group, insert
from tests.sync.town import BOSS, LUC, order_id
from tests.threads import together

ORDER = order_id(1)


def test_a_repeat_has_the_recorded_answer_and_no_second_effect(served: Server) -> None:
    told = group(comment(ORDER), edit("work_order", ORDER, {"description": None}, description="a"))

    first = served.push(told)
    again = served.push(told)

    assert first == again
    assert [c.text for c in served.rows(Comment)] == ["Fait."]
    assert {outcome.result for outcome in first} == {"applied"}


def test_a_repeat_is_known_after_the_row_went_on(server: Server) -> None:
    told = group(edit("work_order", ORDER, {"status": "dispatched"}, status="accepted"))
    first = server.push(told)
    server.push(group(edit("work_order", ORDER, {"status": "accepted"}, status="in_progress")))

    assert server.push(told) == first
    row = server.row("work_order", ORDER)
    assert row is not None
    assert row["status"] == "in_progress"


def test_a_refusal_is_repeated_even_where_it_would_now_be_allowed(server: Server) -> None:
    told = group(edit("work_order", ORDER, {"title": "Nid-de-poule 1"}, title="Autre"))
    first = server.push(told)
    server.write(edit("person", LUC, {"role": "crew_member"}, role="foreman"))

    assert server.push(told) == first


def test_a_group_twice_in_one_message_counts_once(server: Server) -> None:
    told = group(comment(ORDER))

    first, second = server.push(told, told)

    assert first == second
    assert len(server.rows(Comment)) == 1


def test_what_a_group_adds_to_known_changes_is_answered_too(server: Server) -> None:
    known, new = comment(ORDER, "un"), comment(ORDER, "deux")
    server.push(group(known))

    outcomes = server.push(group(known, new))

    assert [outcome.change for outcome in outcomes] == [known.id, new.id]
    assert sorted(c.text for c in server.rows(Comment)) == ["deux", "un"]


def test_what_a_group_adds_to_a_refused_change_is_refused_with_it(server: Server) -> None:
    refused, new = edit("work_order", ORDER, title="Autre"), comment(ORDER)
    server.push(group(refused))

    _, outcome = server.push(group(refused, new))

    assert (outcome.result, outcome.code) == ("refused", "group_refused")
    assert server.rows(Comment) == []


def test_a_row_that_is_there_already_is_not_made_again_by_another_change(server: Server) -> None:
    first = comment(ORDER)
    server.push(group(first))

    (outcome,) = server.push(group(insert("comment", first.row, **first.after)))

    assert (outcome.result, outcome.code) == ("refused", "row_exists")


@pytest.mark.parametrize("turn", range(3))
def test_one_group_in_two_messages_at_once_counts_once(served: Server, turn: int) -> None:
    told = group(comment(ORDER), edit("work_order", ORDER, {"description": None}, description="a"))

    one, other = together(lambda: served.push(told), lambda: served.push(told))

    assert one == other
    assert {outcome.result for outcome in one} == {"applied"}
    assert len(served.rows(Comment)) == 1


def until_it_lands(server: Server, told: Group) -> list[Outcome]:
    """Send a group as a tablet does: again, when the database could not take it."""
    for _ in range(20):
        with suppress(OperationalError):
            return server.push(told, device="B1" if told.person == BOSS else "T1")
    return []


def test_groups_that_cross_each_other_s_rows_all_land(
    served: Server, caplog: pytest.LogCaptureFixture
) -> None:
    """Each takes the rows in an order of its own, which is how locks embrace."""
    caplog.set_level(logging.CRITICAL)
    orders = [order_id(1), order_id(3)]
    groups = [
        group(
            edit("work_order", orders[n % 2], description=f"mot {n}"),
            comment(orders[(n + 1) % 2], f"mot {n}", person=(LUC, BOSS)[n % 2]),
            person=(LUC, BOSS)[n % 2],
        )
        for n in range(2)
    ]

    told = together(*(partial(until_it_lands, served, one) for one in groups))

    results = {outcome.result for outcomes in told for outcome in outcomes}
    assert results <= {"applied", "merged"}
    assert len(served.rows(Comment)) == 2
