"""An emergency on the screens: who is called, what they say, who is sent, what nobody claims."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from asset_model.alerts import Acknowledgement, Alert, Answer
from asset_model.dispatching import Contact, TabletStanding
from asset_model.work_orders import WorkOrder
from tests.ui.town import NOW, Town


def an_alert(town: Town, *people: str, **more: Any) -> Alert:
    town.ids["alert"] = town.workplace.new_id()
    callees = [{"person_id": town.ids[name], "minutes": 5} for name in people]
    told = {"title": "Bris d’aqueduc", "place": "Rue de l’Église", "created_at": NOW}
    return Alert(id=town.ids["alert"], callees=callees, **{**told, **more})


def said(town: Town) -> list[tuple[str, str]]:
    with town.database.reading() as session:
        rows = session.scalars(select(Acknowledgement)).all()
        return [(row.person_id, row.answer) for row in rows]


def kept(town: Town) -> Alert:
    with town.database.reading() as session:
        return session.scalars(select(Alert)).one()


def test_an_alert_is_raised_with_who_is_called_in_which_order(town: Town) -> None:
    with town.signed_in("diane", route="/alerts/new") as screen:
        screen.tap("alert-what-0")
        screen.enter("alert-place", "Rue du Quai, devant le 12")
        for name in ("anne", "luc"):
            screen.tap(f"call-{town.ids[name]}")
        screen.tap("alert-minutes-2")
        screen.tap("alert-raise")

        assert "Personne ne s’en occupe encore. Le suivant est appelé à 03:14." in screen.text
        assert not screen.failures
    assert kept(town).callees == [
        {"person_id": town.ids[name], "minutes": 2} for name in ("anne", "luc")
    ]


def test_who_is_called_has_a_banner_and_one_press_on_whatever_screen(town: Town) -> None:
    town.add(an_alert(town, "luc", "anne"))

    with town.signed_in("luc", route="/me") as screen:
        assert "Bris d’aqueduc" in screen.text
        screen.tap("alert-mine")

        assert said(town) == [(town.ids["luc"], Answer.MINE)]
        assert not screen.has("alert-mine")
        assert not screen.failures


def test_who_is_not_called_yet_has_none_until_it_is_their_turn(town: Town) -> None:
    town.add(an_alert(town, "luc", "anne"))

    with town.signed_in("anne") as screen:
        assert not screen.has("alert-mine")
        town.now = NOW + timedelta(minutes=5)
        screen.resize(1279)
        town.workplace.changed()
        screen.settle()

        assert screen.has("alert-mine")
        assert not screen.failures


def test_who_cannot_passes_it_on_at_once(town: Town) -> None:
    town.add(an_alert(town, "luc", "anne"))

    with town.signed_in("luc") as screen:
        screen.tap("alert-cannot")
        assert not screen.has("alert-mine")
    with town.signed_in("anne") as screen:
        assert screen.has("alert-mine")


def test_what_a_tablet_holds_is_never_told_as_seen(town: Town) -> None:
    standing = {"code": "T1", "crew_id": town.ids["north"], "read_at": NOW, "read_to": 8}
    town.add(
        an_alert(town, "luc", "anne", version=5),
        TabletStanding(id=town.workplace.new_id(), **standing),
    )

    with town.signed_in("diane", route=f"/alerts/{town.ids['alert']}") as screen:
        lines = screen.text
        assert "Appelé à 03:12\u00a0: n’a PAS vu l’alerte" in lines
        assert "sur la tablette de son équipe\u00a0; ce n’est pas une réponse" in lines
        assert "Pas encore appelé" in lines
        assert "s’en occupe depuis" not in lines
        assert not screen.failures


def test_from_the_alert_a_crew_is_sent_and_the_alert_is_closed(town: Town) -> None:
    town.add(an_alert(town, "luc", asset_id=town.ids["Rue de l’Église"]))

    with town.signed_in("diane", route=f"/alerts/{town.ids['alert']}") as screen:
        screen.tap("send-VS")
        assert "Voirie Sud y va." in screen.text
        screen.tap("alert-end-0")

        assert "Fermée à 03:12." in screen.text
        assert not screen.has("send-VS")
        assert not screen.failures
    alert = kept(town)
    with town.database.reading() as session:
        order = session.get_one(WorkOrder, alert.order_id)
    assert (order.kind, order.status, order.crew_id) == (
        "emergency", "dispatched", town.ids["south"],
    )  # fmt: skip
    assert (alert.closed_by, alert.closing_word) == (town.ids["diane"], "L’urgence est terminée")


def test_at_the_end_of_the_list_the_telephone_is_left(town: Town) -> None:
    town.add(
        an_alert(town, "luc", created_at=NOW - timedelta(minutes=9)),
        Contact(id=town.workplace.new_id(), employee_id=town.ids["luc"], phone="819 555-0142"),
    )

    with town.signed_in("diane", route=f"/alerts/{town.ids['alert']}") as screen:
        assert "la liste est épuisée\u00a0: téléphonez" in screen.text
        assert "819 555-0142" in screen.text
        assert not screen.failures
    (page,) = town.workplace.printouts._pages.values()
    assert "819\u00a0555" in page.decode() or "819 555" in page.decode()


def test_a_quiet_town_says_so_and_an_unknown_alert_too(town: Town) -> None:
    with town.signed_in("diane", route="/alerts") as screen:
        assert "Aucune alerte en cours." in screen.text
    with town.signed_in("diane", route="/alerts/gone") as screen:
        assert "Cette alerte n’est pas sur cette tablette." in screen.text
        assert not screen.failures


def test_a_crew_raises_an_alert_without_signal_and_neither_sends_nor_closes(town: Town) -> None:
    town.link.online = False
    town.add(an_alert(town, "anne"))

    with town.signed_in("luc", route=f"/alerts/{town.ids['alert']}") as screen:
        assert screen.has("alert-new")
        assert not screen.has("send-VS")
        assert not screen.has("alert-end-0")
        assert not screen.failures


def test_who_passes_by_a_tablet_reads_that_there_is_an_emergency_and_not_where(town: Town) -> None:
    town.add(an_alert(town, "luc"))

    with town.screen() as screen:
        assert "Bris d’aqueduc\u00a0: personne ne s’en occupe encore." in screen.text
        assert "Rue de l’Église" not in screen.text
        assert not screen.failures
    town.workplace.keep("language", "en")
    with town.screen() as screen:
        assert "Water main break: nobody has it yet. Sign in to see." in screen.text


def test_at_the_door_what_somebody_typed_is_not_told(town: Town) -> None:
    town.add(an_alert(town, "luc", title="M. Roy coincé au 12, rue du Quai"))

    with town.screen() as screen:
        assert "Urgence\u00a0: personne ne s’en occupe encore." in screen.text
        assert "Roy coincé" not in screen.text


def test_nothing_is_told_at_the_door_once_it_is_taken_nor_at_a_desk(town: Town) -> None:
    town.add(an_alert(town, "luc"))
    with town.signed_in("luc") as screen:
        screen.tap("alert-mine")
    with town.screen() as screen:
        assert not screen.has("alert-at-the-door")
    town.add(an_alert(town, "luc"))
    town.workplace.shared_screen = False
    with town.screen() as screen:
        assert "personne ne s’en occupe encore" not in screen.text


def test_a_foreman_has_emergencies_one_press_from_the_board_and_sees_how_many(town: Town) -> None:
    with town.signed_in("diane") as screen:
        assert "Urgences" in screen.text
    town.add(an_alert(town, "luc"))

    with town.signed_in("diane") as screen:
        assert "1 urgence en cours" in screen.text
        screen.tap("board-alerts")
        assert "Bris d’aqueduc" in screen.text
        assert not screen.failures
