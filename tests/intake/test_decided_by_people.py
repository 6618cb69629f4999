"""What a person decided of an incident is written down, and no machine undoes it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from asset_model.incidents import GroupingDecision, Incident, IncidentUpdate
from asset_model.sync.wire import Change, Columns
from sync_server.intake.contacts import Contact, keep_contact
from sync_server.routing.editions import publish
from tests.intake.test_routing import published, rule_of
from tests.intake.test_twins import near
from tests.intake.town import AT, HERE, ISABELLE, POTHOLE, a_report, in_words, taken
from tests.sync.rig import Server, edit, group, insert
from tests.sync.town import BOSS, LUC, NORD, NORTH

WORDS = "Danger! Anne Quatorzeville, 819 555-0142"


def by(server: Server, *changes: Change, person: str = ISABELLE) -> list[str]:
    return in_words(server.push(group(*changes, person=person), device="OFFICE"))


def incident(server: Server, id: str) -> Columns:
    return server.row("incident", id) or {}


def noted(server: Server, id: str) -> list[str]:
    rows = [u for u in server.rows(IncidentUpdate) if u.incident_id == id and u.kind != "status"]
    return [row.kind for row in sorted(rows, key=lambda row: row.version)]


def decision(report: str, incident: str, verdict: str = "other", **more: Any) -> Change:
    said = {"person_id": ISABELLE, "decided_at": AT, "verdict": verdict, **more}
    return insert("grouping_decision", report_id=report, incident_id=incident, **said)


def taken_out(server: Server) -> tuple[str, Change, Change]:
    """An incident of two reports of which a person has taken the second out."""
    kept = taken(server, a_report())["id"]
    second = near(6, description=WORDS)
    assert taken(server, second)["id"] == kept
    with server.database.writing() as session:
        keep_contact(session, second.row, Contact(last_name="Quatorzeville"),
                     now=server.clock())  # fmt: skip
    own = insert("incident", service_id=POTHOLE, description=WORDS, opened_at=AT, **HERE)
    moved = edit("report", second.row, {"incident_id": kept}, incident_id=own.row,
                 attached_by=ISABELLE)  # fmt: skip
    assert by(server, own, moved, decision(second.row, kept)) == ["applied"] * 3
    return kept, second, own


def test_a_report_that_is_taken_out_founds_a_whole_incident(either: Server) -> None:
    kept, _, own = taken_out(published(either))

    founded = incident(either, own.row)
    assert (founded["district_id"], founded["crew_id"]) == (NORD, NORTH)
    assert founded["description"] == "Danger! Anne […], […]"
    assert rule_of(founded, "crew") == "Nids-de-poule"
    assert (rule_of(founded, "priority"), founded["priority"]) == ("Mots de danger", 1)
    assert [incident(either, id)["reports_count"] for id in (kept, own.row)] == [1, 1]
    assert (noted(either, kept), noted(either, own.row)) == (["left"], ["joined"])
    buckets = {row.id: row.buckets for row in either.rows(Incident)}
    assert f"district:{NORD}" in buckets[own.row]


def test_no_later_report_puts_back_what_a_person_took_out(desk: Server) -> None:
    kept, second, own = taken_out(desk)

    for metres in (3, 4, 7):
        desk.write(near(metres))

    report = desk.row("report", second.row) or {}
    assert (report["incident_id"], report["attached_by"]) == (own.row, ISABELLE)
    assert incident(desk, kept)["status"] == "received"
    assert [row.verdict for row in desk.rows(GroupingDecision)] == ["other"]


def test_a_crew_decides_nothing_and_no_word_is_made_up(desk: Server) -> None:
    report = a_report()
    kept = taken(desk, report)["id"]

    crew = desk.push(group(decision(report.row, kept, person_id=LUC)))

    assert in_words(crew) == ["role_not_allowed"]
    assert by(desk, decision(report.row, kept, "perhaps")) == ["bad_value"]
    assert by(desk, decision("nowhere", kept)) == ["row_unknown"]
    assert by(desk, decision(report.row, kept, person_id=BOSS)) == ["role_not_allowed"]


def suspended(server: Server, id: str, reason: str | None = "Hydro") -> list[str]:
    change = edit("incident", id, {}, suspended_at=AT, suspended_by=ISABELLE, suspend_reason=reason)
    return by(server, change)


def test_a_promise_stands_still_with_a_reason_and_goes_on_by_as_much_later(desk: Server) -> None:
    id = taken(published(desk), a_report())["id"]
    due = incident(desk, id)["fix_by"]

    assert suspended(desk, id, " ") == ["suspend_reason_required"]
    assert suspended(desk, id) == ["applied"]
    still = {"suspended_at": AT, "suspended_by": ISABELLE, "suspend_reason": "Hydro"}
    on = edit("incident", id, still, suspended_at=None, suspended_by=BOSS, suspend_reason=None)
    again = edit("incident", id, still, suspended_at=None, suspended_by=BOSS, suspend_reason=None)
    by(desk, on, person=BOSS)
    once = incident(desk, id)
    by(desk, again, person=BOSS)

    assert due < once["fix_by"] == incident(desk, id)["fix_by"]
    assert once["route"]["soon"]["fix_by"] < once["fix_by"]
    assert (once["suspended_at"], once["suspend_reason"]) == (None, None)
    assert noted(desk, id) == ["suspended", "resumed"]
    desk.write(a_report(reported_at="2026-11-24T08:10:00.000Z"))
    later = incident(desk, id)
    assert later["fix_by"] == once["fix_by"]
    assert later["route"]["soon"] == once["route"]["soon"]


def test_a_promise_goes_on_in_the_calendar_by_which_it_was_made(desk: Server) -> None:
    id = taken(published(desk), a_report())["id"]
    made = incident(desk, id)["acknowledge_by"]
    rules = [{"name": "tout", "then": {"priority": 3}}]
    with desk.database.writing() as session:
        day_later = datetime(2026, 11, 23, 12, tzinfo=UTC)
        document = {"edition": "2027-01", "rule": rules}
        publish(session, document, id="b", person_id=None, now=day_later)
    still = {"suspended_at": "2026-11-21T12:00:00.000Z", "suspended_by": ISABELLE,
             "suspend_reason": "Gel"}  # fmt: skip
    by(desk, edit("incident", id, {}, **still))

    by(desk, edit("incident", id, still, **dict.fromkeys(still)))

    # From a Saturday to Monday morning one day is worked: from Wednesday's end to Thursday's.
    assert (made, incident(desk, id)["acknowledge_by"]) == (
        "2026-11-25T21:30:00.000Z", "2026-11-26T21:30:00.000Z",
    )  # fmt: skip


@pytest.mark.parametrize("priority", [2, 3, 4])
def test_a_route_that_a_person_set_stays_even_where_a_rule_says_the_same(
    desk: Server, priority: int
) -> None:
    id = taken(published(desk), a_report())["id"]
    other = 1 if priority == 3 else 3
    by(desk, edit("incident", id, {"priority": 3}, priority=other))
    by(desk, edit("incident", id, {"priority": other}, priority=priority))

    desk.write(near(2), near(3))  # A rule makes it 2 from the second report on.

    routed = incident(desk, id)
    assert routed["priority"] == priority
    assert routed["route"]["by_hand"] == {"priority": ISABELLE}
    assert "routed" in noted(desk, id)


def test_what_was_promised_of_a_measured_hole_no_rule_moves(desk: Server) -> None:
    id = taken(published(desk), a_report())["id"]
    before = {name: incident(desk, id)[name] for name in ("fix_by", "promise_reason")}
    measured = {"fix_by": "2026-12-07T13:00:00.000Z", "promise_reason": "1 100 cm² sur 9 cm"}

    assert by(desk, edit("incident", id, before, **measured)) == ["applied"]
    desk.write(near(2), near(3))

    routed = incident(desk, id)
    assert {name: routed[name] for name in measured} == measured
    assert "fix_by" not in routed["route"]["soon"]
    assert "routed" in noted(desk, id)
