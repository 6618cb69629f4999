"""A note of the shift before: who wrote it, for whom, the orders it points to, who has read it."""

from functools import partial

import flet as ft

from asset_model.dispatching import Shift
from field_app.reads.handover import NotePage
from field_app.ui.parts import buttons, cards, text
from field_app.ui.sitting import Sitting
from field_app.ui.themes import GOOD, WARN
from field_app.ui.words import noted

SHIFTS: dict[str, str] = {
    Shift.DAY: noted("day shift"),
    Shift.EVENING: noted("evening shift"),
    Shift.NIGHT: noted("night shift"),
}


def note_card(sitting: Sitting, page: NotePage) -> ft.Control:
    say = sitting.say
    at = sitting.when(page.note.created_at)
    whose = page.crew or say("Everybody")
    shift = say(SHIFTS.get(page.note.shift, page.note.shift))
    lines: list[ft.Control] = [
        ft.Row(
            [
                ft.Icon(ft.Icons.STICKY_NOTE_2, color=WARN, size=26),
                text.strong(f"{whose} · {shift}, {page.note.shift_on:%Y-%m-%d}", expand=True),
            ],
            spacing=12,
        ),
        text.body(page.note.text),
        text.small(say("{person}, {at}", person=page.author, at=at)),
    ]
    if page.pinned:
        row: list[ft.Control] = [
            buttons.plain_button(
                f"{order.number or order.alias or ''} {order.title}".strip(),
                icon=ft.Icons.PUSH_PIN,
                press=partial(sitting.go, f"/orders/{order.id}"),
                key=f"pinned-{order.id}",
            )
            for order in page.pinned
        ]
        lines.append(ft.Row(row, wrap=True, spacing=8, run_spacing=8))
    if page.readers:
        read = say("Read by {people}", people=", ".join(page.readers))
        lines.append(text.small(read, colour=GOOD))
    return cards.card(lines, gap_px=8)
