"""The four numbers at the top of the director's page."""

import flet as ft

from field_app.ui.parts import board_words, charts, text, tiles
from field_app.ui.parts.board_cards import opens
from field_app.ui.parts.board_words import Figure, percent
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, BAD, GOOD, INK, WARN

STANDINGS = (("ready", GOOD), ("excepted", ACTION), ("check_needed", WARN), ("out_of_service", BAD))


def tiles_of(sitting: Sitting, figures: dict[str, Figure]) -> ft.Control:
    return tiles.grid(
        [
            _emergencies(sitting, figures["emergencies"]),
            _overdue(sitting, figures["overdue"]),
            _fleet(sitting, figures["fleet"]),
            _requests(sitting, figures["requests"], figures["requests_on_time"]),
        ]
    )


def _emergencies(sitting: Sitting, figure: Figure) -> ft.Control:
    count = figure["count"]
    under = sitting.say("To follow now") if count else sitting.say("None at this moment")
    return tiles.tile(
        board_words.title(sitting.words, "emergencies"),
        sitting.words.number(count),
        [text.small(under, lines=2)],
        icon=ft.Icons.CAMPAIGN,
        press=opens(sitting, "emergencies"),
        key="board-emergencies",
        colour=BAD if count else GOOD,
    )


def _overdue(sitting: Sitting, figure: Figure) -> ft.Control:
    by = {part["code"]: part["count"] for part in figure["parts"]}
    lines = [
        sitting.say("{count} by law", count=by["law"]),
        sitting.say("{count} by policy", count=by["policy"]),
    ]
    colour = BAD if by["law"] else WARN if figure["count"] else GOOD
    return tiles.tile(
        board_words.title(sitting.words, "overdue"),
        sitting.words.number(figure["count"]),
        [text.small(" · ".join(lines), lines=2)],
        icon=ft.Icons.SCHEDULE,
        press=opens(sitting, "overdue"),
        key="board-overdue",
        colour=colour,
    )


def _fleet(sitting: Sitting, figure: Figure) -> ft.Control:
    by = {part["code"]: part["count"] for part in figure["parts"]}
    ready = by["ready"] + by["excepted"]
    out = sitting.say("{count} out of service", count=by["out_of_service"])
    every = figure["count"] or 1
    shares = [(by[code] / every, colour) for code, colour in STANDINGS]
    said = ", ".join(board_words.so_many(sitting.words, code, by[code]) for code, _ in STANDINGS)
    number = sitting.say("{ready} of {all}", ready=ready, all=figure["count"])
    return tiles.tile(
        board_words.title(sitting.words, "fleet"),
        number,
        [text.small(out, lines=1), charts.share_bar(shares, said=said)],
        icon=ft.Icons.LOCAL_SHIPPING,
        press=opens(sitting, "fleet"),
        key="board-fleet",
        colour=INK,
    )


def _requests(sitting: Sitting, open_ones: Figure, on_time: Figure) -> ft.Control:
    share = percent(sitting.words, on_time["value"])
    under = (
        sitting.say("{share} done on time this month", share=share)
        if on_time["value"] is not None
        else sitting.say("None was due and done this month")
    )
    return tiles.tile(
        board_words.title(sitting.words, "requests"),
        sitting.words.number(open_ones["count"]),
        [text.small(under, lines=2)],
        icon=ft.Icons.SUPPORT_AGENT,
        press=opens(sitting, "requests"),
        key="board-requests",
    )
