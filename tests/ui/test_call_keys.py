"""What a call is taken down with by keyboard: letters and digits once the field is left."""

from typing import Any

from tests.ui.incidents import a_report, an_incident
from tests.ui.test_call import CALLER, desk_of, placed, sent, submit
from tests.ui.town import Town


def test_keys_answer_send_change_the_place_and_begin_the_next_call(at_311: Town) -> None:
    desk = desk_of(at_311)

    with at_311.signed_in("isabelle") as screen:
        placed(screen)
        screen.enter("call-words", "Gros trou")
        screen.press_key("Escape")
        screen.press_key("2")
        screen.press_key("P")
        submit(screen, "call-place", "eglise")
        screen.press_key("Escape")
        screen.press_key("?")
        for word in ("Changer l’endroit", "Enregistrer l’appel", "Téléphone", "Nouvel appel"):
            assert word in screen.text
        screen.press_key("?")
        screen.press_key("Enter", ctrl=True)
        screen.until(lambda: "REQ-2026-000031" in screen.text)
        screen.press_key("N")

        assert screen.has("call-service")
        screen.press_key("Escape")
        screen.press_key("G")
        screen.press_key("2")
        assert not screen.has("call-service")
        screen.press_key("N")
        assert screen.has("call-service")
        assert not screen.failures
    (body,) = sent(desk, "report-take")
    assert (body["answers"], body["place"]) == ({"taille": "pneu"}, "Rue de l’Église")


def test_ctrl_enter_sends_nothing_that_is_not_whole(at_311: Town) -> None:
    desk = desk_of(at_311)

    with at_311.signed_in("isabelle") as screen:
        placed(screen)
        screen.enter("call-words", "Gros trou")
        screen.press_key("Enter", ctrl=True)

        assert screen.has("call-take")
        assert not sent(desk, "report-take")
        assert not screen.failures


def test_what_a_caller_reported_before_is_opened_by_its_number(at_311: Town) -> None:
    gone = an_incident(at_311, "gone")
    before = {**CALLER["reports"][0], "incident": gone}
    desk_of(at_311, caller_history={**CALLER, "reports": [before]})

    with at_311.signed_in("isabelle") as screen:
        placed(screen)
        screen.enter("call-phone", "819 555-0142", leave=True)
        screen.until(lambda: screen.has("past-REQ-2026-000003"))
        screen.press_key("Escape")
        screen.press_key("H")
        screen.press_key("1")

        assert screen.has("make-order")
        assert not screen.failures


def test_an_incident_is_attached_to_or_told_apart_by_its_number_on_the_keyboard(
    at_311: Town,
) -> None:
    desk = desk_of(at_311)
    near: dict[str, Any] = {"longitude": -75.6995, "latitude": 45.4}
    twin = an_incident(at_311, "twin", **near)
    a_report(at_311, "twin", "first", **near)

    with at_311.signed_in("isabelle") as screen:
        placed(screen)
        screen.enter("call-words", "Gros trou")
        assert "Au clavier\u00a0: Échap, puis J ou A et le numéro." in screen.text
        for key in ("Escape", "1", "?"):
            screen.press_key(key)
        assert "Joindre à l’incident de ce numéro" in screen.text
        for key in ("A", "2"):  # There is one.
            screen.press_key(key)
        for key in ("J", "1"):
            screen.press_key(key)
        screen.press_key("Enter", ctrl=True)
        screen.until(lambda: screen.has("call-next"))
        screen.tap("call-next")
        placed(screen)
        screen.enter("call-words", "Autre chose")
        for key in ("Escape", "1", "A", "1"):
            screen.press_key(key)
        assert not screen.has(f"attach-{twin}")
        screen.press_key("Enter", ctrl=True)
        screen.until(lambda: screen.has("call-next"))
        assert not screen.failures
    attached, apart = sent(desk, "report-take")
    assert (attached["incident"], attached["apart"]) == (twin, [])
    assert (apart["incident"], apart["apart"]) == (None, [twin])
