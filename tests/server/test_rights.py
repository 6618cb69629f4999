"""Who may change what is decided by the server, for every change and every row."""

from typing import Any

import pytest

from asset_model.errors import Refused
from asset_model.sync.wire import Change, Outcome
from asset_model.vocabulary import Role
from sync_server.enrolment import device_of
from tests.sync import town
from tests.sync.rig import Server, an_id, comment, edit, group, insert
from tests.sync.town import ANNE, BOSS, LUC, MARC, NORTH, START, named, order_id, step_id

ORDER = order_id(1)
TITLE = "Nid-de-poule 1"
WHEN = "2026-11-23T08:00:00.000Z"


def a_title() -> Change:
    return edit("work_order", ORDER, {"title": TITLE}, title="Autre")


def an_order(**more: Any) -> Change:
    born = {"title": "Trou", "source": "person", "created_at": WHEN, "crew_id": NORTH}
    return insert("work_order", **{**born, "created_by": LUC, "status": "draft", **more})


def person_of(server: Server, role: str, *, crew: str | None = NORTH) -> str:
    id = an_id()
    server.write(
        insert("person", id, name="X", language="fr", role=role, crew_id=crew, active=True)
    )
    return id


def only(outcomes: list[Outcome]) -> Outcome:
    (outcome,) = outcomes
    return outcome


@pytest.mark.parametrize("role", list(Role))
def test_a_title_is_edited_by_the_office_and_by_nobody_else(server: Server, role: Role) -> None:
    person = person_of(server, role)

    outcome = only(server.push(group(a_title(), person=person)))

    office = role in (Role.FOREMAN, Role.FLEET_MANAGER, Role.ADMINISTRATOR)
    assert outcome.result == ("applied" if office else "refused")
    assert outcome.code == (None if office else "role_not_allowed")
    assert server.row("work_order", ORDER) == {
        **(server.row("work_order", ORDER) or {}),
        "title": "Autre" if office else TITLE,
    }


@pytest.mark.parametrize("role", list(Role))
def test_a_comment_is_added_by_those_who_work_or_report(server: Server, role: Role) -> None:
    person = person_of(server, role)

    outcome = only(server.push(group(comment(ORDER, person=person), person=person)))

    assert outcome.result == ("refused" if role in (Role.DIRECTOR, Role.AUDITOR) else "applied")


def test_a_refused_change_is_kept_whole_in_the_journal(server: Server) -> None:
    change = a_title()

    server.push(group(change))

    entry = server.journal(change)
    assert entry is not None
    assert (entry.before, entry.after) == (change.before, change.after)
    assert (entry.person_id, entry.result, entry.code) == (LUC, "refused", "role_not_allowed")


@pytest.mark.parametrize(
    "change",
    [
        comment(ORDER, person=ANNE),
        insert(
            "status_change",
            work_order_id=ORDER,
            person_id=ANNE,
            to_status="accepted",
            changed_at=WHEN,
        ),
        an_order(created_by=ANNE),
        an_order(completed_by=ANNE),
        edit("work_order", ORDER, {"completed_by": None}, completed_by=ANNE),
        edit("step", step_id(1), {"answered_by": None}, answered_by=ANNE),
    ],
    ids=["comment", "status", "order", "completed order", "completion", "answer"],
)
def test_nobody_signs_for_somebody_else(server: Server, change: Change) -> None:
    outcome = only(server.push(group(change, person=LUC)))

    assert (outcome.result, outcome.code) == ("refused", "role_not_allowed")


def test_a_signature_is_taken_back_by_whoever_reopens_the_work(server: Server) -> None:
    server.push(group(edit("step", step_id(1), {"answered_by": None}, answered_by=LUC)))
    undone = edit("step", step_id(1), {"answered_by": LUC}, answered_by=None)

    assert only(server.push(group(undone, person=ANNE))).result == "applied"


