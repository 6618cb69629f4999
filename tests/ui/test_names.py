"""Everything that can be pressed or filled in has a name, a key, and room for a glove."""

from collections.abc import Iterator
from typing import Any

import flet as ft
import pytest

from field_app.ui.tokens import TARGET_PX
from tests.ui.harness import SHOWN_BY, Screen, _controls
from tests.ui.test_alerts import an_alert
from tests.ui.test_dispatch_board import an_order
from tests.ui.town import NOW, Town

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
        for name in (*SHOWN_BY, "tooltip", "semantics_label")
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


OFFICE = ("/", "/orders", "/map", "/settle", "/alerts", "/alerts/new", "/new", "/notes", "/me",
          "/units", "/rounds", "/assets", "order")  # fmt: skip
"""Those of a foreman that the tablet tells by itself."""
ICONS = (ft.IconButton,)


def unsaid(screen: Screen) -> list[str]:
    """What a screen reader would call by nothing at all, and what it could not tell the kind of."""
    wrong = []
    every = list(screen.controls())
    inside_names = names(screen)
    of_buttons = {id(one.content) for one in every if isinstance(one, ft.Semantics) and one.button}
    for control in every:
        if isinstance(control, ft.TextField) and not control.label:
            wrong.append(f"field {control.key}")
        if isinstance(control, ICONS) and not said_by_icon(control):
            wrong.append(f"icon {control.key}")
        if getattr(control, "on_click", None) is None:
            continue
        if isinstance(control, ft.Container) and id(control) not in of_buttons:
            wrong.append(f"no role {control.key}")
        if not (inside_names.get(id(control)) or words_in(control)).strip():
            wrong.append(f"no name {getattr(control, 'key', '')}")
    return wrong


def said_by_icon(button: Any) -> bool:
    return bool(getattr(button.icon, "semantics_label", None))


def broken_wraps(screen: Screen) -> list[Any]:
    """A row that wraps breaks on a child that is told not to expand (Flet 1.0.5)."""
    return [
        child
        for row in screen.controls()
        if isinstance(row, ft.Row) and row.wrap
        for child in row.controls
        if getattr(child, "expand", None) is not None
    ]


@pytest.mark.parametrize("place", OFFICE)
def test_whatever_a_foreman_presses_or_fills_in_has_a_name_and_a_kind(
    town: Town, place: str
) -> None:
    town.add(an_alert(town, "anne"), an_order(town, "a", due_at=NOW))
    route = f"/orders/{town.ids['order']}" if place == "order" else place

    with town.signed_in("diane", route=route) as screen:
        if place == "/":
            screen.tap(f"choose-{town.ids['a']}")

        assert (unsaid(screen), broken_wraps(screen), screen.failures) == ([], [], [])


@pytest.mark.parametrize("place", ["/", "/report", "/assets", "/units", "/me", "/sync", "order"])
def test_whatever_a_crew_presses_or_fills_in_has_a_name_and_a_kind(town: Town, place: str) -> None:
    with opened(town, place, 800) as screen:
        if place == "order":
            screen.tap("add-time")

        assert (unsaid(screen), broken_wraps(screen), screen.failures) == ([], [], [])


def test_a_screen_reader_ends_one_column_before_it_begins_the_next(town: Town) -> None:
    with town.signed_in("diane") as screen:
        apart = [one for one in screen.controls() if isinstance(one, ft.Semantics)
                 and one.container and not (one.label or one.identifier or one.header)]  # fmt: skip
        columns = [words_in(one) for one in apart]

    assert any("Répartition" in words and "Chercher" not in words for words in columns)
    assert any("Voirie Nord" in words and "Voirie Sud" not in words for words in columns)


def test_the_main_action_comes_last_as_the_eye_goes(town: Town) -> None:
    with town.signed_in(route=f"/orders/{town.ids['order']}", width=800) as screen:
        keys = [control.key for control in pressed(screen)]

    assert keys.index("back") < keys.index("add-time") < keys.index("main")
