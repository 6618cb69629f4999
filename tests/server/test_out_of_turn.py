"""Work that begins before its turn is taken as told, and the foreman hears of it."""

from typing import Any

from asset_model.matters import Matter
from asset_model.sync.wire import Change
from tests.server.test_rights import an_order
from tests.sync.rig import Server, an_id, edit, group, insert
from tests.sync.town import ANNE, BOSS, LUC, NORTH

BEGAN, EARLIER, LATER = (f"2026-11-23T0{hour}:00:00.000Z" for hour in (8, 7, 9))


def a_family(server: Server) -> tuple[str, str, str]:
    """A parent with a job to dig, and one to repair after it."""
    parent, dig, repair = an_id(), an_id(), an_id()
    own = {"status": "dispatched", "crew_id": NORTH, "created_by": BOSS}
    jobs = [
        _born(parent, **own),
        _born(dig, title="Excaver", parent_id=parent, rank=1, **own),
        _born(repair, title="Réparer", parent_id=parent, rank=2, after_ids=[dig], **own),
    ]
    assert {o.result for o in server.push(group(*jobs, person=BOSS), device="B1")} == {"applied"}
    return parent, dig, repair


def _born(id: str, **more: Any) -> Change:
    return insert("work_order", id, **an_order(**more).after)


def started(order: str) -> Change:
    return edit("work_order", order, {"status": "dispatched"}, status="in_progress")


def done(order: str, at: str) -> Change:
    before = {"status": "in_progress", "completed_at": None}
    return edit("work_order", order, before, status="done", completed_at=at)


def matters(server: Server) -> list[Matter]:
    return [matter for matter in server.rows(Matter) if matter.kind == "turn"]


def test_a_job_begun_before_its_turn_is_begun_and_a_matter_tells_of_it(server: Server) -> None:
    _, dig, repair = a_family(server)

    (outcome,) = server.push(group(started(repair), person=LUC))

    (matter,) = matters(server)
    assert outcome.result == "applied"
    assert (matter.state, matter.work_order_id, matter.person_id) == ("open", repair, LUC)
    assert [one["id"] for one in matter.details["before"]] == [dig]
    assert f"crew:{NORTH}" in matter.buckets


def test_a_job_whose_turn_it_is_raises_nothing(server: Server) -> None:
    _, dig, repair = a_family(server)
    server.push(group(started(dig), person=LUC))
    server.push(group(done(dig, EARLIER), person=LUC))

    server.push(group(started(repair), person=LUC))

    assert matters(server) == []


def test_a_start_that_is_heard_before_the_end_of_the_job_before_it_settles_itself(
    server: Server,
) -> None:
    _, dig, repair = a_family(server)
    server.push(group(started(repair), person=LUC))
    server.push(group(started(dig), person=ANNE))

    server.push(group(done(dig, EARLIER), person=ANNE))

    (matter,) = matters(server)
    assert (matter.state, matter.choice) == ("settled", "by_itself")


def test_a_job_before_it_that_is_done_later_settles_nothing(server: Server) -> None:
    _, dig, repair = a_family(server)
    server.push(group(started(repair), person=LUC))
    server.push(group(started(dig), person=ANNE))

    server.push(group(done(dig, LATER), person=ANNE))

    assert [matter.state for matter in matters(server)] == ["open"]


def test_a_start_taken_back_settles_itself_even_when_both_are_heard_at_once(
    server: Server,
) -> None:
    _, _, repair = a_family(server)
    back = edit("work_order", repair, {"status": "in_progress"}, status="accepted")

    server.push(group(started(repair), person=LUC), group(back, person=LUC))

    assert [matter.state for matter in matters(server)] == ["settled"]


def test_going_on_after_a_rest_raises_nothing_more(server: Server) -> None:
    _, _, repair = a_family(server)
    server.push(group(started(repair), person=LUC))
    rest = {"status": "on_hold", "reason": "Pluie"}
    server.push(group(edit("work_order", repair, {"status": "in_progress"}, **rest), person=LUC))

    again = edit("work_order", repair, {"status": "on_hold"}, status="in_progress")
    server.push(group(again, person=LUC))

    assert len(matters(server)) == 1


def test_the_foreman_has_seen_it_and_nobody_else_may_say_so(server: Server) -> None:
    _, _, repair = a_family(server)
    server.push(group(started(repair), person=LUC))
    (matter,) = matters(server)
    seen = {"matter_id": matter.id, "choice": "seen", "settled_at": BEGAN}

    by_crew = insert("settlement", person_id=ANNE, **seen)
    (refused,) = server.push(group(by_crew, person=ANNE))
    server.push(group(insert("settlement", person_id=BOSS, **seen), person=BOSS), device="B1")

    assert refused.code == "role_not_allowed"
    assert [(each.state, each.settled_by) for each in matters(server)] == [("settled", BOSS)]