def test_a_person_of_another_crew_does_not_work_with_this_tablet(server: Server) -> None:
    outcome = only(server.push(group(comment(ORDER, person=MARC), person=MARC), device="T1"))

    assert (outcome.result, outcome.code) == ("refused", "person_not_on_device")


def test_a_foreman_works_with_any_tablet(server: Server) -> None:
    assert only(server.push(group(a_title(), person=BOSS), device="T1")).result == "applied"


def test_a_person_whom_the_server_does_not_know_changes_nothing(server: Server) -> None:
    outcome = only(server.push(group(comment(ORDER), person=named("person", "nobody"))))

    assert (outcome.result, outcome.code) == ("refused", "person_unknown")


def test_a_person_who_left_changes_nothing_and_their_words_are_kept(server: Server) -> None:
    server.write(edit("person", LUC, {"active": True}, active=False))
    change = comment(ORDER)

    outcome = only(server.push(group(change)))

    assert outcome.result in ("refused", "parked")
    assert outcome.code in ("person_unknown", "person_inactive")
    entry = server.journal(change)
    assert entry is not None
    assert entry.after["text"] == "Fait."


def test_a_device_that_was_revoked_is_not_known_any_more(server: Server) -> None:
    _, token = town.add_tablet(server.database, "T9", NORTH)
    with server.database.writing() as session:
        device_of(session, token).revoked_at = START

        with pytest.raises(Refused, match="device_unknown"):
            device_of(session, token)


@pytest.mark.parametrize("change", [comment(order_id(2)), edit("step", step_id(2), answer="ok")])
def test_a_row_outside_the_tablet_s_scope_is_out_of_reach(server: Server, change: Change) -> None:
    outcome = only(server.push(group(change)))

    assert (outcome.result, outcome.code) == ("refused", "out_of_scope")


@pytest.mark.parametrize("field", ["number", "flag", "created_at", "created_by", "source", "alias"])
def test_what_the_server_keeps_is_edited_by_nobody(server: Server, field: str) -> None:
    value = WHEN if field == "created_at" else "x"

    outcome = only(
        server.push(group(edit("work_order", ORDER, **{field: value}), person=BOSS), device="B1")
    )

    assert (outcome.result, outcome.code) == ("refused", "column_read_only")


def test_a_crew_reports_an_order_as_a_draft(server: Server) -> None:
    change = an_order()

    assert only(server.push(group(change))).result == "applied"
    row = server.row("work_order", change.row)
    assert row is not None
    assert row["number"] == "BT-2026-000005"


@pytest.mark.parametrize("status", ["planned", "accepted", "done", "closed", "odd"])
def test_a_crew_reports_an_order_in_no_further_status(server: Server, status: str) -> None:
    outcome = only(server.push(group(an_order(status=status))))

    assert (outcome.result, outcome.code) == ("refused", "illegal_transition")


def test_a_crew_gives_a_new_order_to_itself_but_to_no_other_crew(server: Server) -> None:
    own = an_order(status="dispatched")
    others = an_order(status="dispatched", crew_id=named("crew", "south"))

    mine, theirs = server.push(group(own), group(others))

    assert (mine.result, theirs.result) == ("applied", "refused")


def test_the_number_that_a_tablet_gives_itself_is_not_taken(server: Server) -> None:
    change = an_order(number="BT-2026-999999")

    server.push(group(change))

    row = server.row("work_order", change.row)
    assert row is not None
    assert row["number"] == "BT-2026-000005"


def test_an_impossible_transition_is_refused_and_changes_nothing(server: Server) -> None:
    jump = edit("work_order", ORDER, {"status": "dispatched"}, status="closed")

    outcome = only(server.push(group(jump, person=BOSS), device="B1"))

    assert (outcome.result, outcome.code) == ("refused", "illegal_transition")
    row = server.row("work_order", ORDER)
    assert row is not None
    assert row["status"] == "dispatched"
