"""The circle checks of the day: who has none, what was found, and the exceptions to see."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from field_app.reads.rounds import Made, Open, Rounds, rounds
from field_app.ui import times, tokens
from field_app.ui.guard import component
from field_app.ui.keeping import use_view
from field_app.ui.parts import buttons, cards, standing, text
from field_app.ui.parts.form import scrolled
from field_app.ui.parts.unit_exceptions import exceptions_to_see
from field_app.ui.parts.unit_row import unit_row
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD, GOOD, WARN
from field_app.ui.words import noted

TABS = (
    ("missing", noted("Without a check")),
    ("made", noted("Checks of the day")),
    ("open", noted("Open defects")),
)


@ft.observable
@dataclass
class Shown:
    tab: str = "missing"


@component
def RoundsScreen(rest: str) -> Any:
    """`rest`: nothing; the page has one place. All of it is on this replica."""
    sitting = use_sitting()
    shown = use_view(sitting, Shown, name="rounds")
    place = sitting.workplace
    found = sitting.read(rounds, now=place.clock(), zone=place.zone)
    counts = {
        "missing": len(found.missing),
        "made": len(found.made),
        "open": found.open_count,
    }
    tabs: list[ft.Control] = [
        buttons.choice_button(
            f"{sitting.say(word)} · {counts[code]}",
            chosen=shown.tab == code,
            press=partial(setattr, shown, "tab", code),
            key=f"rounds-{code}",
        )
        for code, word in TABS
    ]
    parts = [
        text.title(sitting.say("Circle checks")),
        *exceptions_to_see(sitting),
        ft.Row(tabs, spacing=10, run_spacing=10, wrap=True),
        *_rows(sitting, shown.tab, found),
    ]
    return scrolled(parts, key=f"rounds-{shown.tab}-page")


def _rows(sitting: Sitting, tab: str, found: Rounds) -> list[ft.Control]:
    if tab == "made":
        rows = [_made(sitting, each) for each in found.made]
        empty = sitting.say("No circle check yet today.")
    elif tab == "open":
        rows = [_open(sitting, each) for each in found.opened]
        empty = sitting.say("No open defect.")
        if found.open_count > len(rows):
            told = sitting.say("{shown} of {total} shown.", shown=len(rows), total=found.open_count)
            rows.append(text.small(told))
    else:
        rows = [unit_row(sitting, line) for line in found.missing]
        empty = sitting.say("Every unit that needs a check has a valid one.")
    return rows or [cards.empty(empty, icon=ft.Icons.TASK_ALT)]


def _made(sitting: Sitting, made: Made) -> ft.Control:
    words, check = sitting.words, made.check
    colour = BAD if made.major else WARN if made.minor else GOOD
    found = [
        words.several("{count} major defect", "{count} major defects", made.major)
        if made.major
        else "",
        words.several("{count} minor defect", "{count} minor defects", made.minor)
        if made.minor
        else "",
    ]
    told = " · ".join(filter(None, found)) or words.say("no defect")
    at = times.clock(check.ended_at, sitting.workplace.zone)
    inside = ft.Column(
        [
            text.strong(made.unit, size_px=tokens.LEAD_PX, lines=1),
            ft.Row(
                [
                    ft.Icon(
                        ft.Icons.CHECK_CIRCLE if colour == GOOD else ft.Icons.WARNING_AMBER,
                        color=colour,
                        size=20,
                    ),
                    text.small(told, colour=colour, lines=1),
                    text.small(f"{at} · {check.signed_name}", lines=1),
                ],
                spacing=10,
                wrap=True,
            ),
        ],
        spacing=4,
    )
    strip = cards.with_strip(inside, colour=colour, chosen=False)
    press = partial(sitting.go, f"/units/{check.asset_id}/inspector")
    return buttons.tap(strip, press=press, key=f"check-{check.id}")


def _open(sitting: Sitting, each: Open) -> ft.Control:
    defect, words = each.defect, sitting.words
    sign = standing.SEVERITIES[defect.severity]
    due = (
        times.due(
            defect.due_at,
            now=sitting.workplace.clock(),
            zone=sitting.workplace.zone,
            words=words,
        )
        if defect.due_at
        else words.say("out of service until it is repaired")
    )
    inside = ft.Column(
        [
            text.strong(each.unit, size_px=tokens.LEAD_PX, lines=1),
            text.body(words.either(defect.label_fr, defect.label_en), lines=2),
            ft.Row([standing.chip(sign, sitting), text.small(due, lines=1)], spacing=16, wrap=True),
        ],
        spacing=4,
    )
    strip = cards.with_strip(inside, colour=sign.colour, chosen=False)
    press = partial(sitting.go, f"/units/{defect.asset_id}")
    return buttons.tap(strip, press=press, key=f"defect-{defect.id}")
