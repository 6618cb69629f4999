"""The defects that are seen every day, as large buttons: each with its picture and its assets."""

from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from field_app.locale import LANGUAGES
from field_app.ui import tokens
from field_app.ui.parts import buttons
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, INK, LINE, SURFACE
from field_app.ui.words import noted, words_of

BUTTON_PX = 96
"""At the usual size of text; larger text makes it higher."""
INSIDE_PX = 64


@dataclass(frozen=True)
class Common:
    word: str
    icon: ft.IconData
    classes: tuple[str, ...] = ("road_segment",)


COMMON = (
    Common(noted("Pothole"), ft.Icons.WARNING),
    Common(noted("Damaged sign"), ft.Icons.SIGNPOST, ("sign",)),
    Common(noted("Water leak"), ft.Icons.WATER_DROP, ("pipe", "hydrant", "valve")),
    Common(noted("Street light out"), ft.Icons.LIGHTBULB, ("street_light",)),
    Common(noted("Obstruction"), ft.Icons.BLOCK),
    Common(noted("Blocked catch basin"), ft.Icons.GRID_ON, ("catch_basin",)),
)

MARKS = (
    Common(noted("Fallen branch"), ft.Icons.PARK),
    Common(noted("Hole"), ft.Icons.WARNING),
    Common(noted("Snow bank"), ft.Icons.AC_UNIT),
    Common(noted("Ice"), ft.Icons.SEVERE_COLD),
    Common(noted("Sign down"), ft.Icons.SIGNPOST, ("sign",)),
    Common(noted("Other hazard"), ft.Icons.REPORT),
)
"""What is marked with one touch from behind the wheel."""


def in_our_language(sitting: Sitting, what: str) -> str:
    """What a button wrote in the other language; words of one's own stay as they are."""
    for one in (*COMMON, *MARKS):
        if any(words_of(language).say(one.word) == what for language in LANGUAGES):
            return sitting.say(one.word)
    return what


def classes_of(sitting: Sitting, what: str) -> tuple[str, ...]:
    """The assets that a defect of these words happens to; words of one's own, to a street."""
    known = (one.classes for one in (*COMMON, *MARKS) if sitting.say(one.word) == what)
    return next(known, ("road_segment",))


def grid(
    sitting: Sitting,
    every: tuple[Common, ...],
    press: Callable[[str], object],
    *,
    key: str,
    chosen: str = "",
    height: int = BUTTON_PX,
) -> ft.Control:
    """Two side by side in the hand, three where it is wide."""
    across = 3 if sitting.wide else 2
    rows: list[ft.Control] = []
    for start in range(0, len(every), across):
        row: list[ft.Control] = [
            _button(sitting, one, press, f"{key}-{start + place}", chosen, height)
            for place, one in enumerate(every[start : start + across])
        ]
        stretched = ft.CrossAxisAlignment.STRETCH
        rows.append(ft.Row(row, spacing=12, intrinsic_height=True, vertical_alignment=stretched))
    return ft.Column(rows, spacing=12)


def _button(
    sitting: Sitting,
    one: Common,
    press: Callable[[str], object],
    key: str,
    chosen: str,
    height: int,
) -> ft.Control:
    word = sitting.say(one.word)
    taken = word == chosen
    inside = ft.Column(
        [
            ft.Icon(one.icon, size=34, color=ACTION if taken else INK),
            ft.Text(
                word,
                size=tokens.BODY_PX,
                color=ACTION if taken else INK,
                font_family=tokens.FONT_BOLD,
                text_align=ft.TextAlign.CENTER,
            ),
        ],
        spacing=4,
        alignment=ft.MainAxisAlignment.CENTER,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return buttons.tap(
        inside,
        press=lambda: press(word),
        key=key,
        chosen=taken,
        expand=True,
        padding=ft.Padding.symmetric(horizontal=8, vertical=(height - INSIDE_PX) / 2),
        fill=SURFACE,
        edge=ACTION if taken else LINE,
    )
