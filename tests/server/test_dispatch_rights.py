"""Alerts, notes and jobs of jobs: the server decides who may, where they go, and what must wait."""

from typing import Any

import pytest

from asset_model.alerts import Acknowledgement
from asset_model.sync.wire import Change, Outcome
from asset_model.vocabulary import Role
from sync_server import feed
from tests.server.test_rights import WHEN, an_order, person_of
from tests.sync.rig import Server, an_id, edit, group, insert
from tests.sync.town import ANNE, BOSS, LUC, MARC, NORTH


def buckets(server: Server, table: str, row: str) -> frozenset[str]:
    with server.database.reading() as session:
        (image,) = feed.images(session, [(table, row)], lock=False)
    return image.buckets


def only(outcomes: list[Outcome]) -> Outcome:
    (outcome,) = outcomes
    return outcome


def an_alert(id: str | None = None, **more: Any) -> Change:
    callees = [{"person_id": ANNE, "minutes": 5}]
    born = {"title": "Bris d’aqueduc", "callees": callees, "created_at": WHEN, "created_by": LUC}
    return insert("alert", id or an_id(), **{**born, **more})


def answered(alert: str, person: str) -> Change:
    return insert("acknowledgement", alert_id=alert, person_id=person, acknowledged_at=WHEN)


@pytest.mark.parametrize("role", list(Role))
def test_an_alert_is_raised_by_those_who_work_or_answer_calls(server: Server, role: Role) -> None:
    person = person_of(server, role)

    outcome = only(server.push(group(an_alert(created_by=person), person=person)))

    silent = role in (Role.DIRECTOR, Role.AUDITOR)
    assert outcome.result == ("refused" if silent else "applied")


def test_an_alert_is_dated_by_the_server_and_goes_to_the_whole_town(server: Server) -> None:
    id = an_id()
    server.push(group(an_alert(id, received_at="2020-01-01T00:00:00.000Z")))

    row = server.row("alert", id)

    assert row is not None
    assert row["received_at"] == WHEN
    assert buckets(server, "alert", id) == {"town"}


def test_nobody_says_for_another_that_they_have_it(server: Server) -> None:
    id = an_id()
    server.push(group(an_alert(id)))

    forged = only(server.push(group(answered(id, ANNE), person=LUC)))
    own = only(server.push(group(answered(id, ANNE), person=ANNE)))

    assert (forged.result, forged.code) == ("refused", "role_not_allowed")
    assert own.result == "applied"


def test_an_answer_that_comes_before_its_alert_waits_for_it(server: Server) -> None:
    id = an_id()

    early = only(server.push(group(answered(id, ANNE), person=ANNE)))
    server.push(group(an_alert(id)))

    assert (early.result, early.code) == ("parked", "row_unknown")
    assert [row.person_id for row in server.rows(Acknowledgement)] == [ANNE]


def test_calls_are_the_server_s_own(server: Server) -> None:
    made = insert("alert_call", alert_id=an_id(), person_id=LUC, rank=0, called_at=WHEN,
                  noted_at=WHEN)  # fmt: skip

    outcome = only(server.push(group(made, person=BOSS)))

    assert outcome.code == "role_not_allowed"


def test_a_list_of_callees_that_cannot_be_read_is_refused(server: Server) -> None:
    outcome = only(server.push(group(an_alert(callees=[{"person_id": ANNE}]))))

    assert outcome.code == "bad_value"


def a_family() -> tuple[str, list[Change]]:
    parent = an_id()
    own = {"status": "dispatched", "crew_id": NORTH}
    children = [insert("work_order", **_told(an_order(parent_id=parent, rank=n))) for n in range(2)]
    return parent, [_born(parent, **own), *children]


def _told(change: Change) -> dict[str, Any]:
    return dict(change.after)


def _born(id: str, **more: Any) -> Change:
    return insert("work_order", id, **{**_told(an_order()), **more})


def test_a_parent_ends_only_when_its_jobs_have(server: Server) -> None:
    parent, changes = a_family()
    assert {o.result for o in server.push(group(*changes))} == {"applied"}
    jobs = [change.row for change in changes[1:]]
    moved = edit("work_order", parent, {"status": "dispatched"}, status="cancelled", reason="x")

    early = only(server.push(group(moved, person=BOSS), device="T1"))
    for job in jobs:
        server.set("work_order", job, status="cancelled")
    again = edit("work_order", parent, {"status": "dispatched"}, status="cancelled", reason="x")
    later = only(server.push(group(again, person=BOSS)))

    assert (early.result, early.code) == ("refused", "children_open")
    assert later.result == "applied"


def test_a_job_whose_parent_is_not_here_waits_for_it(server: Server) -> None:
    parent, changes = a_family()

    waiting = only(server.push(group(changes[1])))
    server.push(group(changes[0]))

    assert (waiting.result, waiting.code) == ("parked", "row_unknown")
    assert server.row("work_order", changes[1].row)["parent_id"] == parent  # type: ignore[index]


def test_a_job_never_changes_its_parent(server: Server) -> None:
    _, changes = a_family()
    server.push(group(*changes))
    orphaned = edit("work_order", changes[1].row, {"parent_id": changes[0].row}, parent_id=None)

    outcome = only(server.push(group(orphaned, person=BOSS)))

    assert (outcome.result, outcome.code) == ("refused", "column_read_only")


def test_a_note_goes_to_its_crew_and_so_do_the_marks_of_its_readers(server: Server) -> None:
    note, read = an_id(), an_id()
    written = insert("handover_note", note, crew_id=NORTH, shift_on="2026-11-23", shift="day",
                     text="Vanne 12 fermée", created_at=WHEN, created_by=LUC)  # fmt: skip
    server.push(group(written))
    server.push(group(insert("note_read", read, note_id=note, person_id=ANNE, read_at=WHEN),
                      person=ANNE))  # fmt: skip

    assert buckets(server, "handover_note", note) == {f"crew:{NORTH}"}
    assert buckets(server, "note_read", read) == {f"crew:{NORTH}"}


def test_telephones_never_leave_the_office(server: Server) -> None:
    id = an_id()
    contact = insert("contact", id, employee_id=MARC, phone="819 555-0101")

    outcome = only(server.push(group(contact, person=BOSS), device="B1"))

    assert outcome.result == "applied"
    assert buckets(server, "contact", id) == {"office"}
