"""The head of the director's page: what it is narrowed to, as of when, and its papers."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from field_app.ui.parts import buttons, choosing, office_page, text
from field_app.ui.parts.bulletins import Told
from field_app.ui.scale import enlarged
from field_app.ui.sitting import Sitting
from field_app.ui.words import noted

MONTHS = (
    noted("January"), noted("February"), noted("March"), noted("April"), noted("May"),
    noted("June"), noted("July"), noted("August"), noted("September"), noted("October"),
    noted("November"), noted("December"),
)  # fmt: skip


@ft.observable
@dataclass
class Narrowed:
    """What the person wants to see; an empty word is the whole.

    `month`: 2026-11. `week`: its Monday; empty, the one of yesterday.
    """

    district: str = ""
    crew: str = ""
    month: str = ""
    week: str = ""

    @property
    def question(self) -> dict[str, str]:
        return {
            "district": self.district,
            "crew": self.crew,
            "month": self.month,
            "week": self.week,
        }


def head(sitting: Sitting, narrowed: Narrowed, told: Told) -> ft.Control:
    say = sitting.say
    choices = told.body["choices"] if told.body else {"districts": [], "crews": []}
    row = [
        _month(sitting, narrowed),
        _chooser(
            sitting,
            narrowed,
            "district",
            say("District"),
            say("All the town"),
            choices["districts"],
        ),
        _chooser(sitting, narrowed, "crew", say("Crew"), say("All crews"), choices["crews"]),
    ]
    return office_page.head(sitting, say("Dashboard"), told, row)


def _chooser(
    sitting: Sitting,
    narrowed: Narrowed,
    name: str,
    label: str,
    every: str,
    known: list[dict[str, Any]],
) -> ft.Control:
    options = [("", every), *((each["id"], each["name"]) for each in known)]
    chosen = getattr(narrowed, name)
    return choosing.chooser(
        label, chosen, options, partial(setattr, narrowed, name), key=f"board-{name}"
    )


def _month(sitting: Sitting, narrowed: Narrowed) -> ft.Control:
    """The month between two arrows; there is none after that of today."""
    today = sitting.workplace.clock().astimezone(sitting.workplace.zone).date()
    this = today.isoformat()[:7]
    month = narrowed.month or this
    shown = month_name(sitting, month)
    row: list[ft.Control] = [
        buttons.icon_button(
            ft.Icons.CHEVRON_LEFT,
            name=sitting.say("The month before"),
            press=lambda: setattr(narrowed, "month", _moved(month, -1)),
            key="month-before",
        ),
        ft.Container(
            text.strong(shown, lines=1),
            width=None if enlarged() else 168,
            alignment=ft.Alignment.CENTER,
        ),
    ]
    after = _moved(month, 1)
    if month < this:
        row.append(
            buttons.icon_button(
                ft.Icons.CHEVRON_RIGHT,
                name=sitting.say("The month after"),
                press=lambda: setattr(narrowed, "month", "" if after == this else after),
                key="month-after",
            )
        )
    return ft.Row(row, spacing=0, tight=True)


def month_name(sitting: Sitting, month: str) -> str:
    year, number = month.split("-")
    return f"{sitting.say(MONTHS[int(number) - 1])} {year}"


def _moved(month: str, by: int) -> str:
    year, number = map(int, month.split("-"))
    place = year * 12 + number - 1 + by
    return f"{place // 12}-{place % 12 + 1:02d}"
