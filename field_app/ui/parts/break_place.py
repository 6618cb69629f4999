"""Where is the break? A pipe, a hydrant, a valve, an address; or here, at the last order."""

from collections.abc import Callable
from functools import partial
from typing import Any

import flet as ft

from field_app.actions import breaks
from field_app.reads.assets import position_of
from field_app.reads.breaks import Spot, spots
from field_app.reads.corners import Position
from field_app.reads.orders import latest_order_of
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.parts.form import form
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION, BAD
from field_app.ui.words import noted

TITLE = noted("Water main break")


@component
def BreakPlace(order_id: str) -> Any:
    """With an order that does not say its pipe, the choice is written down on it."""
    sitting = use_sitting()
    search, set_search = ft.use_state("")
    say, here = sitting.say, _here(sitting, order_id)
    found = sitting.read(spots, search, near=here, grounds=sitting.workplace.grounds)
    field = fields.text_field(
        say("Pipe, hydrant, valve or address"),
        search,
        set_search,
        key="break-search",
        icon=ft.Icons.SEARCH,
    )
    choose = partial(_choose, sitting, order_id)
    rows = [_row(sitting, spot, choose, here=not search and not n) for n, spot in enumerate(found)]
    if not rows:
        words = say("Nothing on the water network is called “{text}”.", text=search)
        asked = say("Write a tag, a street or an address such as 208, rue des Cèdres.")
        rows = [text.small(words if search else asked)]
    parts = [cards.section(say("Where is the break"), [field, *rows])]
    return form(sitting, say(TITLE), parts)


def _here(sitting: Sitting, order_id: str) -> Position | None:
    """The place of the order; else where the person probably is, at the one they started last."""
    person = sitting.signed
    latest = order_id or sitting.read(latest_order_of, person.id, person.crew_id)
    return sitting.read(position_of, latest) if latest else None


def _row(sitting: Sitting, spot: Spot, choose: Callable[[Spot], Any], *, here: bool) -> ft.Control:
    say, kind = sitting.say, sitting.words.either(spot.class_fr, spot.class_en)
    metres = None
    if spot.at_m is not None:
        metres = say("{metres} m from its start", metres=round(spot.at_m))
    foot = " · ".join(part for part in (kind, spot.tag, metres) if part)
    name = say("Break here: {place}", place=spot.name) if here and spot.at_m else spot.name
    icon, colour = (ft.Icons.MY_LOCATION, BAD) if here and spot.at_m else (ft.Icons.PLACE, ACTION)
    words = ft.Column([text.strong(name), text.small(foot, lines=1)], spacing=0, expand=True)
    return buttons.tap(
        ft.Row([ft.Icon(icon, color=colour, size=28), words], spacing=12),
        press=partial(choose, spot),
        key=f"spot-{spot.tag}",
        padding=ft.Padding.symmetric(horizontal=12, vertical=12),
    )


def _choose(sitting: Sitting, order_id: str, spot: Spot) -> None:
    if order_id:
        sitting.act(breaks.place, order_id, spot.tag, spot.at_m)
        return
    code = sitting.workplace.link.device_code
    title = sitting.say(TITLE)
    made = sitting.make(breaks.open_order, title, spot.asset_id, spot.at_m, device_code=code)
    if made is not None:
        sitting.tell(sitting.say("Order {number} is open, for your crew.", number=made.alias or ""))
        sitting.go(f"/break/{made.id}")
