"""The list of a circle check as it reads: it must be on board, and an inspector may ask for it."""

from collections.abc import Iterable
from typing import Any

import flet as ft

from asset_model.inspection_forms import Asked, Item, defects_of
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, standing, text
from field_app.ui.sitting import Sitting, use_sitting


@component
def ListText(asked: Asked) -> Any:
    """Closed until somebody asks."""
    sitting = use_sitting()
    opened, set_opened = ft.use_state(False)
    form = asked.legal or asked.own
    if form is None:
        return ft.Container(height=0)
    title = sitting.words.either(form.title_fr, form.title_en)
    word = sitting.say("Close the list") if opened else sitting.say("Show the list")
    button = buttons.plain_button(
        word, icon=ft.Icons.LIST_ALT, press=lambda: set_opened(not opened), key="show-list"
    )
    edition = sitting.say("Edition {edition}, from {day}", edition=form.edition, day=_day(form))
    rows: list[ft.Control] = [text.small(edition), ft.Row([button])]
    if opened:
        rows += [_item(sitting, item) for item in asked.items]
    return cards.section(title, rows)


def _day(form: Any) -> str:
    told: str = form.effective_on.isoformat()
    return told


def _item(sitting: Sitting, item: Item) -> ft.Control:
    words = sitting.words
    lines: Iterable[ft.Control] = [
        _defect(sitting, each)
        for severity in standing.SEVERITIES
        for each in defects_of(item, severity)
    ]
    heading = text.strong(f"{item['code']}. {words.either(item['label_fr'], item['label_en'])}")
    return ft.Column([heading, *lines], spacing=4)


def _defect(sitting: Sitting, each: Item) -> ft.Control:
    told = sitting.words.either(each["label_fr"], each["label_en"])
    if not each.get("confirmed"):
        told = sitting.say("{text} (to be confirmed)", text=told)
    return text.body(f"{each['code']}  {told}")
