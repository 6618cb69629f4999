"""A call to 311, taken down by keyboard: what, where, in which words, by whom."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import flet as ft

from asset_model.bulletins import may_decide
from field_app.reads.incident_twins import Twin
from field_app.ui.guard import component
from field_app.ui.keeping import emptied, use_draft
from field_app.ui.keyboard import Key, use_keys
from field_app.ui.parts import buttons, cards, text
from field_app.ui.parts.bulletins import not_allowed
from field_app.ui.parts.call_acts import TAKE, take
from field_app.ui.parts.call_beside import beside, past_keys
from field_app.ui.parts.call_caller import caller_parts
from field_app.ui.parts.call_done import call_done
from field_app.ui.parts.call_draft import KEPT_FOR, Call
from field_app.ui.parts.call_twins import twin_keys, twins_of_call
from field_app.ui.parts.call_what import first_choice, place_parts, service_parts, words_parts
from field_app.ui.parts.form import bar, scrolled
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import BAD, LINE
from field_app.ui.words import noted


@component
def CallScreen() -> Any:
    sitting = use_sitting()
    call = use_draft(sitting, Call, name="call", shared=True, lasting=KEPT_FOR)
    if not may_decide(sitting.signed.role, TAKE):
        return not_allowed(sitting)
    found = twins_of_call(sitting, call)
    use_keys(_keys(sitting, call, found))
    if call.done is not None:
        return call_done(sitting, call, call.done)
    form = ft.Column(
        [scrolled(_parts(sitting, call, found), key="call-form"), bar(_main(sitting, call))],
        expand=True,
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    if not sitting.wide:
        return form
    aside = ft.Container(
        scrolled(beside(sitting, call, found), key="call-beside"),
        expand=2,
        border=ft.Border.only(left=ft.BorderSide(1, LINE)),
    )
    return ft.Row(
        [ft.Container(form, expand=3), aside],
        expand=True,
        spacing=0,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _keys(sitting: Sitting, call: Call, found: Sequence[Twin]) -> list[Key]:
    """Letters once the field is left (Esc); Ctrl + Enter from within it."""
    if call.done is not None:
        return [Key(("N",), noted("Next call"), lambda _: emptied(call))]
    keys = [Key(("ctrl+enter",), noted("Register the call"), lambda _: take(sitting, call))]
    if call.service is not None:
        keys.append(Key(("S",), noted("Change what it is about"), partial(_again, call)))
    if call.spot is not None:
        keys.append(Key(("P",), noted("Change the place"), lambda _: call.place(None)))
    if asked := first_choice(call):
        keys.append(asked)
    keyboard = ft.context.page.data.keyboard
    return [*keys, *twin_keys(call, found, keyboard), *past_keys(sitting, call, keyboard)]


def _again(call: Call, _key: str) -> None:
    call.choose_service(None)


def _parts(sitting: Sitting, call: Call, found: Sequence[Twin]) -> list[ft.Control]:
    """One after the other: the next field is there, and has the caret, once the one before is."""
    say = sitting.say
    parts: list[ft.Control] = [text.title(say("New call")), *service_parts(sitting, call)]
    if call.service is not None:
        parts += place_parts(sitting, call)
    if call.placed:
        parts += words_parts(sitting, call)
        if not sitting.wide:
            parts += beside(sitting, call, found)
        parts += caller_parts(sitting, call)
    if call.trouble:
        parts.append(
            cards.banner(call.trouble, icon=ft.Icons.ERROR, colour=BAD, name="call-trouble")
        )
    return parts


def _main(sitting: Sitting, call: Call) -> ft.Control:
    say = sitting.say
    clear = buttons.plain_button(
        say("Clear"), icon=ft.Icons.CLEAR_ALL, press=partial(emptied, call), key="call-clear"
    )
    word = say("Attach and register") if call.chosen else say("Register")
    register = buttons.main_button(
        word,
        icon=ft.Icons.CHECK,
        press=partial(take, sitting, call),
        disabled=not call.ready,
        key="call-take",
    )
    return ft.Row([clear, register], spacing=12)
