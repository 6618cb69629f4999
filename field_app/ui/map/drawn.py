"""What was drawn of the map last. What is still the same is handed over as the very same objects:
Flet compares those with nothing, and the database is asked for nothing twice.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import flet as ft

R = TypeVar("R")
V = TypeVar("V")


class Drawn:
    """Of one map control, for as long as it is shown."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[Any, Any]] = {}
        self._marks: dict[str, dict[str, tuple[Any, Any]]] = {}

    def once(self, name: str, of: Any, make: Callable[[], R]) -> R:
        """What `make` gives, made anew only when `of` is another than it was."""
        held = self._made.get(name)
        if held is None or held[0] != of:
            held = self._made[name] = (of, make())
        made: R = held[1]
        return made

    def each(
        self, name: str, things: Iterable[tuple[str, V]], make: Callable[[V], Any]
    ) -> list[Any]:
        """The control of each thing, by its key: of one that is as it was, the one that it has.

        Only those of the last time are held: one that gave way to another is not taken up again.
        """
        before, now = self._marks.get(name, {}), dict[str, tuple[Any, Any]]()
        for key, thing in things:
            held = before.get(key)
            if held is None or held[0] != thing:
                held = (thing, make(thing))
                held[1].key = f"{name} {key}"
            now[key] = held
        self._marks[name] = now
        return [control for _, control in now.values()]


def use_drawn() -> Drawn:
    kept: Any = ft.use_ref(Drawn)
    drawn: Drawn = kept.current
    return drawn
