"""An error boundary: one component that fails shows a panel, and the rest of the app lives on.

Without it, an exception in a re-render ends the session's update task without a word, and one in
an event handler replaces the whole app by an error page (Flet 1.0.5).
"""

import functools
import logging
from collections.abc import Callable
from typing import Any

import flet as ft

from field_app.ui import tokens
from field_app.ui.words import words_of

log = logging.getLogger(__name__)


def component(body: Callable[..., Any]) -> Callable[..., Any]:
    """`ft.component`, guarded. The call also takes a `key`, which Flet keeps for itself."""

    @functools.wraps(body)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return body(*args, **kwargs)
        except Exception:
            log.exception("the component %s failed to render", body.__name__)
            return _panel()

    return ft.component(guarded)


def report_handler_errors(page: ft.Page, tell: Callable[[], None]) -> None:
    """Turns an exception of an event handler into a line of the log and one sentence on screen."""

    def handler(message: str) -> None:
        log.error("an event handler failed: %s", message)
        tell()

    page.session.error = handler  # type: ignore[method-assign]  # Flet has no other way


def _panel() -> ft.Control:
    words = words_of(getattr(ft.context.page.data, "language", ""))
    sentence = words.say(
        "This part of the screen could not be drawn. What you entered is kept on the tablet."
    )
    return ft.Container(
        ft.Text(sentence),
        bgcolor=ft.Colors.ERROR_CONTAINER,
        padding=2 * tokens.GRID_PX,
        border_radius=tokens.RADIUS_PX,
    )
