"""A page that only the server works out: what it last told is shown at once, and asked anew.

Nothing waits for the network: a page without a link shows what was last told, with its age.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import flet as ft
from sqlalchemy.exc import OperationalError

from asset_model.bulletins import may_read
from asset_model.errors import Refused
from field_app.store.bulletins import Question, keep_bulletin, kept_bulletin, spelled
from field_app.store.unwritten import not_saved
from field_app.ui import times
from field_app.ui.keeping import use_passing
from field_app.ui.parts import buttons, cards, text
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import WARN

FRESH_FOR = timedelta(seconds=20)
"""What was told so lately is not asked again because something has changed here."""


@ft.observable
@dataclass
class Asking:
    """`waiting`: the question that is being asked; `of`: the one that `trouble` is about."""

    waiting: str = ""
    of: str = ""
    trouble: Refused | None = None


@dataclass(frozen=True)
class Told:
    """What there is to show. `body` is None until the server has told anything."""

    body: dict[str, Any] | None
    made_at: datetime | None
    waiting: bool
    trouble: Refused | None
    again: Callable[[], None]


def use_bulletin(name: str, question: Question) -> Told:
    """A bulletin as it was last told; asked when it is opened, and when data here has changed."""
    sitting, asking = use_sitting(), use_passing(Asking)
    key = spelled(name, question)
    kept = sitting.read(kept_bulletin, name, question)

    async def ask() -> None:
        if asking.waiting == key:
            return
        asking.waiting = key
        trouble = await asyncio.to_thread(_asked, sitting, name, question)
        if asking.waiting == key:
            asking.waiting, asking.of, asking.trouble = "", key, trouble

    def again() -> None:
        ft.context.page.run_task(ask)

    def freshen() -> None:
        now = sitting.workplace.clock()
        if kept is None or asking.trouble or now - kept.heard_at >= FRESH_FOR:
            again()

    ft.use_effect(freshen, [key, sitting.revision])
    return Told(
        body=kept.body if kept else None,
        made_at=kept.made_at if kept else None,
        waiting=asking.waiting == key,
        trouble=asking.trouble if asking.of == key else None,
        again=again,
    )


def _asked(sitting: Sitting, name: str, question: Question) -> Refused | None:
    """Asks the server and keeps what it tells; why not, where it does not."""
    place = sitting.workplace
    try:
        told = place.desk.tell(name, question, sitting.signed.id)
        with place.database.writing() as session:
            keep_bulletin(
                session, name, question, made_at=told.made_at, body=told.body, now=place.clock()
            )
    except Refused as refused:
        return refused
    except OperationalError as error:
        return not_saved(error)
    return None


async def decided(
    sitting: Sitting, name: str, body: dict[str, Any]
) -> tuple[dict[str, Any] | None, str]:
    """Has the server work something out, or carry it out: what it came to, else why not."""
    desk, person_id = sitting.workplace.desk, sitting.signed.id
    try:
        told = await asyncio.to_thread(desk.decide, name, body, person_id)
    except Refused as refused:
        return None, refused.sentence(sitting.language)
    sitting.workplace.link.wake()
    return told.body, ""


def stamp(sitting: Sitting, told: Told) -> ft.Control:
    """As of when; a page without a link says more in its banner."""
    if told.made_at is None or told.trouble is not None:
        return ft.Container(height=0)
    at = sitting.when(told.made_at)
    said = sitting.say("As of {at}", at=at)
    if told.waiting:
        said = sitting.say("{said} · asking anew", said=said)
    return text.small(said, lines=1)


def trouble(sitting: Sitting, told: Told) -> list[ft.Control]:
    """Above a page that is not of now: why, and how old it is."""
    if told.trouble is None or told.made_at is None:
        return []
    now = sitting.workplace.clock()
    sentence = sitting.say(
        "{why} What you see is of {at}, {age} ago.",
        why=told.trouble.sentence(sitting.language),
        at=sitting.when(told.made_at),
        age=times.span(now - told.made_at, sitting.words),
    )
    return [
        cards.banner(
            sentence,
            icon=ft.Icons.CLOUD_OFF,
            colour=WARN,
            name="stale",
            action=_again(sitting, told),
        )
    ]


def nothing_yet(sitting: Sitting, told: Told) -> ft.Control:
    """In place of a page of which nothing was ever told."""
    if told.waiting or told.trouble is None:
        return cards.empty(
            sitting.say("The server is working it out."), icon=ft.Icons.HOURGLASS_TOP
        )
    sentence = told.trouble.sentence(sitting.language)
    return cards.empty(sentence, icon=ft.Icons.CLOUD_OFF, action=_again(sitting, told))


def allowed(sitting: Sitting, name: str) -> bool:
    return may_read(sitting.signed.role, name)


def not_allowed(sitting: Sitting) -> ft.Control:
    sentence = sitting.say("This page is not one of your role’s. Ask an administrator for it.")
    return cards.empty(sentence, icon=ft.Icons.LOCK)


def _again(sitting: Sitting, told: Told) -> ft.Control:
    return buttons.plain_button(
        sitting.say("Try again"), icon=ft.Icons.REFRESH, press=told.again, key="ask-again"
    )
