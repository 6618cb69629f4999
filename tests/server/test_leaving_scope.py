"""Work on an order that left the tablet is judged as of when it was there, for a month."""

import pytest

from asset_model.facts import Comment
from asset_model.sync.wire import Change
from tests.sync.rig import Server, comment, edit, group
from tests.sync.town import NORTH, SOUTH, SUD, order_id, step_id

ORDER = order_id(1)


@pytest.fixture
def left(server: Server) -> Server:
    """The first order went from the north to the south."""
    server.set("work_order", ORDER, crew_id=SOUTH, district_id=SUD)
    return server


@pytest.mark.parametrize("change", [comment(ORDER), edit("step", step_id(1), answer="ok")])
def test_work_on_an_order_that_left_yesterday_is_taken(left: Server, change: Change) -> None:
    left.clock.forward(days=1)

    (outcome,) = left.push(group(change))

    assert outcome.result == "applied"


def test_a_fact_of_an_order_that_left_goes_where_the_order_is(left: Server) -> None:
    left.clock.forward(days=29)

    left.push(group(comment(ORDER)))

    (fact,) = left.rows(Comment)
    assert fact.buckets == f"crew:{SOUTH} district:{SUD}"


@pytest.mark.parametrize("change", [comment(ORDER), edit("step", step_id(1), answer="ok")])
def test_work_on_an_order_that_left_over_a_month_ago_is_kept_and_not_applied(
    left: Server, change: Change
) -> None:
    left.clock.forward(days=30)

    (outcome,) = left.push(group(change))

    assert outcome.result in ("refused", "parked")
    assert outcome.code in ("out_of_scope", "left_long_ago")
    assert left.journal(change) is not None
    assert left.rows(Comment) == []


def test_an_order_that_came_back_is_in_reach_again(left: Server) -> None:
    left.set("work_order", ORDER, crew_id=NORTH)
    left.clock.forward(days=60)

    (outcome,) = left.push(group(comment(ORDER)))

    assert outcome.result == "applied"
