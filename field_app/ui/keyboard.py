"""The keys of a keyboard: what each does on the screen that is shown, for who uses no mouse.

A screen binds keys while it is shown (`use_keys`); the help sheet lists what is bound, so that it
cannot tell of a key that does nothing. While somebody writes in a field, letters are letters.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import flet as ft

PASS_ON = object()
"""What a key did not concern; whoever is asked next may take it."""

IN_TEXT = ("ctrl+enter",)
"""What means nothing to a field of text is ours there too; Escape leaves the field."""
TO_ROAM = ("tab",)
"""From then on Enter presses what has the focus, and nothing of ours."""
TO_PRESS = ("enter", "space")
DIGITS = tuple("123456789")


@dataclass(frozen=True)
class Key:
    """What one key, or each of some, does here. `do` is given the key, and may `PASS_ON`."""

    names: tuple[str, ...]
    word: str
    """The sentence of the help sheet."""
    do: Callable[[str], Any]
    shown: str = ""
    """How the help sheet writes the keys; else their names."""


@dataclass(eq=False)
class Pane:
    """The keys of one component that is shown."""

    keys: Sequence[Key] = ()


@ft.observable
@dataclass
class Keyboard:
    """The keys of all that is shown; who came last is asked first."""

    panes: list[Pane] = field(default_factory=list)
    helping: bool = False
    """The sheet of keys is shown."""
    _writing: Any = None
    _leaving: Any = None
    """The field that Escape has left, until the screen has taken the focus from it."""
    _roaming: bool = False
    _second: Callable[[str], Any] | None = None
    _rest: Callable[[], Any] = field(default=lambda: None)

    def open(self, pane: Pane, *, last: bool = False) -> None:
        self.panes = [pane, *self.panes] if last else [*self.panes, pane]

    def close(self, pane: Pane) -> None:
        self.panes = [one for one in self.panes if one is not pane]

    def help(self, shown: bool) -> None:
        self.helping = shown

    def rests_at(self, rest: Callable[[], Any]) -> None:
        """Where the focus is when no control has it: Enter then presses none of them."""
        self._rest = rest

    def writes(self, box: object) -> None:
        self._writing, self._leaving = box, None

    def has_written(self, box: object) -> None:
        """Of a field that lost the focus, perhaps to another that has it already."""
        if self._writing is box:
            self._writing = None
        if self._leaving is box:
            self._leaving = None

    def is_leaving(self, box: object) -> bool:
        """Whether what is typed now has been a key of ours, though it came into the field too."""
        return self._leaving is box

    def then(self, do: Callable[[str], Any]) -> None:
        """The next key is the second half of this one."""
        self._second = do

    def rest(self) -> None:
        self._roaming = False
        self._rest()

    def pressed(self, name: str) -> None:
        second, self._second = self._second, None
        if self._writing is not None and name == "escape":
            self._writing, self._leaving = None, self._writing
            self.rest()
            return
        if self._writing is not None and name not in IN_TEXT:
            return
        if second is not None:
            second(name)
            return
        if name in TO_ROAM:
            self._roaming = True
        if self._roaming and name in TO_PRESS:
            return
        for key in self.bound():
            if name in key.names and key.do(name) is not PASS_ON:
                return

    def bound(self) -> list[Key]:
        return [key for pane in reversed(self.panes) for key in pane.keys]


def use_keys(keys: Sequence[Key], *, last: bool = False) -> None:
    """These keys, for as long as the component is shown; `last` is asked after all the others."""
    keyboard: Keyboard = ft.context.page.data.keyboard
    kept: Any = ft.use_ref(Pane)
    pane: Pane = kept.current
    pane.keys = keys
    ft.use_effect(lambda: keyboard.open(pane, last=last), [], lambda: keyboard.close(pane))


def numbered(
    keyboard: Keyboard, letter: str, word: str, count: int, do: Callable[[int], Any]
) -> list[Key]:
    """A letter, then the number of one of so many, the first being 1; no key where there is none.

    `do` is given its place, the first being 0.
    """
    digits = DIGITS[:count]

    def second(digit: str) -> None:
        if digit in digits:
            do(DIGITS.index(digit))

    shown = f"{letter}  1 – {len(digits)}" if len(digits) > 1 else f"{letter}  1"
    return [Key((letter,), word, lambda _: keyboard.then(second), shown)] if digits else []


def give_focus(page: ft.Page, control: ft.Control) -> None:
    """By its number: a control that was drawn anew since has lost its way to the page (1.0.5)."""
    page.run_task(page.session.invoke_method, control._i, "focus", None)  # noqa: SLF001


def name_of(event: ft.KeyboardEvent) -> str:
    """How we call the key: ``A``, ``7`` of either block of digits, ``down``, ``ctrl+z``."""
    words = event.key.lower().split(" ")
    name = words[-1] if words[0] in ("arrow", "numpad") else "-".join(words)
    name = "space" if event.key == " " else name
    if event.ctrl or event.meta:
        return f"ctrl+{name}"
    return name.upper() if len(name) == 1 else name
