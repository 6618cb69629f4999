"""One failing part must not take the app with it."""

from typing import Any

import flet as ft
import pytest

from field_app.actions import work_orders
from field_app.ui.guard import component
from tests.ui.harness import Screen
from tests.ui.town import Town


@component
def inner_part(count: int) -> Any:
    if count == 1:
        raise ValueError("boom")
    return ft.Text(f"count {count}")


@ft.component
def whole_app() -> Any:
    """Its inner part fails when the count is one."""
    count, set_count = ft.use_state(0)
    more = ft.Button("more", key="more", on_click=lambda: set_count(count + 1))
    return ft.Column([inner_part(count), more])


def test_a_part_that_fails_shows_a_panel_and_comes_back(caplog: pytest.LogCaptureFixture) -> None:
    with Screen(lambda page: page.render(whole_app)) as screen:
        screen.tap("more")
        assert "n’a pas pu s’afficher" in screen.text
        screen.tap("more")

        assert "count 2" in screen.text
        assert not screen.failures
    assert "the component inner_part failed to render" in caplog.text


def test_an_event_handler_that_fails_says_so_and_keeps_the_screen(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*args: Any, **kw: Any) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(work_orders, "move", fails)

    with town.signed_in(route=f"/orders/{town.ids['order']}") as screen:
        screen.tap("main")

        assert "L’application a eu un problème." in screen.text
        assert "Rue de l’Église" in screen.text
        assert not screen.failures
    assert "a bug" in caplog.text


def test_letters_typed_while_the_screen_is_drawn_are_not_lost(town: Town) -> None:
    with town.signed_in() as screen:
        field = screen.one("search")
        screen.session.apply_patch(field._i, {"value": "ru"})
        screen.fire(field, "change", "ru")
        ahead = screen.one("search")
        screen.session.apply_patch(ahead._i, {"value": "rue"})
        town.workplace.changed()
        screen.settle()

        assert screen.one("search").value == "rue"
