"""A list beside what is chosen in it: arrows open one after the other, without leaving the list."""

from collections.abc import Callable, Sequence
from typing import Any

from field_app.ui.keyboard import Key
from field_app.ui.sitting import Sitting
from field_app.ui.words import noted


def list_keys(
    sitting: Sitting, ids: Sequence[str], chosen: str, opens: Callable[[str], Any]
) -> list[Key]:
    """Nothing where the list gives way to what is opened: there, Tab leads to each row."""
    if not (ids and sitting.wide):
        return []

    def step(key: str) -> None:
        at = ids.index(chosen) if chosen in ids else -1
        to = max(0, at - 1) if key == "up" else min(len(ids) - 1, at + 1)
        sitting.keyboard.rest()
        opens(ids[to])

    return [Key(("up", "down"), noted("The one before in the list, the next one"), step)]
