"""Language, look and signing out."""

from typing import Any

import flet as ft
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


@pytest.mark.parametrize("look", ["day", "contrast_day"])
def test_all_edges_are_as_thick_as_the_look_has_them(town: Town, look: str) -> None:
    with town.signed_in(route="/me") as screen:
        screen.tap(f"look-{look}")

        assert min(_around(screen)) == tokens.LOOKS[look].edge_px


def _around(screen: Screen) -> list[float]:
    """How thick what is drawn around cards and buttons is."""
    borders = [getattr(control, "border", None) for control in screen.controls()]
    sides = [border.left for border in borders if isinstance(border, ft.Border)]
    buttons = [c.style for c in screen.controls() if isinstance(c, ft.OutlinedButton)]
    outlines: list[Any] = [style.side for style in buttons if style]
    sides += [outline[ft.ControlState.DEFAULT] for outline in outlines]
    return [side.width for side in sides if side.width]


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
