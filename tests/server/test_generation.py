"""Orders that plans ask for: made once, by the server's own hand, and followed to their end."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text

from asset_model.database import open_database
from asset_model.plans import Occurrence
from asset_model.work_orders import Step, WorkOrder
from sync_server.generation import work_out
from sync_server.tables import JournalEntry
from tests.server.garage import a_plan, fill_garage
from tests.server.plan_rig import (
    NOW,
    TRUCK,
    days_later,
    finish,
    occurrences,
    orders,
    run,
    the_order,
)
from tests.sync import rig, town
from tests.sync.rig import Server, edit, insert


@pytest.fixture
def floating(garage: Server) -> Server:
    """A plan of truck 201, every six months since it was done, first due today."""
    garage.write(a_plan(floating=True, starts_on="2026-11-26", lead_days=7, **TRUCK))
    return garage


def test_an_order_says_what_to_do_where_by_when_and_why(floating: Server) -> None:
    run(floating)

    order = the_order(floating)
    assert (order.title, order.kind, order.status) == ("Vidange", "preventive", "planned")
    assert (order.asset_id, order.place) == ("201", "201")
    assert order.due_at == datetime(2026, 11, 26, 21, 0, tzinfo=UTC)
    assert order.due_reason == (
        "Plan d’entretien p1, 26 novembre 2026\u00a0: pour la première fois"
    )
    assert order.number is not None
    (step,) = [step for step in floating.rows(Step) if step.work_order_id == order.id]
    assert (step.label_fr, step.required, step.answer) == ("Huile", True, None)
    (occurrence,) = occurrences(floating)
    assert (occurrence.id, occurrence.status) == (order.id, "generated")


def test_every_one_of_them_is_a_change_in_the_journal_of_nobody_s_device(floating: Server) -> None:
    run(floating)

    made = {order.id for order in orders(floating)}
    with floating.database.reading() as session:
        entries = session.scalars(select(JournalEntry).where(JournalEntry.row.in_(made))).all()
    assert {(e.table, e.op, e.device_id) for e in entries} == {
        ("work_order", "insert", None),
        ("occurrence", "insert", None),
    }


def test_working_plans_out_again_makes_nothing(floating: Server) -> None:
    assert run(floating).written == 1
    assert run(floating).written == 0
    assert run(floating, at=days_later(40)).written == 0

    assert len(orders(floating)) == 1


def test_explaining_writes_nothing(floating: Server) -> None:
    with floating.database.reading() as session:
        worked = work_out(session, now=NOW)

    assert len(worked.found) == 1
    assert occurrences(floating) == []


def test_the_next_one_counts_from_when_the_last_was_done(floating: Server) -> None:
    run(floating)
    finish(floating, the_order(floating).id, on=days_later(10))

    assert (occurrences(floating)[0].status, run(floating, at=days_later(170)).written) == (
        "done",
        0,
    )
    assert run(floating, at=datetime(2027, 5, 30, 12, tzinfo=UTC)).written == 1
    assert occurrences(floating)[1].due_on == date(2027, 6, 6)


def test_a_crew_that_finishes_an_order_far_from_any_signal_moves_the_plan_on(
    garage: Server,
) -> None:
    """The tablet's own words: nothing of it is made on the server."""
    street: dict[str, Any] = {
        "class_code": None,
        "asset_id": town.named("street", "1"),
        "crew_id": town.NORTH,
    }
    garage.write(a_plan(floating=True, starts_on="2026-11-26", **street))
    run(garage)
    order = the_order(garage)
    garage.set("work_order", order.id, status="in_progress")

    outcomes = garage.push(
        rig.group(
            edit("work_order", order.id, {"status": "in_progress", "completed_at": None},
                 status="done", completed_at="2026-11-28T15:00:00.000Z")
        )
    )  # fmt: skip

    assert [outcome.result for outcome in outcomes] == ["applied"]
    (occurrence,) = occurrences(garage)
    assert (occurrence.status, occurrence.done_at) == (
        "done", datetime(2026, 11, 28, 15, tzinfo=UTC),
    )  # fmt: skip
    assert occurrence.buckets == f"district:{town.NORD}"


def test_an_order_that_is_taken_up_again_opens_its_occurrence_again(floating: Server) -> None:
    run(floating)
    order = the_order(floating).id
    finish(floating, order, on=days_later(1))

    floating.set("work_order", order, status="in_progress", completed_at=None)

    (occurrence,) = occurrences(floating)
    assert (occurrence.status, occurrence.done_at) == ("generated", None)


def test_a_cancelled_order_is_a_skipped_occurrence_and_the_plan_goes_on(floating: Server) -> None:
    run(floating)

    floating.set("work_order", the_order(floating).id, status="cancelled", reason="Vendu.")

    assert occurrences(floating)[0].status == "skipped"
    assert run(floating, at=days_later(30)).written == 0
    assert run(floating, at=datetime(2027, 5, 26, 12, tzinfo=UTC)).written == 1


