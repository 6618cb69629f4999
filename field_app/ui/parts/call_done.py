"""What an agent reads out once a call is registered: its number, and what is promised."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

import flet as ft

from field_app.ui.keeping import emptied
from field_app.ui.parts import buttons, cards, status, text
from field_app.ui.parts.call_acts import take_back
from field_app.ui.parts.call_draft import Call
from field_app.ui.parts.call_order import call_order
from field_app.ui.parts.form import form
from field_app.ui.sitting import Sitting
from field_app.ui.themes import GOOD, WARN

NUMBER_PX = 40


def call_done(sitting: Sitting, call: Call, told: dict[str, Any]) -> ft.Control:
    say = sitting.say
    number = text.strong(told["number"] or "", size_px=NUMBER_PX)
    read: list[ft.Control] = [text.body(line) for line in promise_lines(sitting, told)]
    parts: list[ft.Control] = [
        cards.section(say("Read the number out"), [number]),
        *_joined(sitting, told),
        cards.section(say("What is promised"), read),
        *call_order(sitting, told),
        ft.Row(_acts(sitting, call, told), spacing=12, wrap=True),
    ]
    onward = buttons.main_button(
        say("Next call"),
        icon=ft.Icons.PHONE_FORWARDED,
        press=partial(emptied, call),
        key="call-next",
        autofocus=True,
    )
    return form(sitting, say("The call is registered"), parts, onward)


def _joined(sitting: Sitting, told: dict[str, Any]) -> list[ft.Control]:
    """That there are other reports of it, or that it has come back."""
    say, others = sitting.say, told["reports"] - 1
    if others > 0:
        sentence = sitting.words.several(
            "{count} other report of the same: one incident, {number}.",
            "{count} other reports of the same: one incident, {number}.",
            others,
            number=told["incident_number"],
        )
        return [cards.banner(sentence, icon=ft.Icons.MERGE, colour=GOOD, name="joined")]
    if told["returned"]:
        sentence = say("It was fixed lately and has come back: the foreman is told so.")
        return [cards.banner(sentence, icon=ft.Icons.HISTORY, colour=WARN, name="returned")]
    return []


def _acts(sitting: Sitting, call: Call, told: dict[str, Any]) -> list[ft.Control]:
    say = sitting.say
    return [
        buttons.plain_button(
            say("See the incident"),
            icon=ft.Icons.REPORT,
            press=lambda: sitting.go(f"/incidents/{told['incident']}"),
            key="call-incident",
        ),
        buttons.plain_button(
            say("Taken down by mistake"),
            icon=ft.Icons.UNDO,
            press=partial(take_back, sitting, call),
            key="call-withdraw",
        ),
    ]


def promise_lines(sitting: Sitting, told: dict[str, Any]) -> Iterator[str]:
    """Until when somebody looks and it is fixed, by which rule, and whose it is."""
    say, because = sitting.say, told["because"]
    if told.get("suspended"):
        yield say("The promise is suspended: {reason}", reason=told["suspended"])
    else:
        yield from _delays(sitting, told)
    crew = told["crew"]
    if crew and "crew" in because:
        yield say("It goes to {crew}, by the rule “{rule}”.", crew=crew, rule=because["crew"])
    elif crew:
        yield say("It goes to {crew}.", crew=crew)
    yield say(status.PRIORITIES[min(4, max(1, told["priority"]))])
    if told["order"]:
        yield say("The order {number} is made already.", number=told["order"])


def _delays(sitting: Sitting, told: dict[str, Any]) -> Iterator[str]:
    say, answer, fix = sitting.say, _moment(told["acknowledge_by"]), _moment(told["fix_by"])
    if answer is not None:
        yield say("Taken in hand by {at} at the latest.", at=sitting.when(answer))
    if fix is not None and fix < sitting.workplace.clock():
        yield say("It was to be fixed before {at}: it is late.", at=sitting.when(fix))
    elif fix is not None:
        yield say("To be fixed before {at}.", at=sitting.when(fix))
    if answer is None and fix is None:
        yield say("No delay is promised for this.")
    if told["promise"]:
        yield say("Why then: {reason}", reason=told["promise"])


def _moment(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None
