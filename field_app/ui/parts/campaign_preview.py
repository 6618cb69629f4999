"""What a campaign would make: a day for each unit, spread over the weeks that are least full."""

from typing import Any

import flet as ft

from field_app.ui import tokens
from field_app.ui.parts import cards, charts, text
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, BAD, GOOD, SOFT, WARN

UNITS_MAX = 100
"""Beyond it the page says how many there are."""


def preview(sitting: Sitting, seen: dict[str, Any]) -> list[ft.Control]:
    words = sitting.words
    told = words.several("{count} order would be made", "{count} orders would be made",
                         seen["orders"])  # fmt: skip
    rows = [_unit(sitting, unit) for unit in seen["units"][:UNITS_MAX]]
    if len(seen["units"]) > UNITS_MAX:
        shown = words.say("{shown} of {total} shown.", shown=UNITS_MAX, total=len(seen["units"]))
        rows.append(text.small(shown))
    chart = [_chart(sitting, seen["weeks"])] if seen["weeks"] else []
    return [text.strong(told, size_px=tokens.LEAD_PX), *chart, ft.Column(rows, spacing=6)]


def _chart(sitting: Sitting, weeks: list[dict[str, Any]]) -> ft.Control:
    groups = [
        charts.Group(
            week["week"].partition("-")[2],
            [
                charts.Bar(
                    week["hours"],
                    ACTION,
                    sitting.say("Week {week}: {hours} h", week=week["week"], hours=week["hours"]),
                )
            ],
        )
        for week in weeks
    ]
    said = sitting.say("Hours of the campaign, week by week")
    return charts.bar_chart(groups, sitting.words, said=said, height_px=180)


def _unit(sitting: Sitting, unit: dict[str, Any]) -> ft.Control:
    icon, colour, told = _state(sitting, unit)
    row: list[ft.Control] = [
        ft.Icon(icon, color=colour, size=22),
        ft.Container(text.strong(unit["name"], lines=1), width=230),
        ft.Container(text.body(told, lines=2), expand=True),
    ]
    return ft.Row(row, spacing=12)


def _state(sitting: Sitting, unit: dict[str, Any]) -> tuple[ft.IconData, str, str]:
    say = sitting.say
    if unit["state"] == "open":
        told = say("Already ordered: {orders}", orders=", ".join(unit["open"]))
        return ft.Icons.ASSIGNMENT_TURNED_IN, GOOD, told
    if unit["state"] == "nothing":
        if unit["next_on"]:
            told = say("Nothing due in the campaign, next {day}", day=unit["next_on"])
            return ft.Icons.REMOVE_CIRCLE_OUTLINE, SOFT, told
        return ft.Icons.HELP, WARN, say("Nothing tells when it is due")
    told = say(
        "{day} · {plans} · {hours} h",
        day=unit["day"],
        plans=" + ".join(unit["plans"]),
        hours=round(unit["hours"], 1),
    )
    if unit["legal_by"]:
        told = say("{told} · by law no later than {day}", told=told, day=unit["legal_by"])
    if unit["over_capacity"]:
        told = say("{told} · the week is full", told=told)
        return ft.Icons.WARNING, BAD, told
    return ft.Icons.EVENT, ACTION, told


def held(sitting: Sitting, unit: dict[str, Any]) -> ft.Control:
    """A unit on the day of a campaign: ready, or all that holds it back."""
    words = sitting.words
    why = [words.either(hold["fr"], hold["en"]) for hold in unit["holds"]]
    ready = unit["ready"]
    icon, colour = (ft.Icons.CHECK_CIRCLE, GOOD) if ready else (ft.Icons.BLOCK, BAD)
    state = words.say("ready") if ready else words.say("held back")
    first = ft.Row(
        [
            ft.Container(text.strong(unit["name"], lines=1), expand=True),
            ft.Icon(icon, color=colour, size=22),
            text.small(state, colour=colour, lines=1),
        ],
        spacing=8,
    )
    reasons: list[ft.Control] = [text.body(each) for each in why]
    inside = ft.Column([first, *reasons], spacing=4)
    return cards.with_strip(inside, colour=colour, chosen=False)
