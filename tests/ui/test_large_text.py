"""Letters of twice the size: the screen is laid out as a narrower one, and nothing is cut."""

from typing import Any

import flet as ft
import pytest

from field_app.ui.scale import percent_of
from tests.ui.harness import Screen
from tests.ui.test_dispatch_board import an_order
from tests.ui.town import NOW, Town


def enlarged(screen: Screen, percent: int) -> None:
    first = next(key for key in ("go-dispatch", "go-today") if screen.has(key))
    screen.tap("go-me")
    screen.tap(f"text-{percent}")
    screen.tap(first)


def cut(screen: Screen) -> list[Any]:
    """What is pressed, has words, and keeps a height of its own: letters would not fit in it."""
    return [
        one.key
        for one in screen.controls()
        if getattr(one, "on_click", None) is not None
        and getattr(one, "height", None) is not None
        and not isinstance(one, ft.IconButton | ft.PopupMenuItem)
    ]


@pytest.mark.parametrize("width", [1280, 800])
@pytest.mark.parametrize("who", ["luc", "diane"])
def test_what_is_pressed_grows_with_its_letters(town: Town, who: str, width: int) -> None:
    town.add(an_order(town, "a", due_at=NOW))

    with town.signed_in(who, width=width) as screen:
        assert cut(screen)
        enlarged(screen, 200)

        assert cut(screen) == []
        assert not screen.failures


def test_a_wide_screen_of_large_letters_has_one_column_and_its_bar_at_the_foot(town: Town) -> None:
    with town.signed_in("luc") as screen:
        assert screen.page.data.wide
        enlarged(screen, 200)

        assert not screen.page.data.wide
        assert not screen.page.data.cramped
        screen.resize(2100)
        assert screen.page.data.wide


def test_in_the_hand_the_five_words_stand_in_two_rows(town: Town) -> None:
    with town.signed_in("luc", width=800) as screen:
        assert len(rows_of_bar(screen)) == 1
        enlarged(screen, 200)

        assert [len(row.controls) for row in rows_of_bar(screen)] == [3, 2]


def rows_of_bar(screen: Screen) -> list[Any]:
    return [
        one
        for one in screen.controls()
        if isinstance(one, ft.Row)
        and any(isinstance(child, ft.MergeSemantics) and child.expand for child in one.controls)
    ]


def test_a_size_is_chosen_and_the_screen_is_laid_out_for_it_at_once(town: Town) -> None:
    with town.signed_in("luc", route="/me") as screen:
        screen.tap("text-150")

        assert screen.page.data.text_percent == 150
        assert not screen.page.data.wide
        assert not screen.failures


def test_what_a_browser_keeps_is_one_of_the_sizes_or_the_usual_one() -> None:
    assert [percent_of(kept) for kept in ("150", None, "7000", "")] == [150, 100, 100, 100]
