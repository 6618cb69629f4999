"""Many reports of one thing make one incident; what came back says so; a person's word stands."""

from typing import Any

from asset_model.incidents import Incident
from asset_model.sync.wire import Change
from tests.intake.town import HERE, ISABELLE, LAMP, POTHOLE, a_report, incident_of, taken
from tests.sync.rig import Server, edit, group

LATER = "2026-11-24T08:10:00.000Z"


def near(metres: float, **more: Any) -> Change:
    """A report so far north of the first one, a day later."""
    latitude = HERE["latitude"] + metres / 111_195
    return a_report(more.pop("service", POTHOLE), latitude=latitude, reported_at=LATER, **more)


def test_a_second_report_of_one_hole_joins_its_incident(either: Server) -> None:
    first = taken(either, a_report())
    twin = near(6, description="Nid-de-poule dangereux")

    assert taken(either, twin)["id"] == first["id"]

    report = either.row("report", twin.row) or {}
    assert incident_of(either, twin)["reports_count"] == 2
    assert report["attach_score"] > 0.95
    assert {"fr": "même catégorie +1", "en": "same category +1"} in report["attach_reasons"]
    assert report["attached_by"] is None


def test_another_kind_or_another_place_founds_its_own(desk: Server) -> None:
    taken(desk, a_report())
    taken(desk, near(2, service=LAMP))
    taken(desk, near(90))

    assert len(desk.rows(Incident)) == 3


def test_what_was_resolved_comes_back_as_a_new_incident_that_says_of_which(desk: Server) -> None:
    first = taken(desk, a_report())
    resolved = edit(
        "incident", first["id"], {"status": "received"}, status="resolved", answer_fr="Bouché."
    )
    desk.push(group(resolved, person=ISABELLE), device="OFFICE")

    again = taken(desk, near(1))

    assert again["id"] != first["id"]
    assert again["recurrence_of_id"] == first["id"]


def test_a_doubtful_one_waits_for_a_person(desk: Server) -> None:
    first = taken(desk, a_report())
    doubtful = near(42, description="Fissure dans l’asphalte")

    assert taken(desk, doubtful)["id"] != first["id"]

    both = edit(
        "report", doubtful.row, {"incident_id": incident_of(desk, doubtful)["id"]},
        incident_id=first["id"], attached_by=ISABELLE,
    )  # fmt: skip
    (outcome,) = desk.push(group(both, person=ISABELLE), device="OFFICE")

    assert outcome.result == "applied"
    assert incident_of(desk, doubtful)["id"] == first["id"]


def test_twins_are_looked_for_by_the_index_of_places(desk: Server) -> None:
    plans = []
    with desk.database.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT report.id FROM report JOIN incident"
            " ON incident.id = report.incident_id"
            " WHERE report.longitude BETWEEN -75.7 AND -75.69"
            " AND report.latitude BETWEEN 45.4 AND 45.401"
        )
        plans = [row[3] for row in rows]

    assert any("ix_report_longitude_latitude" in plan for plan in plans)
