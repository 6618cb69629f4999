"""A list and, beside it, what was chosen in it, where the screen is wide enough for both."""

from collections.abc import Sequence

import flet as ft

from field_app.ui import tokens
from field_app.ui.parts import buttons, cards
from field_app.ui.sitting import Sitting
from field_app.ui.themes import LINE


def side_by_side(listed: ft.Control, detail: ft.Control) -> ft.Control:
    return ft.Row(
        [
            told_apart(
                ft.Container(
                    listed,
                    width=tokens.LIST_PX + 20,
                    border=ft.Border.only(right=ft.BorderSide(1, LINE)),
                )
            ),
            told_apart(detail, expand=True),
        ],
        expand=True,
        spacing=0,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def told_apart(content: ft.Control, *, expand: bool = False) -> ft.Control:
    """A column that a screen reader goes through to its end, before the one beside it: left to
    itself, it reads across all of them, line by line.
    """
    return ft.Semantics(content=content, container=True, expand=expand or None)


def list_head(search: ft.Control, choices: Sequence[ft.Control]) -> ft.Control:
    """Above a list: the field to search it, and what is shown of it."""
    return ft.Container(
        ft.Column(
            [search, ft.Row(list(choices), spacing=8, wrap=True, run_spacing=8)],
            spacing=10,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        padding=ft.Padding.only(left=12, right=12, top=12),
    )


def nothing_chosen(sentence: str, *, icon: ft.IconData) -> ft.Control:
    return ft.Container(cards.empty(sentence, icon=icon), alignment=ft.Alignment.CENTER)


def back_to_list(sitting: Sitting, route: str) -> ft.Control:
    """The way back, where the list is not in sight."""
    return buttons.plain_button(
        sitting.say("Back to the list"),
        icon=ft.Icons.ARROW_BACK,
        press=lambda: sitting.go(route),
        key="back",
    )
