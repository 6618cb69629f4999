"""Beside a call: the map, incidents that it may be of, what would happen, and who calls."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

import flet as ft

from field_app.reads.corners import Position
from field_app.reads.incident_twins import Twin
from field_app.reads.map_pins import address_at
from field_app.reads.place_search import Spot
from field_app.ui.keyboard import Key, Keyboard, numbered
from field_app.ui.map.strip import MapStrip
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.call_acts import look
from field_app.ui.parts.call_done import promise_lines
from field_app.ui.parts.call_draft import Call
from field_app.ui.parts.call_twins import likely
from field_app.ui.parts.incident_words import sign_of
from field_app.ui.sitting import Sitting
from field_app.ui.themes import ACTION, WARN
from field_app.ui.words import noted


def beside(sitting: Sitting, call: Call, found: Sequence[Twin]) -> list[ft.Control]:
    """`found`: the incidents that it may be of."""
    if not call.placed:
        words = sitting.say("Write what it is about, then where. Enter takes the first one.")
        return [cards.empty(words, icon=ft.Icons.SUPPORT_AGENT)]
    assert call.spot is not None
    near: list[Position] = [
        (twin.incident.longitude, twin.incident.latitude)
        for twin in found
        if twin.incident.longitude is not None and twin.incident.latitude is not None
    ]
    return [
        *_danger(sitting, call),
        *likely(sitting, call, found),
        MapStrip(
            call.spot.position, near, partial(_shown, sitting, call),
            key=f"call-map-{call.spot.position}",
        ),
        *_coming(sitting, call),
        *_history(sitting, call),
    ]  # fmt: skip


def _shown(sitting: Sitting, call: Call, position: Position) -> None:
    """A press on the map moves the place there."""
    address = sitting.read(address_at, position)
    before = call.spot.label if call.spot else ""
    call.place(Spot(address or before, "", position))
    look(sitting, call)


def _danger(sitting: Sitting, call: Call) -> list[ft.Control]:
    if not call.dangers:
        return []
    say = sitting.say
    told = call.look or {}
    rule = told.get("because", {}).get("priority")
    sentence = say("Words of danger: ask whether somebody is hurt; if so, 911.")
    if rule:
        sentence += " " + say(
            "It goes out as priority {priority}, by the rule “{rule}”.",
            priority=told["priority"], rule=rule,
        )  # fmt: skip
    return [cards.banner(sentence, icon=ft.Icons.WARNING, colour=WARN, name="danger")]


def _coming(sitting: Sitting, call: Call) -> list[ft.Control]:
    if call.look is None or call.chosen:
        return []
    lines: list[ft.Control] = [text.body(line) for line in promise_lines(sitting, call.look)]
    return [cards.section(sitting.say("What will happen"), lines)]


def _history(sitting: Sitting, call: Call) -> list[ft.Control]:
    if call.history is None:
        return []
    say, reports = sitting.say, call.history["reports"]
    if not reports:
        return [text.small(say("Nobody has called from there before."))]
    rows: list[ft.Control] = [
        buttons.tap(
            _past(sitting, rank, each),
            press=partial(_open, sitting, each["incident"]),
            key=f"past-{each['number']}",
            padding=ft.Padding.symmetric(horizontal=8, vertical=8),
        )
        for rank, each in enumerate(reports, 1)
    ]
    return [cards.section(say("What this caller reported before"), rows)]


def past_keys(sitting: Sitting, call: Call, keyboard: Keyboard) -> list[Key]:
    """H, then the number of a report of this caller, the latest being 1: its incident."""
    reports = call.history["reports"] if call.history else []
    word = noted("Open what this caller reported before, by its number")
    return numbered(
        keyboard, "H", word, len(reports), lambda at: _open(sitting, reports[at]["incident"])
    )


def _past(sitting: Sitting, rank: int, told: dict[str, Any]) -> ft.Control:
    words = [
        told["number"],
        sitting.words.either(told["fr"], told["en"]),
        told["place"] or "",
        sitting.when(datetime.fromisoformat(told["at"])),
        sitting.say(sign_of(told["status"]).word) if told["status"] else "",
    ]
    icon = ft.Icon(ft.Icons.HISTORY, size=22, color=ACTION)
    line = text.small(" · ".join(each for each in words if each))
    return ft.Row([icon, text.strong(str(rank)), ft.Container(line, expand=True)])


def _open(sitting: Sitting, incident_id: str | None) -> None:
    if incident_id:
        sitting.go(f"/incidents/{incident_id}")
