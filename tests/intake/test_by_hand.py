"""What people decide of incidents, and what is refused them."""

from typing import Any

import pytest

from asset_model.incidents import Incident, Report
from tests.intake.town import ISABELLE, LEAK, a_report, an_order, in_words, incident_of, taken
from tests.sync.rig import Server, edit, group
from tests.sync.town import BOSS, LUC, NORD


@pytest.mark.parametrize(
    ("after", "code"),
    [
        ({"status": "not_retained"}, "answer_required"),
        ({"status": "resolved", "answer_fr": " "}, "answer_required"),
        ({"status": "in_progress"}, "illegal_incident_move"),
        ({"status": "merged"}, "merge_target_missing"),
        ({"status": "merged", "merged_into_id": "nowhere"}, "merge_target_missing"),
        ({"status": "under_review"}, "applied"),
        ({"status": "not_retained", "answer_fr": "Terrain privé."}, "applied"),
    ],
)
def test_by_hand_an_incident_moves_with_an_answer(
    desk: Server, after: dict[str, str], code: str
) -> None:
    incident = taken(desk, a_report())["id"]

    change = edit("incident", incident, {"status": "received"}, **after)

    assert in_words(desk.push(group(change, person=ISABELLE), device="OFFICE")) == [code]


def test_while_an_order_is_open_nobody_moves_the_incident_by_hand(desk: Server) -> None:
    incident = taken(desk, a_report(LEAK))["id"]

    change = edit("incident", incident, {"status": "planned"}, status="resolved", answer_fr="Fait.")

    assert in_words(desk.push(group(change, person=BOSS), device="OFFICE")) == [
        "illegal_incident_move"
    ]


def test_one_that_is_the_same_hands_its_reports_over(either: Server) -> None:
    one, other = a_report(), a_report(latitude=45.4012)
    kept = taken(either, one)["id"]
    gone = taken(either, other)["id"]

    either.push(
        group(
            edit("incident", gone, {"status": "received"}, status="merged", merged_into_id=kept),
            person=ISABELLE,
        ),
        device="OFFICE",
    )

    moved = either.row("report", other.row) or {}
    assert (moved["incident_id"], moved["attached_by"]) == (kept, ISABELLE)
    counts = [(either.row("incident", id) or {})["reports_count"] for id in (kept, gone)]
    assert counts == [2, 0]
    (refused,) = either.push(group(an_order(gone), person=BOSS), device="OFFICE")
    assert refused.code == "incident_merged"


def test_a_report_that_a_person_attaches_stays_there(desk: Server) -> None:
    kept = taken(desk, a_report())["id"]
    by_phone = a_report(source="phone", incident_id=kept, person_id=ISABELLE, attached_by=ISABELLE)

    (outcome,) = desk.push(group(by_phone, person=ISABELLE), device="OFFICE")

    assert outcome.result == "applied"
    assert incident_of(desk, by_phone)["id"] == kept
    assert incident_of(desk, by_phone)["reports_count"] == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"longitude": None}, "place_incomplete"),
        ({"longitude": 475.0}, "bad_value"),
        ({"description": "x" * 4_001}, "change_oversized"),
        ({"service_id": "nothing"}, "row_unknown"),
        ({"incident_id": "nothing"}, "row_unknown"),
    ],
)
def test_a_report_that_cannot_be_kept_says_why(
    desk: Server, more: dict[str, Any], code: str
) -> None:
    wrong = a_report(**more) if "service_id" not in more else a_report(more["service_id"])

    assert in_words(desk.push(group(wrong, person=ISABELLE), device="OFFICE")) == [code]


def test_a_crew_is_sent_the_incidents_of_its_district_and_no_report(desk: Server) -> None:
    incident = taken(desk, a_report())["id"]
    assert [row.buckets for row in desk.rows(Incident)] == [f"district:{NORD}"]
    assert [row.buckets for row in desk.rows(Report)] == ["office"]

    outcomes = desk.push(
        group(edit("incident", incident, {"status": "received"}, status="under_review")),
        group(a_report(person_id=LUC)),
    )

    assert in_words(outcomes) == ["role_not_allowed", "role_not_allowed"]


def test_an_incident_goes_to_the_crew_that_is_given_its_order(either: Server) -> None:
    incident = taken(either, a_report())["id"]
    order = an_order(incident, "dispatched", crew_id=NORD)

    either.push(group(order, person=BOSS), device="OFFICE")

    row = either.row("incident", incident) or {}
    assert row["crew_id"] == NORD
    assert row["route"]["by_hand"] == {"crew_id": BOSS}
