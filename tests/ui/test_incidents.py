"""One incident at the office: why it was grouped and routed so, and what one does of it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from asset_model.incidents import GroupingDecision, Incident, IncidentUpdate, Report
from asset_model.work_orders import WorkOrder
from tests.ui.desk import with_desk
from tests.ui.harness import Screen
from tests.ui.incidents import a_report, an_incident
from tests.ui.town import NOW, Town

BECAUSE = {
    "crew": {"value": "VN", "rule": "Nids-de-poule"},
    "priority": {"value": 1, "rule": "Mots de danger"},
}


def kept(town: Town, model: Any, id: str) -> Any:
    with town.database.reading() as session:
        return session.get_one(model, id)


def gone_to(screen: Screen, route: str) -> None:
    screen.fire(screen.page, "route_change", {"route": route})


def decisions(town: Town) -> list[tuple[str, str, str]]:
    with town.database.reading() as session:
        rows = session.scalars(select(GroupingDecision).order_by(GroupingDecision.id)).all()
        return [(row.report_id, row.incident_id, row.verdict) for row in rows]


def test_a_page_tells_rules_reasons_and_what_a_person_set(at_311: Town) -> None:
    by_hand = {"crew_id": at_311.ids["diane"]}
    an_incident(
        at_311, "hole", priority=1, crew_id=at_311.ids["south"], reports_count=2,
        route={"edition": "2026-12", "because": BECAUSE, "by_hand": by_hand},
    )  # fmt: skip
    a_report(at_311, "hole", "first")
    reasons = [{"fr": "à 6 m +2", "en": "6 m apart +2"}]
    a_report(at_311, "hole", "twin", attach_score=0.991, attach_reasons=reasons, rating=2)

    with at_311.signed_in("diane", route=f"/incidents/{at_311.ids['hole']}") as screen:
        assert "Priorité\u00a0: 1, par la règle «\u00a0Mots de danger\u00a0»" in screen.text
        assert "Équipe\u00a0: Voirie Sud, fixé par Diane Roy\u00a0; aucune règle" in screen.text
        assert "Jointe d’elle-même, 99\u00a0% semblable\u00a0: à 6 m +2" in screen.text
        assert "Satisfaction du travail\u00a0: faible" in screen.text
        assert screen.has("strip")
        assert not screen.failures


def test_a_suggestion_is_joined_by_one_press_and_parted_by_undo(at_311: Town) -> None:
    old = an_incident(at_311, "old")
    a_report(at_311, "old", "first", at=NOW - timedelta(hours=9))
    new = an_incident(at_311, "new", description="Nid-de-poule")
    mine = a_report(at_311, "new", "second", latitude=45.40038)

    with at_311.signed_in("isabelle", route=f"/incidents/{new}") as screen:
        assert "Est-ce l’un de ceux-ci?" in screen.text
        screen.tap(f"join-{old}")
        assert kept(at_311, Incident, new).merged_into_id == old
        assert decisions(at_311) == [(mine, old, "same")]
        screen.tap("undo")

        assert kept(at_311, Incident, new).status == "under_review"
        assert decisions(at_311)[-1] == (mine, old, "undecided")
        assert not screen.failures


def test_what_was_told_apart_is_asked_on_neither_page_again(at_311: Town) -> None:
    old, new = an_incident(at_311, "old"), an_incident(at_311, "new")
    first = a_report(at_311, "old", "first", at=NOW - timedelta(hours=9))
    second = a_report(at_311, "new", "second", latitude=45.40038)

    with at_311.signed_in("isabelle", route=f"/incidents/{new}") as screen:
        screen.tap(f"dismiss-{old}")
        assert decisions(at_311) == [(second, old, "other")]
        assert not screen.has(f"dismiss-{old}")
        gone_to(screen, f"/incidents/{old}")

        assert first in at_311.ids.values()
        assert not screen.has(f"dismiss-{new}")
        screen.tap("undo")
        assert screen.has(f"dismiss-{new}")
        assert not screen.failures


def test_a_report_is_taken_out_with_undo(at_311: Town) -> None:
    hole = an_incident(at_311, "hole", reports_count=2)
    a_report(at_311, "hole", "first")
    second = a_report(at_311, "hole", "second", description="Trottoir brisé")

    with at_311.signed_in("diane", route=f"/incidents/{hole}") as screen:
        screen.tap(f"split-{second}")
        moved = kept(at_311, Report, second)
        own = kept(at_311, Incident, moved.incident_id)
        assert (own.description, moved.attached_by) == (None, at_311.ids["diane"])
        assert decisions(at_311) == [(second, hole, "other")]
        screen.tap("undo")

        assert kept(at_311, Incident, own.id).merged_into_id == hole
        assert not screen.failures


def test_a_report_is_put_into_another_incident_by_its_number(at_311: Town) -> None:
    hole, other = an_incident(at_311, "hole", reports_count=2), an_incident(at_311, "other")
    a_report(at_311, "hole", "first")
    second = a_report(at_311, "hole", "second")

    with at_311.signed_in("diane", route=f"/incidents/{hole}") as screen:
        screen.tap(f"move-{second}")
        screen.enter("move-number", "INC-1999-1")
        screen.tap("move-save")
        assert "Aucun incident ouvert ne porte ce numéro." in screen.text
        screen.enter("move-number", kept(at_311, Incident, other).number)
        screen.tap("move-save")

        assert kept(at_311, Report, second).incident_id == other
        assert decisions(at_311) == [(second, other, "same"), (second, hole, "other")]
        assert not screen.failures


def test_the_order_is_made_with_one_touch_and_only_once(at_311: Town) -> None:
    hole = an_incident(
        at_311, "hole", crew_id=at_311.ids["north"], priority=2, fix_by=NOW + timedelta(days=3),
        segment_id=at_311.ids["Rue de l’Église"],
    )  # fmt: skip

    with at_311.signed_in("diane", route=f"/incidents/{hole}") as screen:
        screen.tap("make-order")
        assert "Bon fait et envoyé à Voirie Nord." in screen.text
        assert not screen.has("make-order")
        screen.tap("incident-order")

        assert "Nid-de-poule" in screen.text
        assert not screen.failures
    with at_311.database.reading() as session:
        (order,) = session.scalars(select(WorkOrder).where(WorkOrder.incident_id == hole)).all()
    assert (order.status, order.source, order.priority) == ("dispatched", "incident", 2)
    assert (order.due_at, order.description) == (NOW + timedelta(days=3), "Gros trou")


def test_a_promise_is_suspended_with_a_reason_and_goes_on(at_311: Town) -> None:
    hole = an_incident(at_311, "hole", fix_by=NOW - timedelta(hours=1))

    with at_311.signed_in("diane", route=f"/incidents/{hole}") as screen:
        screen.tap("suspend")
        assert screen.one("suspend-save").disabled
        screen.tap("why-1")
        held = kept(at_311, Incident, hole)
        assert held.suspend_reason == "En attente d’un autre propriétaire (Hydro, Bell, Ministère)"
        assert "Suspendue depuis 03:12 par Diane Roy" in screen.text
        assert "réparation en retard" not in screen.text
        screen.tap("resume")

        assert kept(at_311, Incident, hole).suspended_at is None
        assert not screen.failures


def test_routing_by_hand_says_so_and_can_be_undone(at_311: Town) -> None:
    hole = an_incident(at_311, "hole", crew_id=at_311.ids["north"])

    with at_311.signed_in("diane", route=f"/incidents/{hole}") as screen:
        screen.tap("reroute")
        screen.tap("crew-VS")
        screen.tap("urgency-1")
        screen.tap("reroute-save")
        held = kept(at_311, Incident, hole)
        assert (held.crew_id, held.priority) == (at_311.ids["south"], 1)
        screen.tap("undo")

        held = kept(at_311, Incident, hole)
        assert (held.crew_id, held.priority) == (at_311.ids["north"], 3)
        assert not screen.failures


def test_not_fixed_is_said_by_telephone_and_refusing_needs_an_answer(at_311: Town) -> None:
    hole = an_incident(at_311, "hole", status="resolved", resolved_at=NOW)
    other = an_incident(at_311, "other")

    with at_311.signed_in("isabelle", route=f"/incidents/{hole}") as screen:
        screen.tap("to-reopened")
        screen.enter("words-fr", "Le trou est revenu")
        screen.tap("answer-save")
        gone_to(screen, f"/incidents/{other}")
        screen.tap("to-not_retained")
        assert screen.one("answer-save").disabled
        screen.enter("words-fr", "Terrain privé")
        screen.tap("answer-save")

        assert "Réponse aux citoyens\u00a0: «\u00a0Terrain privé\u00a0»" in screen.text
        assert not screen.failures
    with at_311.database.reading() as session:
        (said,) = session.scalars(select(IncidentUpdate)).all()
    assert (said.kind, said.source, said.words_fr) == ("not_fixed", "phone", "Le trou est revenu")


def test_who_reported_is_asked_of_the_server_alone(at_311: Town) -> None:
    desk = with_desk(at_311, report_contact={"contact": {"last_name": "Tremblay", "email": None}})
    hole = an_incident(at_311, "hole")
    report = a_report(at_311, "hole", "first")

    with at_311.signed_in("diane", route=f"/incidents/{hole}") as screen:
        assert "Tremblay" not in screen.text
        screen.tap(f"contact-{report}")
        screen.until(lambda: "Tremblay" in screen.text)

        assert desk.decided == [("report-contact", {"report": kept(at_311, Report, report).number})]
        assert not screen.failures


def test_a_crew_sees_place_and_problem_and_decides_nothing(at_311: Town) -> None:
    hole = an_incident(at_311, "hole", reports_count=2)

    with at_311.signed_in("luc", width=800, route=f"/incidents/{hole}") as screen:
        assert "Gros trou" in screen.text
        assert "Ce que les citoyens ont écrit se lit au bureau." in screen.text
        for key in ("make-order", "suspend", "reroute", "to-resolved", "acknowledge"):
            assert not screen.has(key)
        assert not screen.failures


def test_in_the_hand_the_page_goes_back_to_the_list_and_a_gone_one_says_so(at_311: Town) -> None:
    before = an_incident(at_311, "before", status="resolved")
    hole = an_incident(at_311, "hole", recurrence_of_id=before)

    with at_311.signed_in("diane", width=800, route=f"/incidents/{hole}") as screen:
        assert "C’est revenu\u00a0: c’était" in screen.text
        screen.tap("see-return-of")
        assert "C’est revenu depuis" in screen.text
        screen.tap("back")
        assert screen.has(f"incident-{hole}")
        gone_to(screen, "/incidents/gone")

        assert "Cet incident n’est pas sur cette tablette." in screen.text
        assert not screen.failures
