"""A report becomes an incident, an incident an order, and the work of the order an answer."""

import pytest

from asset_model.incidents import IncidentUpdate
from asset_model.photos import Photo
from asset_model.sync.wire import Change
from tests.intake.town import (
    AT,
    LAMP,
    LEAK,
    POTHOLE,
    THE_LAMP,
    a_report,
    an_order,
    in_words,
    incident_of,
    taken,
)
from tests.sync.rig import Server, edit, group, insert
from tests.sync.town import BOSS, LUC, NORD, NORTH, named

RESOLVED_AT = "2026-11-23T07:50:00.000Z"


def told(server: Server) -> list[tuple[str, str | None]]:
    updates = [u for u in server.rows(IncidentUpdate) if u.kind == "status"]
    return [(u.status, u.words_fr) for u in sorted(updates, key=lambda u: (u.made_at, u.version))]


def photo_of(report: str) -> Change:
    return insert(
        "report_photo", report_id=report, sha256="a" * 64, byte_size=9, media_type="image/jpeg",
        width=4, height=3, thumbnail_sha256="b" * 64, thumbnail_size=5, taken_at=AT,
    )  # fmt: skip


def test_a_report_founds_its_incident_on_its_street(either: Server) -> None:
    report = a_report()

    incident = taken(either, report)

    assert (incident["number"], incident["status"]) == ("INC-2026-000001", "received")
    assert (either.row("report", report.row) or {})["number"] == "REQ-2026-000001"
    assert incident["segment_id"] == named("street", "1")
    assert incident["segment_m"] == pytest.approx(391, abs=1)
    assert (incident["place"], incident["district_id"]) == ("Rue 1", NORD)
    assert (incident["reports_count"], incident["priority"]) == (1, 2)
    assert told(either) == [("received", None)]


def test_the_nearest_lamp_is_meant_where_a_lamp_is_out(desk: Server) -> None:
    assert taken(desk, a_report(LAMP))["asset_id"] == THE_LAMP


def test_an_address_alone_is_kept_in_its_words(desk: Server) -> None:
    incident = taken(desk, a_report(longitude=None, latitude=None, place="derrière l’église"))

    assert (incident["place"], incident["longitude"]) == ("derrière l’église", None)


def test_crews_hear_of_the_problem_and_not_of_the_caller(desk: Server) -> None:
    words = "Trou énorme. Appelez-moi au (819) 555-0123 ou luc@exemple.ca"
    report = a_report(POTHOLE, description=words)

    incident = taken(desk, report)

    assert incident["description"] == "Trou énorme. Appelez-moi au […] ou […]"
    held = {row.id: row.buckets for row in desk.rows(IncidentUpdate)}
    assert set(held.values()) == {"office"}


def test_an_order_carries_place_words_and_pictures(either: Server) -> None:
    report = a_report(LAMP, place="12, rue des Pins")
    incident = taken(either, report, photo_of(report.row))

    order = an_order(incident["id"])
    (outcome,) = either.push(group(order, person=BOSS), device="OFFICE")

    made = either.row("work_order", order.row) or {}
    assert outcome.result == "applied"
    assert (made["description"], made["place"]) == ("Un gros trou.", "12, rue des Pins")
    assert (made["asset_id"], made["district_id"], made["source"]) == (THE_LAMP, NORD, "incident")
    assert (made["longitude"], made["latitude"]) == (-75.695, 45.4001)
    (photo,) = either.rows(Photo)
    assert (photo.sha256, photo.caption, photo.work_order_id) == (
        "a" * 64,
        "REQ-2026-000001",
        order.row,
    )
    assert incident_of(either, report)["status"] == "planned"


def test_a_picture_that_comes_later_goes_onto_the_open_order(desk: Server) -> None:
    report = a_report()
    incident = taken(desk, report)
    desk.write(an_order(incident["id"]))

    desk.write(photo_of(report.row))

    assert [photo.sha256 for photo in desk.rows(Photo)] == ["a" * 64]


def test_one_order_at_most_is_open(either: Server) -> None:
    report = a_report()
    incident = taken(either, report)
    first, second = an_order(incident["id"]), an_order(incident["id"])

    outcomes = either.push(group(first, person=BOSS), group(second, person=BOSS), device="OFFICE")

    assert in_words(outcomes) == ["applied", "incident_has_order"]
    assert outcomes[1].details == {"number": "BT-2026-000005"}


def test_some_services_have_their_order_at_once(desk: Server) -> None:
    incident = taken(desk, a_report(LEAK))

    order = desk.row("work_order", incident["order_id"]) or {}
    assert (order["title"], order["status"], order["priority"]) == ("Fuite d’aqueduc", "planned", 2)
    assert incident["status"] == "planned"


def test_the_crew_s_work_is_the_answer(either: Server) -> None:
    report = a_report()
    incident = taken(either, report)
    order = an_order(incident["id"], "dispatched", crew_id=NORTH)
    either.push(group(order, person=BOSS), device="OFFICE")
    row = order.row

    either.push(
        group(edit("work_order", row, {"status": "dispatched"}, status="in_progress")),
        group(
            edit(
                "work_order", row, {"status": "in_progress"}, status="done",
                completed_at=RESOLVED_AT, completed_by=LUC,
            )
        ),
    )  # fmt: skip

    now = incident_of(either, report)
    assert (now["status"], now["resolved_at"]) == ("resolved", RESOLVED_AT)
    assert [status for status, _ in told(either)] == [
        "received", "resolved", "planned", "in_progress",
    ]  # fmt: skip
    assert now["acknowledged_by"] == BOSS


def done(server: Server) -> tuple[Change, str]:
    """A report whose order is done, and the order."""
    report = a_report()
    order = an_order(taken(server, report)["id"])
    server.write(order)
    server.write(edit("work_order", order.row, {"status": "planned"}, status="in_progress"))
    server.write(
        edit(
            "work_order", order.row, {"status": "in_progress"}, status="done",
            completed_at=RESOLVED_AT,
        )
    )  # fmt: skip
    return report, order.row


def not_fixed(server: Server, report: Change, at: str = "2026-11-24T12:00:00.000Z") -> None:
    incident = incident_of(server, report)["id"]
    server.write(
        insert(
            "incident_update", incident_id=incident, report_id=report.row, kind="not_fixed",
            source="web", made_at=at,
        )
    )  # fmt: skip


def test_not_fixed_opens_it_again_and_closing_the_old_order_does_not_answer_it(
    desk: Server,
) -> None:
    report, order = done(desk)

    not_fixed(desk, report)
    desk.write(edit("work_order", order, {"status": "done"}, status="closed"))

    again = incident_of(desk, report)
    assert (again["status"], again["answer_fr"]) == ("reopened", None)
    (another,) = desk.push(
        group(an_order(incident_of(desk, report)["id"]), person=BOSS), device="OFFICE"
    )
    assert another.result == "applied"


def test_not_fixed_a_season_later_is_kept_and_opens_nothing(desk: Server) -> None:
    report, _ = done(desk)

    not_fixed(desk, report, at="2027-04-01T12:00:00.000Z")

    assert incident_of(desk, report)["status"] == "resolved"
    assert [u.kind for u in desk.rows(IncidentUpdate) if u.report_id] == ["not_fixed"]


def test_an_order_that_is_cancelled_answers_nobody(desk: Server) -> None:
    report = a_report()
    order = an_order(taken(desk, report)["id"])
    desk.write(order)

    desk.write(edit("work_order", order.row, {"status": "planned"}, status="cancelled", reason="x"))

    assert incident_of(desk, report)["status"] == "under_review"
