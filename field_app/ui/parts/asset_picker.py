"""Choosing a segment or another asset: by its name, or among those near the last work."""

from collections.abc import Callable
from functools import partial
from typing import Any

import flet as ft

from field_app.reads.assets import Found, assets_near_order, find_assets
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
        return ft.Row([ft.Container(_row(sitting, chosen), expand=True), change], spacing=12)
    field = fields.text_field(
        sitting.say("Street, hydrant, sign: its name or number"),
        search,
        set_search,
        key="asset-search",
        icon=ft.Icons.SEARCH,
    )
    if search.strip():
        found, heading = sitting.read(find_assets, search), ""
        if not found:
            heading = sitting.say("Nothing here is called “{text}”.", text=search.strip())
    else:
        found = _near(sitting)
        heading = sitting.say("Near your last order") if found else ""
    rows = [
        buttons.tap(
            _row(sitting, one),
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


def _near(sitting: Sitting) -> tuple[Found, ...]:
    person = sitting.signed
    if person.in_office:
        return ()  # A desk is not near anything.
    order_id = sitting.read(latest_order_of, person.id, person.crew_id)
    return sitting.read(assets_near_order, order_id) if order_id else ()


def _row(sitting: Sitting, found: Found) -> ft.Control:
    kind = sitting.words.either(found.class_fr, found.class_en)
    foot = " · ".join(part for part in (kind, found.tag, found.address) if part)
    words = ft.Column([text.strong(found.name), text.small(foot, lines=1)], spacing=0, expand=True)
    return ft.Row([ft.Icon(ft.Icons.PLACE, color=ACTION, size=26), words], spacing=12)
