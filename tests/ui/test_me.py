"""Language, look and signing out."""

import pytest

from field_app.ui import tokens
from tests.ui.town import Town


def test_the_language_changes_at_once(town: Town) -> None:
    with town.signed_in(route="/me") as screen:
        screen.tap("language-en")
        assert "Sign out" in screen.text
        screen.tap("language-fr")
        assert "Fin de session" in screen.text
        assert not screen.failures


@pytest.mark.parametrize("look", sorted(tokens.LOOKS))
def test_each_look_dresses_the_page_and_is_kept_on_the_tablet(town: Town, look: str) -> None:
    with town.signed_in(route="/me") as screen:
        screen.tap(f"look-{look}")

        assert screen.page.bgcolor == tokens.LOOKS[look].ground
        assert not screen.failures
    assert town.workplace.preference("look", "") == look


def test_who_signs_out_leaves_the_tablet_to_the_next(town: Town) -> None:
    with town.signed_in("luc", route="/me") as screen:
        screen.tap("sign-out")

        assert "Qui êtes-vous" in screen.text
        assert not screen.has("pill")


def test_an_office_screen_remembers_nobody(town: Town) -> None:
    town.workplace.shared_screen = False

    with town.signed_in("diane", route="/me") as screen:
        screen.tap("look-night")

    assert town.workplace.preference("last_person", "nobody") == "nobody"
    assert town.workplace.preference("look", "day") == "day"
