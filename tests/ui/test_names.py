"""Everything that can be pressed on a crew's screens has a name, a key, and room for a glove."""

from collections.abc import Iterator
from typing import Any

import flet as ft
import pytest

from field_app.ui.tokens import TARGET_PX
from tests.ui.harness import SHOWN_BY, Screen, _controls
from tests.ui.town import Town

ROUTES = ("/", "/report", "/assets", "/units", "/me", "/sync", "/map", "order", "asset", "driving")


def opened(town: Town, place: str, width: int) -> Screen:
    """Luc's screen at a route, or on the town's order or street, or at the wheel."""
    street = town.ids["Rue de l’Église"]
    named = {"order": f"/orders/{town.ids['order']}", "asset": f"/assets/{street}", "driving": "/"}
    return town.signed_in(width=width, route=named.get(place, place))


def pressed(screen: Screen) -> Iterator[Any]:
    for control in screen.controls():
        if getattr(control, "on_click", None) is not None:
            yield control


def names(screen: Screen) -> dict[int, str]:
    """What a screen reader calls each control: the words in it, or of the node around it."""
    found: dict[int, str] = {}
    for control in screen.controls():
        if isinstance(control, ft.Semantics):
            for inside in _controls(control, set()):
                found.setdefault(id(inside), control.label or words_in(control))
    return found


def words_in(control: Any) -> str:
    told = (
        getattr(one, name, None)
        for one in _controls(control, set())
        for name in (*SHOWN_BY, "tooltip")
    )
    return " ".join(word for word in told if isinstance(word, str))


@pytest.mark.parametrize("place", ROUTES)
@pytest.mark.parametrize("width", [1280, 800])
def test_whatever_is_pressed_has_a_name_a_key_and_room_for_a_glove(
    town: Town, place: str, width: int
) -> None:
    with opened(town, place, width) as screen:
        if place == "driving":
            screen.tap("to-driving")
        called = names(screen)
        every = list(pressed(screen))
        nameless = [
            control.key
            for control in every
            if not (control.key and (called.get(id(control)) or words_in(control)).strip())
        ]
        low = [control.key for control in every if (control.height or TARGET_PX) < TARGET_PX]

        assert (nameless, low, screen.failures) == ([], [], [])
        assert len(every) > 3


def test_the_main_action_comes_last_as_the_eye_goes(town: Town) -> None:
    with town.signed_in(route=f"/orders/{town.ids['order']}", width=800) as screen:
        keys = [control.key for control in pressed(screen)]

    assert keys.index("back") < keys.index("add-time") < keys.index("main")
