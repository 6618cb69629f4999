"""The records that make a figure of the fleet, or of one unit."""

from typing import Any

import flet as ft

from field_app.ui.guard import component
from field_app.ui.parts import (
    board_words,
    bulletins,
    buttons,
    cards,
    office_page,
    pages,
    papers,
    text,
)
from field_app.ui.parts.figure_words import value_of
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import SOFT, WARN


@component
def FigureList(figure: str, unit: str, days: dict[str, str]) -> Any:
    """`days`: those of the page that it was opened from."""
    sitting = use_sitting()
    page, set_page = ft.use_state(0)
    question = {**days, "figure": figure, "unit": unit, "page": str(page or "")}
    told = bulletins.use_bulletin("figures-list", question)
    title = sitting.say("Fleet figures")
    if told.body:
        named = told.body["rule"]["title"]
        title = sitting.words.either(named["fr"], named["en"])
    back = buttons.plain_button(
        sitting.say("Fleet figures"),
        icon=ft.Icons.ARROW_BACK,
        press=lambda: sitting.go("/figures"),
        key="back",
    )
    top = office_page.head(sitting, f"{title} · {unit}" if unit else title, told, [back])
    return office_page.page(
        sitting,
        told,
        top,
        lambda body: [
            *_body(sitting, body, set_page),
            papers.to_take_away(
                sitting, "figures-list", {**days, "figure": figure, "unit": unit}, paper=False
            ),
        ],
        key=f"figure-{figure}-{unit}-{page}",
    )


def _body(sitting: Sitting, body: dict[str, Any], set_page: Any) -> list[ft.Control]:
    words = sitting.words
    told = [
        value_of(words, body),
        words.several("{count} record", "{count} records", body["count"]),
        words.say("{first} to {last}", first=body["first"], last=body["last"]),
    ]
    rows = [_row(sitting, row) for row in body["rows"]]
    if not rows:
        rows = [cards.empty(sitting.say("Nothing here counts."), icon=ft.Icons.DONE_ALL)]
    return [
        text.strong(" · ".join(told)),
        *rows,
        *pages.turning(sitting, body["page"], body["pages"], set_page),
        text.small(board_words.rule(words, body["rule"])),
    ]


def _row(sitting: Sitting, row: dict[str, Any]) -> ft.Control:
    words = sitting.words
    what = words.either(row["what"]["fr"], row["what"]["en"])
    first = ft.Row(
        [
            text.strong(row["unit"], lines=1),
            ft.Container(text.body(what, lines=1), expand=True),
            _amount(sitting, row),
        ],
        spacing=14,
    )
    why = words.either(row["why"]["fr"], row["why"]["en"])
    second = text.small(" · ".join(filter(None, [row["at"], row["number"], why])), lines=2)
    return cards.with_strip(ft.Column([first, second], spacing=2), colour=SOFT, chosen=False)


def _amount(sitting: Sitting, row: dict[str, Any]) -> ft.Control:
    if row["amount"] is None:
        return text.small("–", colour=WARN)
    return text.strong(sitting.words.number(round(row["amount"], 2)), lines=1)
