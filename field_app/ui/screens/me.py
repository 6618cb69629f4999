"""The person's own page: language, look, and signing out."""

from functools import partial
from typing import Any

import flet as ft

from field_app.ui.destinations import beside
from field_app.ui.flutter_words import speak
from field_app.ui.guard import component
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.form import form
from field_app.ui.parts.truck import truck
from field_app.ui.scale import CHOICES, KEPT
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import dress
from field_app.ui.words import noted

LANGUAGES = (("fr", "Français"), ("en", "English"))
LOOKS = (
    ("day", noted("Day")),
    ("night", noted("Night")),
    ("contrast_day", noted("High contrast, light")),
    ("contrast_night", noted("High contrast, dark")),
)


@component
def Me() -> Any:
    sitting = use_sitting()
    say = sitting.say
    leave = buttons.plain_button(
        say("Sign out"), icon=ft.Icons.LOGOUT, press=lambda: _sign_out(sitting), key="sign-out"
    )
    parts = [
        *_elsewhere(sitting),
        *truck(sitting),
        cards.section(say("Language"), [_languages(sitting)]),
        cards.section(say("Look"), [_looks(sitting)]),
        cards.section(say("Size of text"), [TextSizes(key="text-sizes")]),
        cards.section(
            say("Signing out"),
            [
                text.body(say("What is not sent yet stays on the tablet and leaves by itself.")),
                ft.Row([leave]),
            ],
        ),
    ]
    return form(sitting, sitting.signed.name, parts)


def _elsewhere(sitting: Sitting) -> list[ft.Control]:
    """Where one goes that has no place on the rail."""
    row: list[ft.Control] = [
        buttons.plain_button(
            sitting.say(item.word),
            icon=item.icon,
            press=partial(sitting.go, item.route),
            key=item.name,
        )
        for item in beside(sitting)
    ]
    if not row:
        return []
    heading = sitting.say("Elsewhere")
    return [cards.section(heading, [ft.Row(row, spacing=10, run_spacing=10, wrap=True)])]


def _languages(sitting: Sitting) -> ft.Control:
    row = [
        buttons.choice_button(
            name,
            chosen=sitting.language == code,
            press=partial(_speak, sitting, code),
            key=f"language-{code}",
        )
        for code, name in LANGUAGES
    ]
    return ft.Row(row, spacing=10, wrap=True)


def _looks(sitting: Sitting) -> ft.Control:
    row = [
        buttons.choice_button(
            sitting.say(word),
            chosen=sitting.look == look,
            press=partial(_wear, sitting, look),
            key=f"look-{look}",
        )
        for look, word in LOOKS
    ]
    return ft.Row(row, spacing=10, run_spacing=10, wrap=True)


@component
def TextSizes() -> Any:
    """The browser keeps it, and draws anew by itself (`assets/text_size.js`)."""
    sitting = use_sitting()

    kept: Any = ft.use_ref(lambda: ft.SharedPreferences())

    async def choose(percent: str) -> None:
        sitting.enlarge(int(percent))
        await kept.current.set(KEPT, percent)

    row: list[ft.Control] = [
        buttons.choice_button(
            f"{percent}\u00a0%",
            chosen=str(sitting.text_percent) == percent,
            press=partial(ft.context.page.run_task, choose, percent),
            key=f"text-{percent}",
        )
        for percent in CHOICES
    ]
    return ft.Row(row, spacing=10, run_spacing=10, wrap=True)


def _speak(sitting: Sitting, language: str) -> None:
    sitting.workplace.keep("language", language)
    speak(ft.context.page, language)
    ft.context.page.update()
    sitting.language = language


def _wear(sitting: Sitting, look: str) -> None:
    sitting.workplace.keep("look", look)
    dress(ft.context.page, look)
    ft.context.page.update()
    sitting.look = look


def _sign_out(sitting: Sitting) -> None:
    sitting.person = None
    sitting.notice = None
    sitting.go("/")
