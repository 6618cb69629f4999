"""What becomes of an order that two crews, or a crew and the office, moved at once."""

from asset_model.facts import Comment, ContestedValue, TimeWorked
from asset_model.sync.wire import Change, Group
from asset_model.work_orders import WorkOrder
from tests.sync.rig import Server, edit, group, insert
from tests.sync.town import ANNE, BOSS, LUC, order_id, step_id

ORDER = order_id(1)
WHEN = "2026-11-23T08:00:00.000Z"


def moved(before: str, after: str, **more: object) -> Change:
    values = {"status": after, **more}
    return edit("work_order", ORDER, {"status": before} | dict.fromkeys(more), **values)


def worked(person: str, hours: int = 2) -> Change:
    return insert(
        "time_worked",
        work_order_id=ORDER,
        person_id=person,
        started_at=WHEN,
        ended_at=f"2026-11-23T{8 + hours:02}:00:00.000Z",
        overtime=False,
    )


def start(server: Server) -> None:
    server.push(group(moved("dispatched", "in_progress")))


def finish(person: str) -> Group:
    done = moved("in_progress", "done", completed_at=WHEN, completed_by=person)
    return group(done, worked(person), person=person)


def cancel(server: Server, before: str = "in_progress") -> None:
    told = server.push(group(moved(before, "cancelled", reason="double"), person=BOSS), device="B1")
    assert told[0].result == "applied"


def status(server: Server) -> str | None:
    row = server.row("work_order", ORDER)
    assert row is not None
    return str(row["status"])


def test_work_done_on_an_order_cancelled_meanwhile_is_flagged_and_contested(server: Server) -> None:
    start(server)
    cancel(server)

    moving, fact = server.push(finish(LUC))

    row = server.row("work_order", ORDER)
    assert row is not None
    assert (row["status"], row["flag"]) == ("cancelled", "worked_after_cancel")
    assert (moving.result, moving.set_aside["status"]) == ("merged", "done")
    assert {v.column for v in server.rows(ContestedValue)} >= {"status"}
    assert fact.result == "applied"
    assert [t.person_id for t in server.rows(TimeWorked)] == [LUC]


def test_an_order_only_accepted_when_it_was_cancelled_is_not_flagged(server: Server) -> None:
    cancel(server, before="dispatched")

    server.push(group(moved("dispatched", "accepted")))

    row = server.row("work_order", ORDER)
    assert row is not None
    assert (row["status"], row["flag"]) == ("cancelled", None)


def test_an_order_finished_twice_keeps_both_crews_facts(server: Server) -> None:
    start(server)

    server.push(finish(LUC))
    second = server.push(finish(ANNE))

    assert status(server) == "done"
    assert {t.person_id for t in server.rows(TimeWorked)} == {LUC, ANNE}
    assert {outcome.result for outcome in second} <= {"applied", "merged"}
    row = server.row("work_order", ORDER)
    assert row is not None
    assert row["completed_by"] == LUC


def test_a_second_finish_says_who_it_would_have_been(server: Server) -> None:
    start(server)
    server.push(finish(LUC))

    moving, _ = server.push(finish(ANNE))

    assert moving.set_aside["completed_by"] == ANNE
    assert moving.columns["completed_by"] == LUC


def test_accepting_what_another_has_finished_is_overtaken_and_asks_nobody(server: Server) -> None:
    start(server)
    server.push(finish(LUC))

    told = server.push(group(moved("dispatched", "accepted"), person=ANNE))

    assert (told[0].result, told[0].set_aside) == ("merged", {"status": "accepted"})
    assert status(server) == "done"
    assert server.rows(ContestedValue) == []


def test_a_contested_value_keeps_both_values_whose_it_is_and_where_it_belongs(
    server: Server,
) -> None:
    server.push(
        group(edit("work_order", ORDER, {"title": "Nid-de-poule 1"}, title="A"), person=BOSS),
        device="B1",
    )
    late = edit("work_order", ORDER, {"title": "Nid-de-poule 1"}, title="B")
    server.push(group(late, person=BOSS), device="B1")

    (value,) = server.rows(ContestedValue)

    assert (value.kept, value.set_aside) == ('"A"', '"B"')
    assert (value.table, value.row_id, value.column) == ("work_order", ORDER, "title")
    assert (value.work_order_id, value.change_id, value.person_id) == (ORDER, late.id, BOSS)
    assert value.settled_at is None


def test_a_contested_value_goes_to_the_tablets_of_its_order(server: Server) -> None:
    start(server)
    cancel(server)
    server.push(finish(LUC))

    (value, *_) = server.rows(ContestedValue)

    row = next(order for order in server.rows(WorkOrder) if order.id == ORDER)
    assert value.buckets == row.buckets


def test_words_that_two_people_added_are_both_kept(server: Server) -> None:
    first = edit("work_order", ORDER, {"description": None}, description="Trou profond.")
    second = edit("work_order", ORDER, {"description": None}, description="Cône en place.")

    server.push(group(first), group(second, person=ANNE))

    row = server.row("work_order", ORDER)
    assert row is not None
    assert row["description"] == "Trou profond.\nCône en place."
    assert server.rows(Comment) == []


def test_work_done_with_a_required_step_unanswered_is_flagged(server: Server) -> None:
    start(server)

    server.push(finish(LUC))

    row = server.row("work_order", ORDER)
    assert row is not None
    assert (row["status"], row["flag"]) == ("done", "steps_missing")


def test_work_done_with_every_step_answered_in_the_same_message_is_not(server: Server) -> None:
    start(server)

    server.push(group(edit("step", step_id(1), {"answer": None}, answer="ok")), finish(LUC))

    row = server.row("work_order", ORDER)
    assert row is not None
    assert (row["status"], row["flag"]) == ("done", None)
