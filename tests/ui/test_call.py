"""A call to 311 by keyboard: what, where, twins while one types, who calls, the number to read."""

from typing import Any

from asset_model.assets import Asset
from field_app.reads.place_search import spots
from tests.ui.desk import Desk, with_desk
from tests.ui.harness import Screen
from tests.ui.incidents import a_report, an_incident
from tests.ui.town import Town

TOLD: dict[str, Any] = {
    "number": "REQ-2026-000031",
    "incident": "i",
    "incident_number": "INC-2026-000021",
    "reports": 1,
    "returned": False,
    "crew": "Voirie Nord",
    "priority": 1,
    "because": {"crew": "Nids-de-poule", "priority": "Mots de danger"},
    "acknowledge_by": None,
    "fix_by": "2026-11-25T21:30:00.000Z",
    "promise": "2 jours ouvrables (Nids-de-poule)",
    "order": None,
}
CALLER: dict[str, Any] = {
    "contact": {"last_name": "Mme Tremblay", "email": "m.t@exemple.ca", "phone": "819 555-0142"},
    "language": "fr",
    "reports": [
        {
            "number": "REQ-2026-000003", "fr": "Lampadaire éteint", "en": "Street light out",
            "place": "3, rue des Pins", "at": "2026-11-20T12:00:00.000Z", "incident": "gone",
            "status": "resolved",
        }
    ],
}  # fmt: skip


def desk_of(town: Town, **more: Any) -> Desk:
    bodies = {"report_look": TOLD, "report_take": TOLD, "caller_history": CALLER,
              "report_withdraw": {"withdrawn": "REQ-2026-000031"}}  # fmt: skip
    return with_desk(town, **{**bodies, **more})


def submit(screen: Screen, key: str, text: str) -> None:
    """Types, and presses Enter."""
    screen.enter(key, text)
    screen.fire(screen.one(key), "submit", text)


def placed(screen: Screen) -> None:
    submit(screen, "call-service", "trou")
    submit(screen, "call-place", "eglise")


def sent(desk: Desk, name: str) -> list[dict[str, Any]]:
    return [body for asked, body in desk.decided if asked == name]


def test_the_first_field_has_the_focus_each_time_the_page_is_gone_to(at_311: Town) -> None:
    desk_of(at_311)

    with at_311.signed_in("isabelle") as screen:
        for _ in range(2):
            before = len(screen.wire.methods)
            screen.tap("go-call")

            assert "focus" in [name for name, _ in screen.wire.methods[before:]]
        assert screen.has("call-service")


def test_a_call_is_registered_by_keyboard_and_its_number_read_out(at_311: Town) -> None:
    desk = desk_of(at_311)

    with at_311.signed_in("isabelle") as screen:
        placed(screen)
        screen.enter("call-words", "Trou dangereux dans la courbe")
        screen.tap("answer-taille-pneu")
        screen.tap("call-take")
        screen.until(lambda: "REQ-2026-000031" in screen.text)

        assert "Pourquoi cette échéance\u00a0: 2 jours ouvrables" in screen.text
        assert "Voirie Nord, par la règle «\u00a0Nids-de-poule\u00a0»" in screen.text
        assert screen.one("call-next").autofocus
        screen.tap("call-next")
        assert screen.has("call-service")
        assert not screen.failures
    (body,) = sent(desk, "report-take")
    assert (body["service"], body["place"]) == (at_311.ids["NID"], "Rue de l’Église")
    assert (body["words"], body["answers"]) == (
        "Trou dangereux dans la courbe",
        {"taille": "pneu"},
    )
    assert (body["incident"], body["apart"], body["contact"]) == (None, [], {})


def test_a_promise_that_has_passed_is_read_out_as_late(at_311: Town) -> None:
    desk_of(at_311, report_take={**TOLD, "fix_by": "2026-11-20T12:00:00.000Z"})

    with at_311.signed_in("isabelle") as screen:
        placed(screen)
        screen.enter("call-words", "Trou")
        screen.tap("answer-taille-main")
        screen.tap("call-take")
        screen.until(lambda: ": c’est en retard." in screen.text)

        assert "À réparer avant" not in screen.text


def test_words_of_danger_are_seen_at_once_with_what_happens_by_which_rule(at_311: Town) -> None:
    desk_of(at_311)

    with at_311.signed_in("isabelle") as screen:
        placed(screen)
        screen.enter("call-words", "Une auto a failli avoir un accident", leave=True)
        screen.until(lambda: "priorité 1, par la règle" in screen.text)

        assert "Mots de danger\u00a0:" in screen.text
        assert "Il va à Voirie Nord" in screen.text
        assert not screen.failures


