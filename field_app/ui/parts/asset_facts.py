"""What is known of the asset an order is about, in the words of its class."""

from typing import Any

import flet as ft

from asset_model.assets import Asset, AssetClass
from asset_model.attributes import plain_number
from field_app.reads.order_page import OrderPage
from field_app.ui.parts import cards, text
from field_app.ui.sitting import Sitting
from field_app.ui.words import Words

LINES_MAX = 10


def asset_facts(sitting: Sitting, page: OrderPage) -> list[ft.Control]:
    asset, kind = page.asset, page.asset_class
    if asset is None:
        return []
    words = sitting.words
    heading = words.either(kind.label_fr, kind.label_en) if kind else asset.class_code
    lines = [(words.say("Tag"), asset.tag), *_measures(asset, words)]
    schema = kind.attributes if kind else []
    lines += [_attribute(attribute, asset.attributes, words) for attribute in schema]
    rows = [_row(label, value) for label, value in lines if value][:LINES_MAX]
    return [cards.section(heading, [text.strong(asset.name), *rows])]


def every_fact(sitting: Sitting, asset: Asset, kind: AssetClass | None) -> list[ft.Control]:
    """All that the schema of its class asks, and what is known of its life."""
    words = sitting.words
    lines = [
        _attribute(each, asset.attributes, words) for each in (kind.attributes if kind else [])
    ]
    lines += [
        (words.say("Length"), _measures(asset, words)[1][1]),
        (words.say("Installed on"), asset.installed_on.isoformat() if asset.installed_on else ""),
    ]
    rows = [_row(label, value) for label, value in lines if value]
    if not rows:
        return []
    return [cards.section(words.say("What is known of it"), rows)]


def _measures(asset: Asset, words: Words) -> list[tuple[str, str]]:
    length = f"{words.number(round(asset.length_m))}\u00a0m" if asset.length_m else ""
    return [
        (words.say("Address"), asset.address or ""),
        (words.say("Length"), length),
        (words.say("Note"), asset.note or ""),
    ]


def _attribute(attribute: dict[str, Any], values: dict[str, Any], words: Words) -> tuple[str, str]:
    name = attribute["name"]
    label = words.either(attribute.get("label_fr") or name, attribute.get("label_en") or name)
    return label, _shown(attribute, (values or {}).get(name), words)


def _shown(attribute: dict[str, Any], value: Any, words: Words) -> str:
    if value is None or value == "":
        return ""
    if attribute["type"] == "boolean":
        return words.say("yes") if value else words.say("no")
    if attribute["type"] == "choice":
        for choice in attribute.get("choices") or ():
            if choice["code"] == value:
                return words.either(choice["label_fr"], choice["label_en"])
    unit = attribute.get("unit")
    if unit and plain_number(value):
        return f"{words.number(value)}\u00a0{unit}"
    # Without a unit it may be a year or a civic number, whose thousands do not stand apart.
    return words.decimal(str(value)) if isinstance(value, float) else str(value)


def _row(label: str, value: str) -> ft.Control:
    return ft.Row(
        [ft.Container(text.small(label), width=180), text.body(value, expand=True)],
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
