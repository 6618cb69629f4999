"""What the office types and has not sent is there after the server was killed, and to nobody else.

Each test tears the session down half-way and signs in anew; the disk is all that is left between.
"""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from field_app.store.drafts import keep_draft
from tests.ui.desk import asked_once, with_desk
from tests.ui.fleet import add_fleet
from tests.ui.harness import Screen
from tests.ui.incidents import an_incident
from tests.ui.matters import act, contest
from tests.ui.test_call import desk_of as desk_of_311
from tests.ui.test_call import placed, sent
from tests.ui.test_kept_words import written_down
from tests.ui.town import Town
from tests.ui.workshops import some_campaigns

UI = Path(__file__).parents[2] / "field_app" / "ui"


def begins_a_call(screen: Screen) -> None:
    placed(screen)
    screen.enter("call-words", "Trou dangereux")
    screen.tap("answer-taille-pneu")
    screen.enter("call-phone", "819 555-0142")


def test_a_half_typed_call_outlives_the_server_and_goes_once_it_is_registered(
    at_311: Town,
) -> None:
    desk = desk_of_311(at_311)
    with at_311.signed_in("isabelle") as screen:
        begins_a_call(screen)

    with at_311.signed_in("isabelle") as screen:
        assert screen.one("call-words").value == "Trou dangereux"
        assert screen.one("call-phone").value == "819 555-0142"
        assert "819 555-0142" in written_down(at_311)
        screen.tap("call-take")
        screen.until(lambda: screen.has("call-next"))
        assert written_down(at_311) == ""
        screen.tap("call-withdraw")
        screen.until(lambda: screen.has("call-take"))
        assert "819 555-0142" in written_down(at_311)
        screen.tap("call-clear")
        assert written_down(at_311) == ""
        assert not screen.failures
    (body,) = sent(desk, "report-take")
    assert (body["words"], body["answers"]) == ("Trou dangereux", {"taille": "pneu"})
    assert body["contact"] == {"phone": "819 555-0142"}


def test_a_call_that_was_sent_when_the_server_died_is_not_taken_twice(at_311: Town) -> None:
    desk = desk_of_311(at_311)
    desk.silent = True
    with at_311.signed_in("isabelle") as screen:
        begins_a_call(screen)
        screen.tap("call-take")
        screen.until(lambda: "ne répond pas" in screen.text)
        first = written_down(at_311)

    desk.silent = False
    with at_311.signed_in("isabelle") as screen:
        screen.tap("call-take")
        screen.until(lambda: screen.has("call-next"))
    (body,) = sent(desk, "report-take")
    assert body["id"] in first


def test_a_caller_is_shown_to_no_other_agent_and_not_after_a_day(at_311: Town) -> None:
    desk_of_311(at_311)
    with at_311.signed_in("isabelle") as screen:
        begins_a_call(screen)

    with at_311.signed_in("diane", route="/call") as other:
        assert "819 555-0142" not in other.text
        assert "Trou dangereux" not in other.text
    at_311.now += timedelta(hours=24)
    with at_311.signed_in("isabelle") as screen:
        assert not screen.has("call-phone")
        assert not screen.failures


def test_what_an_older_version_wrote_otherwise_spoils_no_screen(at_311: Town) -> None:
    entered = {"spot": {"label": "Rue du Pont"}, "service": at_311.ids["NID"]}
    with at_311.database.writing() as session:
        keep_draft(session, "call", at_311.ids["isabelle"], entered, until=None)

    with at_311.signed_in("isabelle") as screen:
        assert screen.has("call-place")
        assert "n’a pas pu s’afficher" not in screen.text


def test_why_a_change_goes_back_to_its_author(town: Town) -> None:
    id = act(town)
    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        screen.tap(f"send-back-{id}")
        screen.enter("word", "Refais la photo")

    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        assert screen.one("word").value == "Refais la photo"
        screen.tap("word-send")
        assert written_down(town) == ""
        assert not screen.failures


def test_a_corrected_value(town: Town) -> None:
    id = contest(town, ("note", "Fissure", "Trou"))
    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        screen.tap(f"correct-{id}")
        screen.enter("value", "Fissure et trou")

    with town.signed_in("diane", route=f"/settle/{id}") as screen:
        assert screen.one("value").value == "Fissure et trou"
        screen.tap("value-save")
        assert written_down(town) == ""
        assert not screen.failures


def test_a_template_that_is_being_written(town: Town) -> None:
    with town.signed_in("diane", route="/templates") as screen:
        screen.tap("template-nid-de-poule")
        screen.tap("edit")
        screen.tap("add-step")
        screen.enter("step-label_fr", "Appeler le 311")
        route = screen.page.route

    with town.signed_in("diane", route=route) as screen:
        assert screen.one("step-label_fr").value == "Appeler le 311"
        screen.tap("save-template")
        assert "Enregistré comme édition 2." in screen.text
        assert written_down(town) == ""
        assert not screen.failures


@pytest.mark.parametrize(
    ("opens", "key", "saves"),
    [
        ("to-not_retained", "words-fr", "answer-save"),
        ("suspend", "suspend-why", "suspend-save"),
    ],
)
def test_what_is_said_of_an_incident(at_311: Town, opens: str, key: str, saves: str) -> None:
    id = an_incident(at_311, "hole", fix_by=at_311.now)
    route = f"/incidents/{id}"
    with at_311.signed_in("diane", route=route) as screen:
        screen.tap(opens)
        screen.enter(key, "C’est un terrain privé")

    with at_311.signed_in("diane", route=route) as screen:
        assert screen.one(key).value == "C’est un terrain privé"
        screen.tap(saves)
        assert written_down(at_311) == ""
        assert not screen.failures


def test_a_campaign_that_is_thought_out(town: Town) -> None:
    add_fleet(town)
    desk = with_desk(town, campaigns=some_campaigns())
    with town.signed_in("sophie", route="/campaigns") as screen:
        asked_once(screen, desk)
        screen.enter("campaign-name", "Hiver 2026")
        screen.tap("kind-plow_truck")

    with town.signed_in("sophie", route="/campaigns") as screen:
        assert screen.one("campaign-name").value == "Hiver 2026"
        assert "plow_truck" in written_down(town)
        assert not screen.failures


def test_why_chosen_orders_rest(town: Town) -> None:
    with town.signed_in("diane") as screen:
        screen.tap(f"choose-{town.ids['order']}")
        screen.tap("bulk-hold")
        screen.enter("bulk-reason", "On attend la grue")

    with town.signed_in("diane") as screen:
        assert screen.one("bulk-reason").value == "On attend la grue"
        screen.tap("bulk-save")
        assert written_down(town) == ""
        assert not screen.failures


SEARCHES = {
    "parts/asset_picker.py", "parts/break_place.py", "parts/template_material.py",
    "parts/template_picker.py", "screens/assets.py", "screens/matters.py", "screens/today.py",
}  # fmt: skip
"""Where what is typed only looks something up."""
SECRETS = {"screens/enrolment.py", "parts/signing.py"}
"""A code of ten minutes, and PINs, which no disk keeps."""


def test_no_form_keeps_what_is_typed_in_memory_alone() -> None:
    """A field's module asks for a draft, is handed one, or is a search; it makes no state."""
    found = {str(file.relative_to(UI)) for file in UI.rglob("*.py") if _forgets(file)}

    assert found - SEARCHES - SECRETS == set()
    assert found >= SEARCHES


def _forgets(file: Path) -> bool:
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
    }
    return "text_field" in called and bool(called & {"use_passing", "use_state"})
