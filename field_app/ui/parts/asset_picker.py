"""Choosing a segment or another asset: by its name, or among those near the last work."""

from collections.abc import Callable
from functools import partial
from typing import Any

import flet as ft

from field_app.reads.assets import Found, find_assets, nearest_assets, position_of
from field_app.reads.corners import Position
from field_app.reads.orders import latest_order_of
from field_app.ui.guard import component
from field_app.ui.parts import buttons, fields, text
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION


@component
def AssetPicker(chosen: Found | None, choose: Callable[[Found | None], Any]) -> Any:
    sitting = use_sitting()
    search, set_search = ft.use_state("")
    if chosen is not None:
        change = buttons.plain_button(
            sitting.say("Change"), press=lambda: choose(None), key="asset-change"
        )
        return ft.Row([ft.Container(found_row(sitting, chosen), expand=True), change], spacing=12)
    field = fields.text_field(
        sitting.say("Street, hydrant, sign: its name or number"),
        search,
        set_search,
        key="asset-search",
        icon=ft.Icons.SEARCH,
    )
    found, heading = _offered(sitting, search.strip())
    rows = [
        buttons.tap(
            found_row(sitting, one),
            press=partial(choose, one),
            key=f"asset-{one.tag}",
            padding=ft.Padding.symmetric(horizontal=12, vertical=10),
        )
        for one in found
    ]
    return ft.Column(
        [field, *([text.small(heading)] if heading else []), *rows],
        spacing=6,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _offered(sitting: Sitting, search: str) -> tuple[tuple[Found, ...], str]:
    """What to choose from, and the sentence above it."""
    say, here = sitting.say, sitting.position or _last_work(sitting)
    if not search:
        found = sitting.read(nearest_assets, here) if here else ()
        heading = say("Near you") if sitting.position else say("Near your last order")
        return found, heading if found else ""
    matches = sitting.read(find_assets, search, near=here)
    shown = len(matches.found)
    if not shown:
        return (), say("Nothing here is called “{text}”.", text=search)
    if matches.total == shown:
        return matches.found, ""
    heading = say("{shown} of {total} results. Write more.", shown=shown, total=matches.total)
    return matches.found, heading


def _last_work(sitting: Sitting) -> Position | None:
    """Where the person probably is: at the order that they, or their crew, started last."""
    person = sitting.signed
    if person.in_office:
        return None  # A desk is not near anything.
    order_id = sitting.read(latest_order_of, person.id, person.crew_id)
    return sitting.read(position_of, order_id) if order_id else None


def found_row(sitting: Sitting, found: Found) -> ft.Control:
    kind = sitting.words.either(found.class_fr, found.class_en)
    stretch = _stretch(sitting, found)
    foot = " · ".join(part for part in (kind, found.tag, found.address, found.district) if part)
    lines = [text.strong(found.name), *([text.body(stretch)] if stretch else [])]
    words = ft.Column([*lines, text.small(foot, lines=1)], spacing=0, expand=True)
    return ft.Row([ft.Icon(ft.Icons.PLACE, color=ACTION, size=26), words], spacing=12)


def _stretch(sitting: Sitting, found: Found) -> str:
    """Which part of its street a segment is: its civic numbers, and the streets it runs between."""
    say, told = sitting.say, []
    if found.civic:
        first, last = map(str, found.civic)  # An address, not a quantity.
        told.append(say("{first} to {last}", first=first, last=last))
    if len(found.corners) > 1:
        told.append(say("between {one} and {other}", one=found.corners[0], other=found.corners[1]))
    elif found.corners:
        told.append(say("at the corner of {one}", one=found.corners[0]))
    return ", ".join(told)