def test_after_a_month_of_downtime_what_was_missed_is_written_down_and_not_made(
    garage: Server,
) -> None:
    garage.write(a_plan(rule="FREQ=WEEKLY;BYDAY=TH", starts_on="2026-01-01", **TRUCK))
    run(garage)
    finish(garage, the_order(garage).id, on=NOW)

    worked = run(garage, at=days_later(33))

    assert worked.written == 4
    told = [(each.due_on.day, each.status) for each in occurrences(garage)]
    assert told == [(26, "done"), (3, "missed"), (10, "missed"), (17, "missed"), (24, "missed")]
    assert len(orders(garage)) == 1
    run(garage, at=days_later(35))
    assert [order.due_at.day for order in orders(garage) if order.due_at] == [26, 31]


def test_while_an_order_is_open_the_next_is_missed_and_not_made(garage: Server) -> None:
    garage.write(a_plan(rule="FREQ=WEEKLY;BYDAY=TH", starts_on="2026-01-01", **TRUCK))
    run(garage)

    for day in range(1, 16):
        run(garage, at=days_later(day))

    assert len(orders(garage)) == 1
    assert [each.status for each in occurrences(garage)] == ["generated", "missed", "missed"]
    assert occurrences(garage)[1].reasons[0] == {"code": "still_open", "day": "2026-11-26"}


def test_what_a_restored_copy_has_lost_is_made_again_under_the_same_ids(
    floating: Server,
) -> None:
    """A copy of before: neither the orders nor how far the plans had been worked out."""
    run(floating)
    lost = {each.id for each in occurrences(floating)}
    again = Server(open_database("sqlite://"))
    rig.fill_sqlite(again.database)
    fill_garage(again)
    again.write(a_plan(floating=True, starts_on="2026-11-26", lead_days=7, **TRUCK))

    run(again, at=days_later(3))

    assert {each.id for each in occurrences(again)} == lost
    again.database.close()


def test_by_the_meter_it_counts_from_what_the_meter_showed_when_it_was_done(garage: Server) -> None:
    """And that is set right by a reading which comes in late."""
    every = {"kind": "meter", "measure": "odometer", "every": 10_000}
    garage.write(
        a_plan(rule="", floating=True, starts_on="2026-01-01", triggers=[every], **TRUCK),
        _reading("a", "2026-01-01", 50_000),
        _reading("b", "2026-10-01", 60_500),
    )
    run(garage)
    finish(garage, the_order(garage).id, on=datetime(2026, 10, 11, 12, tzinfo=UTC))
    garage.write(_reading("c", "2026-11-20", 71_000))

    # On the line between the readings it was done at 62,600: the next is due at 72,600.
    assert run(garage).written == 0

    garage.write(_reading("late", "2026-10-11", 60_900))

    assert run(garage).written == 1
    assert str(orders(garage)[-1].due_reason).endswith(
        "71\u00a0000 au compteur, à faire à 70\u00a0900"
    )


def _reading(row: str, day: str, value: float) -> Any:
    return insert("meter_reading", row, meter_id="km 201", asset_id="201", value=value,
                  taken_at=f"{day}T12:00:00.000Z", source="person")  # fmt: skip


def test_a_plan_that_cannot_be_read_stops_no_other_and_is_named(floating: Server) -> None:
    floating.write(a_plan("p2", class_code=None, active=False, rule="FREQ=NEVER"))
    with floating.database.writing() as session:  # As an older version may have left it.
        session.execute(text("UPDATE maintenance_plan SET active = true WHERE id = 'p2'"))

    worked = run(floating)

    assert [(plan.code, why.code) for plan, why in worked.broken] == [
        ("p2", "plan_rule_unreadable")
    ]
    assert worked.written == 1


def test_a_plan_that_concerns_nothing_any_more_and_a_meter_never_read_are_named(
    garage: Server,
) -> None:
    every = {"kind": "meter", "measure": "odometer", "every": 10_000}
    garage.write(
        a_plan("gone", asset_filter={"kind": ["grader"]}),
        a_plan("oil", rule="", triggers=[every], asset_filter={"kind": ["plow"]}),
    )
    garage.set("asset", "205", status="retired")

    worked = run(garage)

    assert [plan.code for plan in worked.empty] == ["gone"]
    assert {(plan.code, asset) for plan, asset, _ in worked.unread} == {
        ("oil", "201"),
        ("oil", "202"),
    }


def test_soft_orders_keep_within_the_shop_s_week(garage: Server) -> None:
    garage.write(insert("shop", code="garage", name="Garage", weekly_hours=8))
    garage.write(a_plan(rule="FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=27", starts_on="2026-01-01",
                        shop="garage", estimated_hours=4, lead_days=5, grace_days=10))  # fmt: skip

    run(garage)

    assert [each.wanted_on.isoformat() for each in occurrences(garage)] == [
        "2026-11-27", "2026-11-27", "2026-11-30",
    ]  # fmt: skip


def test_what_was_written_is_what_the_feed_tells(floating: Server) -> None:
    run(floating)

    for table, model in (("work_order", WorkOrder), ("occurrence", Occurrence), ("step", Step)):
        for row in floating.rows(model):
            assert floating.row(table, row.id) is not None
    with floating.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Occurrence)) == 1
