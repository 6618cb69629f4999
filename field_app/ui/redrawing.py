"""In which order what has changed is drawn again: what holds others before what it holds.

Flet 1.0.5 draws the components that are due in no order. One that was drawn before the one that
holds it is drawn twice, with all below it; after it, it is found to be drawn already. A change of
the page is due in the app, its frame and the page itself: that was thrice the work.
"""

from collections.abc import Iterator
from typing import Any

import flet as ft


class OutermostFirst(set[Any]):
    """What is due, given out from the outermost inwards."""

    def __iter__(self) -> Iterator[Any]:
        return iter(sorted(super().__iter__(), key=_depth))


def draw_outermost_first(page: ft.Page) -> None:
    session: Any = page.session
    due = session._Session__pending_updates  # noqa: SLF001 -- Flet has no other way
    session._Session__pending_updates = OutermostFirst(due)  # noqa: SLF001


def _depth(component: Any) -> int:
    """How many components hold it."""
    depth = 0
    while (holder := getattr(component, "_parent_component", None)) is not None:
        component, depth = holder(), depth + 1
    return depth
