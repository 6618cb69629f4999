"""An order in a list: the street first, then what, by when; colour, icon, word for status."""

from typing import Any

import flet as ft

from field_app.reads.corners import Position
from field_app.reads.orders import FINISHED, OrderLine
from field_app.ui import times, tokens
from field_app.ui.parts import buttons, cards, status, text
from field_app.ui.sitting import Sitting
from field_app.ui.themes import BAD, GOOD, INK, SOFT


def order_row(
    sitting: Sitting,
    line: OrderLine,
    *,
    mark: str | None,
    chosen: bool,
    press: buttons.Press | None = None,
    near: Position | None = None,
) -> ft.Control:
    """A function, not a component: many rows are drawn again in a few milliseconds.

    A press opens the order, unless the list that it is in means something else by it.
    """
    sign = status.sign_of(line.status)
    street = text.strong(
        line.street or sitting.say("No street"), size_px=tokens.LEAD_PX, lines=1, expand=True
    )
    inside = ft.Column(
        [
            ft.Row([street, *_pictures(sitting, line), *_mark(sitting, mark)], spacing=8),
            text.body(line.title, lines=2),
            ft.Row(
                [status.chip(sign, sitting.words), due_words(sitting, line)],
                alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
                wrap=True,
                run_spacing=4,
            ),
            text.small(_foot(sitting, line, near), lines=1),
        ],
        spacing=6,
    )
    strip = cards.with_strip(inside, colour=sign.colour, chosen=chosen)
    opens = press or (lambda: sitting.go(f"/orders/{line.id}"))
    return buttons.tap(strip, press=opens, key=f"order-{line.id}")


def due_words(sitting: Sitting, line: OrderLine) -> Any:
    """By when, or by whom and when it was finished."""
    workplace, words = sitting.workplace, sitting.words
    now, zone = workplace.clock(), workplace.zone
    if line.status in FINISHED:
        if line.completed_at is None:
            return text.small("")
        at = sitting.when(line.completed_at)
        sentence = words.say("{person}, {at}", person=line.completed_by or "", at=at)
        return _dated(ft.Icons.DONE, sentence, GOOD if line.completed_by else SOFT)
    late = line.due_at is not None and line.due_at < now
    sentence = times.due(line.due_at, now=now, zone=zone, words=words)
    return _dated(ft.Icons.ALARM if late else ft.Icons.SCHEDULE, sentence, BAD if late else INK)


def _dated(icon: ft.IconData, sentence: str, colour: str) -> ft.Control:
    return ft.Row(
        [ft.Icon(icon, size=20, color=colour), text.small(sentence, colour=colour)],
        spacing=6,
        tight=True,
    )


def _foot(sitting: Sitting, line: OrderLine, near: Position | None) -> str:
    say = sitting.say
    parts = [line.number]
    if near and line.longitude is not None and line.latitude is not None:
        there = (line.longitude, line.latitude)
        parts.insert(0, times.between(near, there, sitting.words))
    if line.crew and sitting.signed.in_office:
        parts.append(line.crew)
    parts.append(say(status.KINDS.get(line.kind, line.kind)))
    if line.priority <= 2:
        parts.append(say(status.PRIORITIES[max(1, line.priority)]))
    return " · ".join(part for part in parts if part)


def _pictures(sitting: Sitting, line: OrderLine) -> list[ft.Control]:
    if not line.pictures:
        return []
    label = sitting.words.several("{count} photo", "{count} photos", line.pictures)
    icon = ft.Icon(ft.Icons.ATTACH_FILE, color=SOFT, size=20)
    return [ft.Semantics(content=icon, label=label, image=True)]


def _mark(sitting: Sitting, mark: str | None) -> list[ft.Control]:
    """A small sign that the record is not yet accepted by the server."""
    if mark is None:
        return []
    sign = status.MARKS[mark]
    word = sitting.say(sign.word)
    icon = ft.Icon(sign.icon, color=sign.colour, size=24)
    return [ft.Semantics(content=icon, label=word, image=True)]
