"""The week on the director's page: what came and what was done, beside two other weeks."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import flet as ft

from field_app.ui import tokens
from field_app.ui.parts import board_compare, board_words, buttons, cards, text
from field_app.ui.parts.board_head import Narrowed
from field_app.ui.parts.board_words import Figure, measured, part_name
from field_app.ui.scale import enlarged
from field_app.ui.sitting import Sitting
from field_app.ui.themes import LINE, SOFT, WARN

VALUE_PX, BESIDE_PX = 104, 186
LISTED = ("week_cost",)
"""Figures whose parts have a line each; those of the others are told under the name."""
TOLD = ("streets", "spread")


def week(sitting: Sitting, narrowed: Narrowed, told: dict[str, Any]) -> ft.Control:
    """`told`: the week of the page's bulletin."""
    lines: list[ft.Control] = []
    for figure in told["figures"]:
        lines.append(_line(sitting, figure, figure, "", more=_more(sitting, figure)))
        if figure["code"] in LISTED:
            lines += [_line(sitting, figure, part, part["code"]) for part in figure["parts"]]
    words = sitting.words
    rules = [text.small(board_words.rule(words, told["rule"]))]
    return cards.card([_head(sitting, narrowed, told), *_heads(sitting), *lines, *rules], gap_px=4)


def _head(sitting: Sitting, narrowed: Narrowed, told: dict[str, Any]) -> ft.Control:
    first = date.fromisoformat(told["first"])
    arrows: list[ft.Control] = [
        buttons.icon_button(
            ft.Icons.CHEVRON_LEFT,
            name=sitting.say("The week before"),
            press=partial(_turn, narrowed, first, -7),
            key="week-before",
        )
    ]
    today = sitting.workplace.clock().astimezone(sitting.workplace.zone).date()
    if first + timedelta(days=7) <= today:
        arrows.append(
            buttons.icon_button(
                ft.Icons.CHEVRON_RIGHT,
                name=sitting.say("The week after"),
                press=partial(_turn, narrowed, first, 7),
                key="week-after",
            )
        )
    title = text.title(week_name(sitting, told), size_px=tokens.LEAD_PX)
    return ft.Row([ft.Container(title, expand=True), *arrows], spacing=8)


def _turn(narrowed: Narrowed, first: date, days: int) -> None:
    narrowed.week = (first + timedelta(days=days)).isoformat()


def week_name(sitting: Sitting, told: dict[str, Any]) -> str:
    """`Week of 2026-11-16`; of one that is not over, up to when it counts."""
    if told["until"] is None:
        return sitting.say("Week of {day}", day=told["first"])
    at = sitting.when(datetime.fromisoformat(told["until"]))
    return sitting.say("Week of {day}, up to {at}", day=told["first"], at=at)


def _heads(sitting: Sitting) -> list[ft.Control]:
    """Over the columns, where there are any."""
    if enlarged():
        return []
    told = [(sitting.say("This week"), VALUE_PX)]
    told += [(board_compare.beside_name(sitting.words, which), BESIDE_PX)
             for which in board_compare.BESIDE]  # fmt: skip
    heads: list[ft.Control] = [
        ft.Container(
            text.small(word[:1].upper() + word[1:], lines=2, align=ft.TextAlign.RIGHT),
            width=width,
            alignment=ft.Alignment.CENTER_RIGHT,
            padding=ft.Padding.only(right=8),
        )
        for word, width in told
    ]
    row = ft.Row(heads, alignment=ft.MainAxisAlignment.END, spacing=8)
    return [ft.Container(row, border=ft.Border.only(bottom=ft.BorderSide(1, LINE)))]


def _line(
    sitting: Sitting, figure: Figure, told: Figure, part: str, *, more: tuple[str, ...] = ()
) -> ft.Control:
    """A figure or a part of one, and how it was in the other weeks: each opens its own list."""
    cells = [_now(sitting, figure, told, part, more)]
    cells += [_then(sitting, figure, told, part, which) for which in board_compare.BESIDE]
    if enlarged():
        return ft.Column(
            cells, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
        )  # fmt: skip
    return ft.Row(cells, spacing=8)


def _now(
    sitting: Sitting, figure: Figure, told: Figure, part: str, more: tuple[str, ...]
) -> ft.Control:
    words = sitting.words
    name = part_name(words, told) if part else board_words.title(words, figure["code"])
    value = measured(words, figure["measure"], told["value"])
    notes = board_words.notes(sitting, told["notes"])
    under = [text.small(each, lines=2) for each in more]
    under += [text.small(note, colour=WARN, lines=2) for note in notes]
    called = text.body(name, lines=2) if part else text.strong(name, lines=2)
    inside = ft.Row(
        [
            ft.Container(
                ft.Column([called, *under], spacing=0, alignment=ft.MainAxisAlignment.CENTER),
                expand=True,
            ),
            text.strong(value, lines=1),
        ],
        spacing=8,
    )
    return buttons.tap(
        ft.Container(inside, padding=ft.Padding.only(left=24 if part else 8, right=8)),
        press=_opens(sitting, figure["code"], part),
        key=_key(figure, part),
        name=", ".join([f"{name} {value}", *more, *notes]),
        height=None if under else tokens.TARGET_PX,
        expand=not enlarged(),
    )


def _more(sitting: Sitting, figure: Figure) -> tuple[str, ...]:
    """What a figure whose parts have no lines of their own is made of."""
    if figure["code"] not in TOLD or len(figure["parts"]) < 2:
        return ()
    words = sitting.words
    told = [
        f"{part_name(words, part).lower()} {measured(words, figure['measure'], part['value'])}"
        for part in figure["parts"]
        if part["count"]
    ]
    return (" · ".join(told),) if told else ()


def _then(
    sitting: Sitting, figure: Figure, told: Figure, part: str, which: str
) -> ft.Control:  # fmt: skip
    """The other week's number, and how this one compares; with no record there is no list."""
    words, then = sitting.words, told["beside"][which]
    arrow, said = board_compare.compared(words, figure["measure"], told["value"], then)
    number = board_compare.number_then(words, figure["measure"], then)
    called = board_compare.beside_name(words, which)
    icon: list[ft.Control] = [ft.Icon(arrow, color=SOFT, size=18)] if arrow else []
    compared = ft.Row([*icon, text.small(said, lines=2)], spacing=4, tight=True)
    shown: list[ft.Control] = [text.body(number, lines=1), compared]
    if enlarged():
        shown = [text.small(called), *shown]
    inside = ft.Container(
        ft.Column(shown, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.END),
        width=None if enlarged() else BESIDE_PX,
        padding=ft.Padding.symmetric(horizontal=8, vertical=2),
    )
    if (then["why"] or "").startswith("no_record"):
        return inside
    name = part_name(words, told) if part else board_words.title(words, figure["code"])
    return buttons.tap(
        inside,
        press=_opens(sitting, figure["code"], part, which),
        key=f"{_key(figure, part)}-{which}",
        name=f"{name}, {called} {number}, {said}",
        height=tokens.ROW_PX,
    )


def _key(figure: Figure, part: str) -> str:
    return "-".join(filter(None, ["week", figure["code"], part]))


def _opens(sitting: Sitting, figure: str, part: str, which: str = "") -> Any:
    route = f"/board/{figure}/{part or 'all'}/{which}" if which else f"/board/{figure}/{part}"
    return partial(sitting.go, route.rstrip("/"))
