"""The office's incidents: what is late comes first, and what the list is narrowed to."""

from datetime import timedelta
from typing import Any

from asset_model.incidents import Incident
from asset_model.work_orders import WorkOrder
from field_app.reads.incidents import View, Wanted, counts, incidents
from tests.ui.incidents import an_incident
from tests.ui.town import NOW, Town


def test_what_is_late_comes_first_and_what_is_suspended_last(at_311: Town) -> None:
    soon = {"soon": {"fix_by": (NOW - timedelta(minutes=1)).isoformat()}}
    later = {"soon": {"fix_by": "2026-12-01T00:00:00.000Z"}}
    those: dict[str, dict[str, Any]] = {
        "fine": {"fix_by": NOW + timedelta(days=9), "route": later},
        "soon": {"fix_by": NOW + timedelta(days=3), "route": soon},
        "late": {"fix_by": NOW - timedelta(hours=2)},
        "still": {"fix_by": NOW - timedelta(days=1), "suspended_at": NOW - timedelta(days=2)},
        "answer": {"acknowledge_by": NOW + timedelta(hours=2), "fix_by": NOW + timedelta(days=9)},
        "gone": {"status": "resolved", "fix_by": NOW - timedelta(days=9)},
    }  # fmt: skip
    for name, more in those.items():  # fmt: skip
        an_incident(at_311, name, **more)

    with at_311.database.reading() as session:
        listed = incidents(session, Wanted(), now=NOW)
        pressing = incidents(session, Wanted(View.PRESSING), now=NOW)
        many = counts(session, now=NOW)
    names = {id: name for name, id in at_311.ids.items()}

    assert [names[line.incident.id] for line in listed.lines] == [
        "late", "answer", "soon", "fine", "still",
    ]  # fmt: skip
    standings = [line.promise.standing for line in listed.lines]
    assert standings == ["late", "soon", "soon", "fine", "suspended"]
    assert {names[line.incident.id] for line in pressing.lines} == {"late", "answer", "soon"}
    assert many == {View.OPEN: 5, View.PRESSING: 3, View.REOPENED: 0, View.SUSPENDED: 1}


def test_a_foreman_sees_on_the_rail_how_many_press_and_opens_one(at_311: Town) -> None:
    late = an_incident(at_311, "late", fix_by=NOW - timedelta(hours=2), promise_reason="14 jours")
    an_incident(at_311, "back", status="reopened", reopened_at=NOW)

    with at_311.signed_in("diane") as screen:
        screen.tap("go-incidents")
        assert "En retard ou presque · 1" in screen.text
        assert "Non réglés · 1" in screen.text
        screen.tap("view-pressing")
        assert not screen.has(f"incident-{at_311.ids['back']}")
        screen.tap(f"incident-{late}")

        assert "réparation en retard de 2\u00a0h" in screen.text
        assert "14 jours" in screen.text
        assert not screen.failures


def test_lists_are_narrowed_by_service_and_words_and_say_when_nothing_is_so(at_311: Town) -> None:
    hole = an_incident(at_311, "hole", place="12, rue des Pins")
    lamp = an_incident(at_311, "lamp", service_id=at_311.ids["LAMPE"])

    with at_311.signed_in("diane", route="/incidents") as screen:
        screen.tap(f"incident-service-{at_311.ids['LAMPE']}")
        assert screen.has(f"incident-{lamp}")
        assert not screen.has(f"incident-{hole}")
        screen.enter("search", "pins")

        assert "Aucun incident n’est ainsi. Cherchez autrement." in screen.text
        assert not screen.failures


def test_the_board_tells_what_will_be_late_before_it_is(at_311: Town) -> None:
    with at_311.signed_in("diane") as screen:
        assert not screen.has("board-promises")
    an_incident(at_311, "soon", fix_by=NOW + timedelta(hours=3))
    an_incident(at_311, "fine", fix_by=NOW + timedelta(days=3))

    with at_311.signed_in("diane") as screen:
        assert "1 incident à surveiller" in screen.text
        screen.tap("board-promises")
        assert screen.has(f"incident-{at_311.ids['soon']}")
        assert not screen.failures


def test_an_order_says_what_citizens_will_be_told_and_the_crew_reads_it(at_311: Town) -> None:
    hole = an_incident(at_311, "hole", description="Gros trou")
    with at_311.database.writing() as session:
        session.get_one(WorkOrder, at_311.ids["order"]).incident_id = hole

    with at_311.signed_in("diane", route=f"/orders/{at_311.ids['order']}") as screen:
        assert "Le travail est terminé." in screen.text
        screen.tap("answer-open")
        screen.tap("answer-for_now")
        assert "la réparation permanente suivra" in screen.text
        screen.tap("to-incident")
        assert not screen.failures
    with at_311.signed_in("luc", route=f"/orders/{at_311.ids['order']}") as screen:
        assert "la réparation permanente suivra" in screen.text
        assert not screen.has("answer-open")
        assert not screen.failures
    with at_311.database.reading() as session:
        told = session.get_one(Incident, hole)
    assert told.answer_en == "It has been repaired for now; a lasting repair will follow."
