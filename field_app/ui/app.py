"""The app: the frame around the screens, and which screen is shown where."""

import asyncio
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from typing import Any

import flet as ft

from field_app.ui import tokens
from field_app.ui.flutter_words import speak
from field_app.ui.guard import component, report_handler_errors
from field_app.ui.keyboard import name_of
from field_app.ui.parts.keys import KeySheet, RestingPlace
from field_app.ui.redrawing import draw_outermost_first
from field_app.ui.scale import KEPT, is_cramped, is_wide, percent_of
from field_app.ui.screens.enrolment import Enrolment
from field_app.ui.screens.sign_in import SignIn
from field_app.ui.shell import Shell
from field_app.ui.sitting import SITTING, Sitting, use_sitting
from field_app.ui.themes import dress
from field_app.ui.timers import Timers
from field_app.ui.workplace import Workplace


def main_for(workplace: Workplace) -> Callable[[ft.Page], None]:
    """What Flet calls for every new browser session."""

    def main(page: ft.Page) -> None:
        timers = Timers()
        sitting = _sit_down(page, workplace, timers)
        page.data = sitting
        page.title = "Voirie"
        page.padding = 0
        dress(page, sitting.look)
        speak(page, sitting.language)
        draw_outermost_first(page)
        report_handler_errors(page, lambda: _tell_failure(sitting))
        page.on_resize = lambda e: _fit(sitting, e.width, sitting.text_percent)
        sitting.enlarge = lambda percent: _fit(sitting, page.width or tokens.WIDE_PX, percent)
        page.on_keyboard_event = lambda e: sitting.keyboard.pressed(name_of(e))
        page.on_route_change = lambda e: _moved(sitting, e.route)
        _fit(sitting, page.width or tokens.WIDE_PX, 100)
        page.on_close = partial(_left, _follow(sitting), timers)
        sizes = ft.SharedPreferences()
        page.run_task(_read_size, sitting, sizes)
        page.render(App, sitting)

    return main


@component
def App(sitting: Sitting) -> Any:
    """Enrolment before anything, sign-in before work."""
    screen: Any = Shell
    if not sitting.workplace.link.enrolled:
        screen = Enrolment
    elif sitting.person is None:
        screen = SignIn
    return ft.SafeArea(SITTING(sitting, partial(_Framed, screen)), expand=True)


@component
def _Framed(screen: Any) -> Any:
    """The screen; beside it the sheet of keys, where somebody has asked for it."""
    sitting = use_sitting()
    return ft.Row(
        [
            ft.Container(screen(), expand=True),
            KeySheet(sitting.keyboard, key="keys"),
            RestingPlace(sitting.keyboard, key="rest"),
        ],
        expand=True,
        spacing=0,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _sit_down(page: ft.Page, workplace: Workplace, timers: Timers) -> Sitting:
    return Sitting(
        workplace=workplace,
        route=page.route or "/",
        language=workplace.preference("language", "fr"),
        look=workplace.preference("look", "day"),
        navigate=page.navigate,
        later=timers.later,
    )


def _follow(sitting: Sitting) -> Callable[[], None]:
    """Reads again when the data has changed, whichever thread changed it; what ends that."""
    loop = asyncio.get_running_loop()
    here = copy_context()  # Flet finds the page of a change in the context it is made in
    watchers = sitting.workplace.watchers

    def bump() -> None:
        sitting.revision += 1

    def watcher() -> None:
        loop.call_soon_threadsafe(bump, context=here)

    watchers.add(watcher)
    return lambda: watchers.discard(watcher)


def _left(unfollow: Callable[[], None], timers: Timers, _event: Any) -> None:
    unfollow()
    timers.close()


def _fit(sitting: Sitting, width_px: float, percent: int) -> None:
    sitting.text_percent = percent
    sitting.wide = is_wide(width_px, percent)
    sitting.cramped = is_cramped(width_px, percent)


async def _read_size(sitting: Sitting, kept: ft.SharedPreferences) -> None:
    """A browser keeps it for itself: at a desk, others have theirs."""
    sitting.enlarge(percent_of(await kept.get(KEPT)))


def _moved(sitting: Sitting, route: str) -> None:
    sitting.route = route


def _tell_failure(sitting: Sitting) -> None:
    sentence = sitting.say(
        "Something went wrong in this app. What you had saved is kept on the tablet."
    )
    sitting.tell(sentence, bad=True)
