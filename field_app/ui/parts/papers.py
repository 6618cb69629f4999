"""Links to what the server prints: the file is fetched when it is opened, with the person's rights.

A browser has no token of ours: it is given an address that nobody can guess.
"""

from collections.abc import Mapping
from functools import partial

import flet as ft

from asset_model.errors import Refused
from field_app.store.bulletins import spelled
from field_app.ui.parts import buttons, cards
from field_app.ui.printing import Made
from field_app.ui.sitting import Sitting
from field_app.ui.words import noted

FORMS = (
    ("pdf", "fr", noted("PDF in French"), ft.Icons.PICTURE_AS_PDF),
    ("pdf", "en", noted("PDF in English"), ft.Icons.PICTURE_AS_PDF),
    ("csv", "", noted("CSV"), ft.Icons.TABLE_VIEW),
    ("xml", "", noted("XML"), ft.Icons.CODE),
)


def to_take_away(
    sitting: Sitting, name: str, question: Mapping[str, str], *, paper: bool = True
) -> ft.Control:
    """A bulletin as a file. `paper`: whether it can be had as PDF."""
    row = [
        paper_button(
            sitting,
            sitting.say(word),
            f"/files/{name}.{form}",
            {**question, "language": language or sitting.language},
            icon=icon,
            key=f"take-{form}-{language}" if language else f"take-{form}",
        )
        for form, language, word, icon in FORMS
        if paper or form != "pdf"
    ]
    inside: list[ft.Control] = [ft.Row(list(row), spacing=10, run_spacing=10, wrap=True)]
    return cards.section(sitting.say("To print or take away"), inside)


def paper_button(
    sitting: Sitting,
    word: str,
    path: str,
    question: Mapping[str, str],
    *,
    icon: ft.IconData = ft.Icons.PICTURE_AS_PDF,
    key: str,
) -> ft.Control:
    """Opens the file in a page of its own."""
    place = sitting.workplace
    asked = {name: value for name, value in question.items() if value}
    make = partial(_made, sitting, path, asked, sitting.signed.id, sitting.language)
    name = f"{spelled(path, asked)} {sitting.signed.id}"
    address = place.printouts.promise(name, make, new_id=place.new_id)
    return buttons.plain_button(
        word, icon=icon, press=lambda: None, action=ft.OpenUrl(address), key=key
    )


def _made(
    sitting: Sitting, path: str, question: Mapping[str, str], person_id: str, language: str
) -> Made:
    try:
        paper = sitting.workplace.desk.paper(path, question, person_id)
    except Refused as refused:
        told = refused.sentence(language).encode()
        return Made(told, "text/plain; charset=utf-8", refused=True)
    return Made(paper.content, paper.media_type)
