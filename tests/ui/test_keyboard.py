"""Work by keyboard alone: keys do what the sheet says, and letters stay letters in a field."""

from datetime import date
from typing import Any

from sqlalchemy import select

from asset_model.facts import Comment
from asset_model.vocabulary import WorkOrderStatus as S
from tests.ui.harness import Screen
from tests.ui.test_dispatch_board import an_order, order
from tests.ui.town import NOW, PIN, Town


def typed_in(screen: Screen, name: str, pin: str) -> None:
    screen.press_key(name)
    for digit in pin:
        screen.press_key(digit)
    screen.press_key("Enter")


def at(screen: Screen) -> str:
    """The order that the keys are at: its card has a thick edge all around."""
    cards: list[Any] = [
        one for one in screen.controls() if str(getattr(one, "key", "")).startswith("drag-")
    ]
    return next((card.data for card in cards if card.content.border.top.width == 3), "")


def test_a_name_by_its_letter_and_a_pin_by_its_digits_sign_in(town: Town) -> None:
    with town.screen() as screen:
        typed_in(screen, "D", PIN)

        assert screen.has("lane-nobody")
        assert not screen.failures


def test_arrows_go_over_the_names_and_backspace_takes_a_digit_back(town: Town) -> None:
    with town.screen() as screen:
        screen.press_key("Arrow Down")
        screen.press_key("Arrow Up")
        for key in ("2", "5", "9", "Backspace", "8", "0", "Enter"):
            screen.press_key(key)

        assert screen.has("go-report")


def test_an_order_is_reached_by_arrows_and_given_by_a_digit_and_taken_back(town: Town) -> None:
    town.add(an_order(town, "a", due_at=NOW), an_order(town, "b"))

    with town.signed_in("diane") as screen:
        for key in ("Arrow Down", "Arrow Down"):
            screen.press_key(key)
        assert at(screen) == town.ids["b"]
        screen.press_key("2")

        assert (order(town, "b").status, order(town, "b").crew_id) == (
            S.DISPATCHED,
            town.ids["south"],
        )
        assert at(screen) == town.ids["a"]  # the next thing to give is under the keys already
        screen.press_key("Z", ctrl=True)

        assert (order(town, "b").status, order(town, "b").crew_id) == (S.DRAFT, None)
        assert not screen.failures


def test_a_day_and_a_priority_are_set_by_keys_for_all_that_are_chosen(town: Town) -> None:
    town.add(an_order(town, "a", due_at=NOW), an_order(town, "b"))

    with town.signed_in("diane") as screen:
        for key in ("Arrow Down", "X", "Arrow Down", "X", "D", "2"):
            screen.press_key(key)
        assert {order(town, name).planned_on for name in "ab"} == {date(2026, 11, 24)}
        screen.press_key("P")

        # It has gone to another day, and the keys are nowhere: nothing is made more urgent.
        assert [order(town, name).priority for name in "ab"] == [3, 3]
        screen.tap("span-tomorrow")
        for key in ("Arrow Down", "P"):
            screen.press_key(key)
        assert sorted(order(town, name).priority for name in "ab") == [2, 3]


def test_an_order_is_opened_and_commented_and_closed_by_keys(town: Town) -> None:
    town.add(an_order(town, "a", status=S.DONE, crew_id=town.ids["north"], due_at=NOW))

    with town.signed_in("diane", route=f"/orders/{town.ids['a']}") as screen:
        screen.press_key("C")
        assert screen.wire.methods[-1][0] == "focus"
        screen.enter("note", "Vu")
        screen.press_key("Enter", ctrl=True)
        with town.database.reading() as session:
            assert session.scalars(select(Comment.text)).all() == ["Vu"]
        screen.press_key("Enter", ctrl=True)

        assert order(town, "a").status == S.CLOSED
        screen.press_key("Escape")
        assert screen.has("lane-nobody")
        assert not screen.failures


def test_letters_typed_in_a_field_are_letters_until_it_is_left(town: Town) -> None:
    town.add(an_order(town, "a", due_at=NOW))

    with town.signed_in("diane") as screen:
        screen.press_key("Arrow Down")
        screen.press_key("/")
        assert screen.wire.methods[-1][0] == "focus"
        screen.press_key("1")
        assert order(town, "a").crew_id is None
        screen.press_key("Escape")
        screen.press_key("1")

        assert order(town, "a").crew_id == town.ids["north"]


def test_a_key_pressed_at_once_after_escape_is_no_letter_of_the_field_it_left(town: Town) -> None:
    town.add(an_order(town, "a", due_at=NOW))

    with town.signed_in("diane") as screen:
        screen.press_key("Arrow Down")
        screen.press_key("/")
        screen.enter("search", "a")
        for key in ("Escape", "1"):
            screen.press_key(key)
        screen.enter("search", "a1")  # The browser had not yet been told that the field is left.

        assert order(town, "a").crew_id == town.ids["north"]
        assert screen.one("search").value == "a"
        screen.fire(screen.one("search"), "blur")
        screen.fire(screen.one("search"), "focus")
        screen.enter("search", "a2")
        assert screen.one("search").value == "a2"
        assert not screen.failures


def test_enter_is_the_button_s_once_the_tab_key_has_left_our_places(town: Town) -> None:
    town.add(an_order(town, "a", due_at=NOW))

    with town.signed_in("diane") as screen:
        for key in ("Arrow Down", "Tab", "Enter"):
            screen.press_key(key)
        assert screen.has("lane-nobody")
        for key in ("Arrow Up", "Enter"):
            screen.press_key(key)

        assert "Travail a" in screen.text
        assert not screen.has("lane-nobody")


def test_arrows_open_one_order_after_the_other_beside_the_list_and_on_the_map(town: Town) -> None:
    town.add(an_order(town, "a", due_at=NOW))

    with town.signed_in("diane", route="/orders") as screen:
        seen = []
        for key in ("Arrow Down", "Arrow Down", "Arrow Up"):
            screen.press_key(key)
            seen.append(screen.page.data.route)
        assert seen[0] == seen[2] != seen[1]
        screen.press_key("G")
        screen.press_key("2")
        screen.press_key("Arrow Down")

        assert screen.page.data.route.startswith("/map/order/")
        assert not screen.failures


def test_the_sheet_tells_the_keys_of_the_screen_and_of_no_other(town: Town) -> None:
    with town.signed_in("diane") as screen:
        screen.press_key("?")
        assert "Donner à l’équipe de ce numéro" in screen.text
        assert "Écrire un commentaire" not in screen.text
        screen.press_key("G")
        screen.press_key("3")
        assert "Donner à l’équipe de ce numéro" not in screen.text
        assert "Celui d’avant dans la liste, le suivant" in screen.text
        screen.press_key("Escape")

        assert not screen.has("key-sheet")
        assert screen.page.data.route == "/orders"
