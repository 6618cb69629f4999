"""A report that an agent takes down on the telephone: once, whole, and taken back if need be."""

from typing import Any

import pytest

from asset_model.bulletins import check_may_decide
from asset_model.errors import Refused
from asset_model.incidents import GroupingDecision, Incident, Report
from asset_model.people import Person
from asset_model.vocabulary import Role
from sync_server.bulletins.asking import Asking
from sync_server.bulletins.decisions import DECISIONS
from sync_server.intake.tables import ContactReading, ReportContact
from tests.intake.test_routing import published
from tests.intake.town import HERE, ISABELLE, LEAK, POTHOLE, a_report, taken
from tests.sync.rig import Server, an_id
from tests.sync.town import BOSS


def asks(server: Server, decision: str, body: dict[str, Any], person: str = ISABELLE) -> Any:
    with server.database.writing() as session:
        asking = Asking(session, server.clock(), session.get_one(Person, person))
        return DECISIONS[decision].work(asking, body, an_id)


def a_call(service: str = POTHOLE, **more: Any) -> dict[str, Any]:
    asked = {"answers": {"profondeur": "grand"}} if service == POTHOLE else {}
    words = "Gros trou, presque un accident"
    contact = {"last_name": "Mme Roy", "phone": "(819) 555-0142", "news_by": "phone"}
    told = {"id": an_id(), "service": service, "words": words, "contact": contact, **HERE, **asked}
    return {**told, **more}


def test_it_is_taken_once_and_its_promise_told_with_the_rules(either: Server) -> None:
    call = a_call()

    told = asks(published(either), "report-take", call)
    again = asks(either, "report-take", call)

    assert (told["number"], again["number"]) == ("REQ-2026-000001",) * 2
    assert (told["crew"], told["priority"], told["reports"]) == ("Voirie nord", 1, 1)
    assert told["because"]["priority"] == "Mots de danger"
    assert told["promise"] == "4 h (Mots de danger)"
    (report,) = either.rows(Report)
    assert (report.source, report.person_id, report.attached_by) == ("phone", ISABELLE, None)
    (kept,) = either.rows(ReportContact)
    assert (kept.phone, kept.news_by) == ("(819) 555-0142", "phone")


def test_it_is_attached_or_kept_apart_as_the_agent_says(desk: Server) -> None:
    first = taken(desk, a_report())["id"]

    attached = asks(desk, "report-take", a_call(incident=first))
    apart = asks(desk, "report-take", a_call(apart=[first], words="Un trou, dit Mme Roy"))

    assert (attached["incident"], attached["reports"]) == (first, 2)
    assert apart["incident"] != first
    assert apart["reports"] == 1
    assert (desk.row("incident", apart["incident"]) or {})["description"] == "Un trou, dit […] […]"
    assert {(row.incident_id, row.verdict) for row in desk.rows(GroupingDecision)} == {
        (first, "same"), (first, "other"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"answers": {}}, "bad_value"),
        ({"service": "nowhere"}, "service_unknown"),
        ({"longitude": None, "latitude": None}, "place_incomplete"),
        ({"longitude": "x"}, "bad_value"),
        ({"contact": {"news_by": "pigeon"}}, "bad_value"),
        ({"apart": "x"}, "bad_value"),
        ({"id": None}, "bad_value"),
    ],
)
def test_what_cannot_be_taken_says_why_and_keeps_nobody(
    desk: Server, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        asks(desk, "report-take", a_call(**more))

    assert desk.rows(ReportContact) == []


def test_what_would_happen_is_told_before_everything_is_answered(desk: Server) -> None:
    told = asks(published(desk), "report-look", a_call(answers={}, contact={}))

    assert told["because"]["crew"] == "Nids-de-poule"
    assert not DECISIONS["report-look"].stands


def test_taken_down_by_mistake_it_is_nobody_s_and_no_work(either: Server) -> None:
    leak = a_call(LEAK)
    made = asks(either, "report-take", leak)

    with pytest.raises(Refused, match="report_unknown"):
        asks(either, "report-withdraw", {"id": leak["id"]}, person=BOSS)
    asks(either, "report-withdraw", {"id": leak["id"]})

    incident = either.row("incident", made["incident"]) or {}
    order = either.row("work_order", incident["order_id"]) or {}
    assert (incident["status"], order["status"]) == ("not_retained", "cancelled")
    assert either.rows(ReportContact) == []


def test_withdrawn_from_among_others_it_leaves_them_alone(desk: Server) -> None:
    first = taken(desk, a_report())["id"]
    call = a_call(incident=first)
    asks(desk, "report-take", call)

    asks(desk, "report-withdraw", {"id": call["id"]})

    stays = desk.row("incident", first) or {}
    assert (stays["status"], stays["reports_count"]) == ("received", 1)
    ended = [row.status for row in desk.rows(Incident) if row.id != first]
    assert ended == ["not_retained"]


def test_a_caller_is_known_by_their_number_and_every_look_is_written_down(desk: Server) -> None:
    asks(desk, "report-take", a_call())

    told = asks(desk, "caller-history", {"asked": "819-555-0142"})

    assert told["contact"]["last_name"] == "Mme Roy"
    assert [each["fr"] for each in told["reports"]] == ["Nid-de-poule"]
    (look,) = desk.rows(ContactReading)
    assert (look.person_id, look.act) == (ISABELLE, "read")
    contact = asks(desk, "report-contact", {"report": told["reports"][0]["number"]}, person=BOSS)
    assert contact["contact"]["phone"] == "(819) 555-0142"


def test_crews_and_readers_may_ask_for_no_caller() -> None:
    for decision in ("report-contact", "caller-history", "report-take", "report-withdraw"):
        for role in (Role.CREW_MEMBER, Role.MECHANIC, Role.DIRECTOR, Role.AUDITOR):
            with pytest.raises(Refused, match="role_not_allowed"):
                check_may_decide(role, decision)


def test_of_a_telephone_that_several_share_no_one_s_address_is_filled_in(desk: Server) -> None:
    for first, email in (("Anne", "anne@exemple.ca"), ("Luc", "luc@exemple.ca")):
        contact = {"first_name": first, "last_name": "Roy", "phone": "819 555-0142", "email": email}
        asks(desk, "report-take", a_call(contact=contact))

    told = asks(desk, "caller-history", {"asked": "819-555-0142"})

    contact = told["contact"]
    assert (contact["last_name"], contact["phone"]) == ("Roy", "819 555-0142")
    assert (contact["first_name"], contact["email"]) == (None, None)
    assert len(told["reports"]) == 2
