"""On the sign-in screen of a tablet: that there is an emergency nobody has taken yet.

Whoever passes by can read it. So it tells the kind, and of the words that somebody typed, of the
place and of the people called, nothing: for these one signs in.
"""

from typing import Any

import flet as ft

from asset_model.alerts import Alert
from field_app.locale import LANGUAGES
from field_app.reads.alerts import untaken
from field_app.ui.guard import component
from field_app.ui.parts import cards
from field_app.ui.parts.alert_banner import look_again
from field_app.ui.parts.new_alert import COMMON
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD
from field_app.ui.words import words_of


@component
def AlertAtTheDoor() -> Any:
    sitting = use_sitting()
    look_again(sitting)
    found = sitting.read(untaken, now=sitting.workplace.clock())
    if not (found and sitting.workplace.shared_screen):
        return ft.Container(height=0)
    alert, _ = found[-1]
    sentence = sitting.say("{kind}: nobody has it yet. Sign in to see.", kind=_kind(sitting, alert))
    told = cards.banner(sentence, icon=ft.Icons.CAMPAIGN, colour=BAD, name="alert-at-the-door")
    return ft.Container(told, padding=ft.Padding.only(left=24, right=24, top=16))


def _kind(sitting: Sitting, alert: Alert) -> str:
    """One of the usual kinds, in whichever language it was raised; what was typed stays inside."""
    for kind in COMMON:
        if alert.title in [words_of(language).say(kind) for language in LANGUAGES]:
            return sitting.say(kind)
    return sitting.say("Emergency")