def test_it_is_not_registered_before_everything_that_must_be_told_is(at_311: Town) -> None:
    desk = desk_of(at_311)

    with at_311.signed_in("isabelle") as screen:
        assert not screen.has("call-place")
        placed(screen)
        screen.enter("call-words", "Gros trou")
        assert screen.one("call-take").disabled
        screen.tap("answer-taille-main")
        assert not screen.one("call-take").disabled
        screen.tap("service-change")

        assert screen.one("call-take").disabled
        assert not sent(desk, "report-take")
        assert not screen.failures


def test_twins_come_while_one_types_and_are_attached_or_told_apart(at_311: Town) -> None:
    desk = desk_of(at_311)
    near: dict[str, Any] = {"longitude": -75.6995, "latitude": 45.4}
    twin = an_incident(at_311, "twin", **near)
    a_report(at_311, "twin", "first", **near)

    with at_311.signed_in("isabelle") as screen:
        placed(screen)
        screen.enter("call-words", "Gros trou devant chez nous")
        screen.tap("answer-taille-main")
        screen.tap(f"attach-{twin}")
        assert "Joindre et enregistrer" in screen.text
        screen.tap(f"apart-{twin}")
        assert not screen.has(f"attach-{twin}")
        screen.tap("call-take")
        screen.until(lambda: screen.has("call-next"))
        assert not screen.failures
    (body,) = sent(desk, "report-take")
    assert (body["incident"], body["apart"]) == (None, [twin])


def test_who_calls_is_known_again_by_their_number(at_311: Town) -> None:
    desk = desk_of(at_311)

    with at_311.signed_in("isabelle") as screen:
        placed(screen)
        screen.enter("call-phone", "819 555-0142", leave=True)
        screen.until(lambda: "REQ-2026-000003" in screen.text)
        screen.tap("call-news-email")
        screen.enter("call-email", "m.t@exemple.ca", leave=True)

        assert screen.one("call-name").value == "Mme Tremblay"
        assert "Ce que cette personne a déjà signalé" in screen.text
        assert "1 signalement auparavant (Échap, puis H)" in screen.text
        assert sent(desk, "caller-history") == [{"asked": "819 555-0142"}]
        screen.enter("call-words", "Trou")
        screen.tap("answer-taille-main")
        screen.tap("call-take")
        screen.until(lambda: screen.has("call-next"))
        assert not screen.failures
    assert sent(desk, "report-take")[0]["contact"] == {
        "last_name": "Mme Tremblay", "phone": "819 555-0142", "email": "m.t@exemple.ca",
        "news_by": "email",
    }  # fmt: skip


def test_a_call_that_the_server_does_not_take_is_kept_and_taken_once(at_311: Town) -> None:
    desk = desk_of(at_311)

    with at_311.signed_in("isabelle") as screen:
        placed(screen)
        screen.enter("call-words", "Trou")
        screen.tap("answer-taille-main")
        desk.silent = True
        screen.tap("call-take")
        screen.until(lambda: screen.has("call-trouble") or "ne répond pas" in screen.text)
        desk.silent = False
        screen.tap("call-take")
        screen.until(lambda: screen.has("call-next"))
        first = sent(desk, "report-take")[0]["id"]
        screen.tap("call-withdraw")
        screen.until(lambda: screen.has("call-take"))

        assert sent(desk, "report-withdraw") == [{"id": first}]
        assert screen.one("call-words").value == "Trou"
        assert not screen.failures


def test_a_crew_takes_no_calls(at_311: Town) -> None:
    with at_311.signed_in("luc", route="/call") as screen:
        assert "Cette page n’est pas de votre rôle." in screen.text
        assert not screen.failures


def test_a_place_is_an_address_a_corner_or_a_street(at_311: Town) -> None:
    with at_311.database.writing() as session:
        street = session.get_one(Asset, at_311.ids["Rue de l’Église"])
        street.attributes = {**street.attributes, "civic_left_from": 2, "civic_left_to": 40}
        crossing = session.get_one(Asset, at_311.ids["Rue des Érables"])
        crossing.geometry = {
            "type": "LineString",
            "coordinates": [[-75.699, 45.4], [-75.699, 45.41]],
        }
    with at_311.database.reading() as session:
        (address, *_), (corner, *_), (whole, *_) = (
            spots(session, said) for said in ("12 eglise", "église et érables", "lac")
        )
        nothing = spots(session, "12 nulle part")
        street_only = spots(session, "999 lac")

    assert address.label == "12, Rue de l’Église"
    assert -75.7 < address.position[0] < -75.699
    assert corner.label == "Rue de l’Église / Rue des Érables"
    assert whole.label == "Chemin du Lac"
    assert nothing == ()
    assert [each.label for each in street_only] == ["Chemin du Lac"]


def test_where_no_service_has_come_yet_the_call_says_so(town: Town) -> None:
    desk_of(town)

    with town.signed_in("diane", route="/call") as screen:
        assert "Les services du 311 ne sont pas encore venus du serveur." in screen.text
