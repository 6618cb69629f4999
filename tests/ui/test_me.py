"""Language, look and signing out."""

import pytest

from field_app.ui import tokens
from tests.ui.harness import Screen
from tests.ui.town import Town


def test_the_language_changes_at_once(town: Town) -> None:
    with town.signed_in(route="/me") as screen:
        assert _spoken_by_flutter(screen) == "fr"
        screen.tap("language-en")
        assert "Sign out" in screen.text
        assert _spoken_by_flutter(screen) == "en"
        screen.tap("language-fr")
        assert "Fin de session" in screen.text
        assert not screen.failures


def _spoken_by_flutter(screen: Screen) -> str:
    """The language of its menus, and of the page, by which a screen reader pronounces it."""
    spoken = screen.page.locale_configuration
    assert spoken is not None
    assert spoken.current_locale is not None
    return str(spoken.current_locale.language_code)


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
