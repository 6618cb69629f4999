"""How long what a screen holds is kept; every component chooses one of three.

- `use_passing`: gone with the screen. Which form is open, what a press has set going.
- `use_view`: until the person signs out for good. How they look at a list: filters, days, zoom.
- `use_draft`: on the disk, at each change, until it is sent or emptied. Whatever somebody types
  that is more than a search: no rotation, no lock, no reload, no empty battery, no server that is
  killed loses a word of it.

Each is an observable object that handlers read as it is *now*. A plain state is what it was when
the screen was last drawn; a press that comes right after a letter, on a slow tablet, would be
handled without that letter.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, TypeVar

import flet as ft
from sqlalchemy.exc import OperationalError

from field_app.store import drafts
from field_app.ui.sitting import Sitting

D = TypeVar("D")

FLEETING = {"kept": None}
"""Metadata of a draft's field that is never written down: a PIN, a press that was answered."""

UNREADABLE = (TypeError, ValueError, KeyError)
"""An older version of the app wrote the parts of a field otherwise."""

MONTH = timedelta(days=31)
"""After so long nobody takes up what they had begun, and its order has long been closed."""


@dataclass(frozen=True)
class Way:
    """How a field is written down and read again: as it is. For others see `written_as`."""

    tell: Callable[[Any], Any] = lambda value: value
    take: Callable[[Sitting, Any], Any] = lambda _, told: told
    always: bool = False


def written_as(
    tell: Callable[[Any], Any], take: Callable[[Sitting, Any], Any], *, always: bool = False
) -> dict[str, Way | None]:
    """Metadata of a field that JSON does not know: what is written of it, and the way back.

    `always`: with whatever else is, though nobody changed it.
    """
    return {"kept": Way(tell, take, always)}


IN_ORDER = written_as(list, lambda _, told: tuple(told))
"""Metadata of a field that is a tuple of plain things."""


def use_passing(kind: Callable[[], D]) -> D:
    """What is gone with its screen."""
    state: Any = ft.use_state(kind)
    held: D = state[0]
    return held


def use_view(sitting: Sitting, kind: Callable[[], D], *, name: str) -> D:
    """How this person looks at a screen: who comes back to it finds it as they left it."""
    return use_passing(lambda: sitting.kept.held(f"{name} {sitting.signed.id}", kind))


def use_draft(
    sitting: Sitting,
    kind: Callable[[], D],
    *,
    name: str,
    shared: bool = False,
    lasting: timedelta = MONTH,
) -> D:
    """What this person is filling in, kept on the disk as theirs alone.

    `kind` gives an empty one. `shared`: one object for all screens of the sitting, which may go on
    once its screen was left, as a sending does. `lasting`: so long after the first word it is
    forgotten, sent or not.
    """

    def keeper() -> Keeper:
        return Keeper(sitting, kind, name, lasting)

    def held() -> Keeper:
        return sitting.kept.held(f"draft {name} {sitting.signed.id}", keeper)

    kept: Any = ft.use_ref(held if shared else keeper)
    state: Any = ft.use_state(lambda: kept.current.draft)
    draft: D = state[0]
    return draft


def has_draft(sitting: Sitting, name: str) -> bool:
    """Whether this person has begun to fill it in."""
    now = sitting.workplace.clock()
    return sitting.read(drafts.draft_of, name, sitting.signed.id, now=now) is not None


class Keeper:
    """Writes a draft down at each change. Held by the screen: Flet holds its listener weakly."""

    def __init__(
        self, sitting: Sitting, kind: Callable[[], Any], name: str, lasting: timedelta
    ) -> None:
        self._sitting, self._blank, self._name, self._lasting = sitting, kind(), name, lasting
        self._person_id = sitting.signed.id
        self._until: datetime | None = None
        self.draft = kind()
        self._lay_over()
        self._listener = self._write
        self.draft.subscribe(self._listener)

    def _lay_over(self) -> None:
        """What is on the disk; what no longer exists, or is not so any more, is passed over."""
        place, known = self._sitting.workplace, _kept_fields(self.draft)
        told = self._sitting.read(drafts.draft_of, self._name, self._person_id, now=place.clock())
        if told is None:
            return
        self._until = told.until
        for name, value in told.entered.items():
            if name in known:
                with suppress(*UNREADABLE):
                    setattr(self.draft, name, known[name].take(self._sitting, value))

    def _write(self, draft: Any, field: str | None) -> None:
        known = _kept_fields(draft)
        if field is not None and field not in known:
            return
        entered = self._entered(draft, known)
        place = self._sitting.workplace
        now = place.clock()
        if not entered:
            self._until = None
        elif self._until is None or self._until <= now:
            self._until = now + self._lasting
        try:
            with place.database.writing() as session:
                drafts.keep_draft(session, self._name, self._person_id, entered, until=self._until)
        except OperationalError:
            pass  # The disk is full, or read only: whoever saves something will be told.

    def _entered(self, draft: Any, known: dict[str, Way]) -> drafts.Entered:
        """What is not as in an empty one; nothing, where all of it is."""
        changed = {
            name
            for name, way in known.items()
            if not way.always and getattr(draft, name) != getattr(self._blank, name)
        }
        if not changed:
            return {}
        return {
            name: way.tell(getattr(draft, name))
            for name, way in known.items()
            if way.always or name in changed
        }


def _kept_fields(draft: Any) -> dict[str, Way]:
    known = {each.name: each.metadata.get("kept", Way()) for each in fields(draft)}
    return {name: way for name, way in known.items() if way is not None}


def emptied(draft: Any, blank: Any = None) -> None:
    """What was filled in has been saved: it is blank again, or `blank`, here and on the disk."""
    blank = type(draft)() if blank is None else blank
    for each in fields(draft):
        setattr(draft, each.name, getattr(blank, each.name))
