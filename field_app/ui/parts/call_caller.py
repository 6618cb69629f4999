"""Who calls, as far as they wish to say: kept on the server, apart from the problem."""

from functools import partial

import flet as ft

from field_app.ui.parts import buttons, cards, fields, text
from field_app.ui.parts.call_acts import ask_history
from field_app.ui.parts.call_draft import Call
from field_app.ui.sitting import Sitting
from field_app.ui.words import noted

LANGUAGES = (("fr", "Français"), ("en", "English"))
NEWS = (("email", noted("By e-mail")), ("phone", noted("By telephone")), ("none", noted("No news")))


def caller_parts(sitting: Sitting, call: Call) -> list[ft.Control]:
    say = sitting.say
    ask = partial(ask_history, sitting, call)
    parts: list[ft.Control] = [
        fields.text_field(
            say("Telephone"), call.phone, partial(setattr, call, "phone"), key="call-phone",
            leave=ask, submit=ask, sought="T",
        ),
        fields.text_field(
            say("E-mail"), call.email, partial(setattr, call, "email"), key="call-email",
            leave=ask, submit=ask,
        ),
        fields.text_field(
            say("Name"), call.name, partial(setattr, call, "name"), key="call-name"
        ),
        _choices(sitting, call),
        text.small(say("Kept at 311 alone. Crews see the place and the problem.")),
    ]  # fmt: skip
    return [cards.section(_heading(sitting, call), parts)]


def _heading(sitting: Sitting, call: Call) -> str:
    """With how often they reported before: above the number, where the eyes are as it is typed."""
    heading = sitting.say("Who calls (optional)")
    count = len(call.history["reports"]) if call.history else 0
    told = sitting.words.several(
        "{count} report by this caller before (Esc, then H)",
        "{count} reports by this caller before (Esc, then H)",
        count,
    )
    return f"{heading} · {told}" if count else heading


def _choices(sitting: Sitting, call: Call) -> ft.Control:
    row: list[ft.Control] = [
        buttons.choice_button(
            word,
            chosen=call.language == code,
            press=partial(setattr, call, "language", code),
            key=f"call-language-{code}",
            compact=True,
        )
        for code, word in LANGUAGES
    ]
    row += [
        buttons.choice_button(
            sitting.say(word),
            chosen=call.news_by == code,
            press=partial(setattr, call, "news_by", "" if call.news_by == code else code),
            key=f"call-news-{code}",
            compact=True,
        )
        for code, word in NEWS
    ]
    return ft.Row(row, wrap=True, spacing=8, run_spacing=8)
