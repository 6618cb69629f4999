"""The cards of the director's page: the backlog, costs and plans, with what each is made of."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import flet as ft

from field_app.ui import tokens
from field_app.ui.parts import board_words, buttons, cards, charts, text, tiles
from field_app.ui.parts.board_words import Figure, money, part_name, percent, weeks
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, GOOD, LINE, SOFT, WARN

WELL_KEPT = 90
"""Percent of compliance from which on nobody is worried; the rule beside it says of what."""

WIDER_CHART = (7, 5)
"""Of twelve: the names of five activities stand beside each other below their bars."""


def backlog(sitting: Sitting, figure: Figure) -> ft.Control:
    words = sitting.words
    number = sitting.say("{weeks} crew-weeks", weeks=weeks(words, figure["value"]))
    groups = [
        charts.Group(
            part_name(words, part),
            [
                charts.Bar(
                    part["value"],
                    ACTION,
                    sitting.say(
                        "{trade}: {weeks} crew-weeks",
                        trade=part_name(words, part),
                        weeks=weeks(words, part["value"]),
                    ),
                )
            ],
        )
        for part in figure["parts"]
        if part["value"] is not None
    ]
    chart = charts.bar_chart(groups, words, said=sitting.say("Backlog by trade"), width_px=44)
    rows = [
        row(
            part_name(words, part),
            weeks(words, part["value"]),
            words.several("{count} order", "{count} orders", part["count"]),
            press=opens(sitting, "backlog", part["code"]),
            key=f"board-backlog-{part['code']}",
        )
        for part in figure["parts"]
    ]
    return _card(sitting, figure, number, [chart, *rows])


def cost(sitting: Sitting, figure: Figure) -> ft.Control:
    """The chart, and beside it each activity with how it compares."""
    words = sitting.words
    groups = [
        charts.Group(part_name(words, part), _two_years(sitting, part)) for part in figure["parts"]
    ]
    title = sitting.say("Cost by activity, this year and last")
    chart = charts.bar_chart(groups, words, said=title, height_px=300, width_px=22)
    rows = [
        row(
            part_name(words, part),
            money(words, part["value"]),
            board_words.change(words, part["value"], part["before"]),
            press=opens(sitting, "cost", part["code"]),
            key=f"board-cost-{part['code']}",
        )
        for part in figure["parts"]
    ]
    whole = row(
        sitting.say("All of it"),
        money(words, figure["value"]),
        board_words.change(words, figure["value"], figure["before"]),
        press=opens(sitting, "cost"),
        key="board-cost",
    )
    beside = ft.Column([_heads(sitting), *rows, whole], spacing=0)
    drawn = ft.Column([_legend(sitting), chart], spacing=10)
    inside = tiles.beside([drawn, beside], twelfths=WIDER_CHART)
    return _card(sitting, figure, money(words, figure["value"]), [inside])


def _heads(sitting: Sitting) -> ft.Control:
    """Over the two columns of numbers."""
    told = [sitting.say("This month"), sitting.say("In a year")]
    widths = (110, 104)
    heads: list[ft.Control] = [
        ft.Container(text.small(word, lines=1), width=width, alignment=ft.Alignment.CENTER_RIGHT)
        for word, width in zip(told, widths, strict=True)
    ]
    return ft.Container(
        ft.Row(heads, alignment=ft.MainAxisAlignment.END, spacing=10),
        padding=ft.Padding.only(right=40),
    )


def _two_years(sitting: Sitting, part: Figure) -> list[charts.Bar]:
    name = part_name(sitting.words, part)
    now, before = money(sitting.words, part["value"]), money(sitting.words, part["before"])
    return [
        charts.Bar(
            part["value"], ACTION, sitting.say("{kind}: {cost} this year", kind=name, cost=now)
        ),
        charts.Bar(
            part["before"] or 0.0,
            SOFT,
            sitting.say("{kind}: {cost} last year", kind=name, cost=before),
        ),
    ]


def _legend(sitting: Sitting) -> ft.Control:
    return ft.Row(
        [
            _swatch(sitting.say("This year"), ACTION),
            _swatch(sitting.say("Last year, the same days"), SOFT),
        ],
        spacing=20,
        wrap=True,
        run_spacing=4,
    )


def _swatch(word: str, colour: str) -> ft.Control:
    square = ft.Container(width=14, height=14, bgcolor=colour, border_radius=4)
    return ft.Row([square, text.small(word, lines=1)], spacing=8, tight=True)


def compliance(sitting: Sitting, figure: Figure) -> ft.Control:
    words, by = sitting.words, {part["code"]: part["count"] for part in figure["parts"]}
    share = figure["value"] or 0.0
    colour = GOOD if share >= WELL_KEPT else WARN
    said = sitting.say("{kept} in time of {all}", kept=by["kept"], all=figure["count"])
    bar = charts.share_bar([(share / 100, colour), (1 - share / 100, LINE)], said=said)
    rows = [
        row(
            part_name(words, part),
            words.number(part["count"]),
            "",
            press=opens(sitting, "compliance", part["code"]),
            key=f"board-compliance-{part['code']}",
        )
        for part in figure["parts"]
    ]
    return _card(sitting, figure, percent(words, figure["value"]), [bar, *rows])


def _card(
    sitting: Sitting, figure: Figure, number: str, inside: Sequence[ft.Control]
) -> ft.Control:
    """The title, the number, what it is made of, and the rule it was made by."""
    words = sitting.words
    said = [text.small(note, colour=WARN) for note in board_words.notes(sitting, figure["notes"])]
    head = ft.Row(
        [
            ft.Container(
                text.title(board_words.title(words, figure["code"]), size_px=tokens.LEAD_PX),
                expand=True,
            ),
            text.strong(number, size_px=tokens.TITLE_PX, lines=1),
        ],
        spacing=12,
    )
    rule = text.small(board_words.rule(words, figure["rule"]))
    return cards.card([head, *inside, *said, rule], gap_px=10)


def row(name: str, value: str, more: str, *, press: Any, key: str) -> ft.Control:
    """A part of a figure: its name, its number, and a word more; it opens its own list."""
    inside = ft.Row(
        [
            ft.Container(text.body(name, lines=1), expand=True),
            ft.Container(text.strong(value, lines=1), alignment=ft.Alignment.CENTER_RIGHT),
            ft.Container(text.small(more, lines=1), width=104, alignment=ft.Alignment.CENTER_RIGHT),
            ft.Icon(ft.Icons.CHEVRON_RIGHT, color=SOFT, size=22),
        ],
        spacing=10,
    )
    return buttons.tap(
        inside,
        press=press,
        key=key,
        height=tokens.TARGET_PX,
        padding=ft.Padding.symmetric(horizontal=8),
    )


def opens(sitting: Sitting, figure: str, part: str = "") -> Any:
    return partial(sitting.go, f"/board/{figure}/{part}".rstrip("/"))
