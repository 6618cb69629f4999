"""What is typed and not saved yet is there after a turn of the screen, and after a reload."""

import pytest
from sqlalchemy import select

from asset_model.vocabulary import StepKind
from field_app.store.local import Draft
from tests.ui.fleet import add_fleet
from tests.ui.harness import Screen
from tests.ui.test_crew_facts import a_step, route, sign_with  # noqa: F401 -- a fixture
from tests.ui.town import Town
from tests.ui.water import lay_main


def stays(town: Town, screen: Screen, key: str, words: str, *, who: str = "luc") -> None:
    """Turned, then opened anew as after a reload: the field still holds the words."""
    screen.enter(key, words)
    screen.resize(800)
    assert screen.one(key).value == words
    with town.signed_in(who, route=screen.page.route) as again:
        assert again.one(key).value == words
        assert not again.failures


def written_down(town: Town) -> str:
    with town.database.reading() as session:
        return " ".join(str(row.entered) for row in session.scalars(select(Draft)))


def test_why_an_order_is_put_on_hold(town: Town, route: str) -> None:  # noqa: F811
    with town.signed_in(route=route) as screen:
        screen.tap("to-on_hold")
        stays(town, screen, "reason", "On attend la grue")
        screen.tap("reason-save")
        assert "On attend la grue" not in written_down(town)


def test_what_a_meter_shows(town: Town, route: str) -> None:  # noqa: F811
    a_step(town, StepKind.METER_READING, unit="h")
    with town.signed_in(route=route) as screen:
        stays(town, screen, "answer-9", "1204,5")
        screen.tap("answer-9-save")
        assert "1204,5" not in written_down(town)


def test_a_signature_that_is_being_drawn(town: Town, route: str) -> None:  # noqa: F811
    step = a_step(town, StepKind.SIGNATURE)
    with town.signed_in(route=route) as screen:
        screen.tap(f"answer-{step.rank}-sign")
        stays(town, screen, "signer", "Mme Fortin")
        pad = "signature-pad"
        at = {"x": 20, "y": 60}
        for move, x in (("pan_start", 20), *(("pan_update", x) for x in range(30, 150, 10))):
            at = {"x": x, "y": 60}
            screen.fire(screen.one(pad), move, {"k": "touch", "l": at, "g": at})
        screen.fire(screen.one(pad), "pan_end", {"l": at, "g": at, "v": {"x": 0, "y": 0}})
        screen.resize(1280)
        assert not screen.one("signature-save").disabled
    with town.signed_in(route=route) as screen:
        assert not screen.one("signature-save").disabled
        screen.tap("signature-clear")
        assert "140.0" not in written_down(town)


def test_what_an_alert_is_about_and_for_whom(town: Town) -> None:
    street = town.ids["Rue des Érables"]
    with town.signed_in("diane", route="/alerts/new") as screen:
        screen.enter("asset-search", "érables")
        screen.tap("asset-T-2")
        stays(town, screen, "alert-details", "Deux sous-sols", who="diane")
        assert street in written_down(town)


def test_the_note_for_the_next_shift(town: Town) -> None:
    with town.signed_in(route="/notes") as screen:
        stays(town, screen, "note-text", "La pompe du 12 perd son huile")


def test_the_measures_of_a_closure(town: Town) -> None:
    lay_main(town)
    with town.signed_in(route="/orders/break") as screen:
        screen.tap("close-street")
        assert "De\n" in screen.text
        stays(town, screen, "closure-from_m", "12")
        screen.tap("closure-back")
        screen.tap("close-street")
        assert screen.one("closure-from_m").value == "12"


@pytest.mark.parametrize("key", ["words", "defect-note"])
def test_what_is_wrong_in_a_circle_check(town: Town, key: str) -> None:
    add_fleet(town)
    with town.signed_in(route=f"/units/{town.ids['214']}/check") as screen:
        screen.tap("check-minor")
        stays(town, screen, key, "Boulon desserré")


def test_a_pin_is_never_written_down(town: Town) -> None:
    add_fleet(town)
    with town.signed_in("diane", route=f"/units/{town.ids['214']}") as screen:
        screen.tap("exception-open")
        stays(town, screen, "why", "Verglas, aucune autre unité", who="diane")
        screen.enter("exception-pin", "2580")

        assert "Verglas" in written_down(town)
        assert "2580" not in written_down(town)


def test_a_new_order_with_its_place_until_it_is_made(town: Town) -> None:
    street = town.ids["Chemin du Lac"]
    with town.signed_in("diane", route=f"/new/asset/{street}") as screen:
        screen.tap("crew-VS")
        screen.enter("safety-note", "Fils bas")
        stays(town, screen, "title", "Reprofiler l’accotement", who="diane")
    with town.signed_in("luc", route="/new") as other:
        assert "Reprofiler" not in other.text
    with town.signed_in("diane", route="/new") as screen:
        assert screen.has("asset-change")
        assert "Chemin du Lac" in screen.text
        screen.tap("create")
        assert "Reprofiler" not in written_down(town)
    with town.signed_in("diane", route="/new") as screen:
        assert (screen.one("title").value, screen.one("safety-note").value) == ("", "")
