"""One browser's session: who sits at it, where they are, in which language and look."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import flet as ft
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.ids import Author
from asset_model.people import Person
from asset_model.roles import may_insert
from asset_model.transitions import OFFICE
from field_app.reads.corners import Position
from field_app.store.unwritten import not_saved
from field_app.ui import times
from field_app.ui.keyboard import Keyboard
from field_app.ui.position import Fix, Track
from field_app.ui.words import Words, words_of
from field_app.ui.workplace import Workplace

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Signed:
    """The person who signed in."""

    id: str
    name: str
    role: str
    crew_id: str | None

    @classmethod
    def of(cls, person: Person) -> Self:
        return cls(person.id, person.name, person.role, person.crew_id)

    @property
    def in_office(self) -> bool:
        return self.role in OFFICE


@dataclass(frozen=True)
class Notice:
    """One sentence at the top, perhaps with a way back."""

    sentence: str
    bad: bool = False
    undo: Callable[[], Any] | None = None


class Kept:
    """What screens take up again when one comes back to them."""

    def __init__(self) -> None:
        self._held: dict[str, Any] = {}

    def held(self, name: str, make: Callable[[], R]) -> R:
        if name not in self._held:
            self._held[name] = make()
        kept: R = self._held[name]
        return kept


@ft.observable
@dataclass
class Sitting:
    """What components read; setting a field draws again whatever showed it."""

    workplace: Workplace
    route: str = "/"
    language: str = "fr"
    look: str = "day"
    wide: bool = True
    cramped: bool = False
    """Letters are so large that not even the words of the bar at the foot fit in a row."""
    text_percent: int = 100
    visits: int = 0
    """How often a page was gone to by hand: also from the page one is on to itself."""
    person: Signed | None = None
    notice: Notice | None = None
    revision: int = 0
    here: Fix | None = None
    """Where the tablet is, as far as screens need it anew; None where nothing has told."""
    moving: bool = False
    driving: bool = False
    """The driving screen is shown, and nothing else."""
    enlarge: Callable[[int], Any] = field(default=lambda _percent: None)
    """Lays the screen out for letters of this size."""
    navigate: Callable[[str], Any] = field(default=lambda _route: None)
    later: Callable[[float, Callable[[], Any]], Any] = field(default=lambda _s, _do: None)
    """Does something some seconds from now, on the UI thread."""
    kept: Kept = field(default_factory=Kept)
    keyboard: Keyboard = field(default_factory=Keyboard)

    _track: Track = field(default_factory=Track, repr=False)

    @property
    def words(self) -> Words:
        return words_of(self.language)

    @property
    def say(self) -> Callable[..., str]:
        return self.words.say

    def when(self, moment: datetime | None) -> str:
        """A moment as this person reads it: the hour alone today, with its day before and after;
        nothing where there is none.
        """
        if moment is None:
            return ""
        place = self.workplace
        return times.day_and_clock(moment, now=place.clock(), zone=place.zone, words=self.words)

    @property
    def signed(self) -> Signed:
        """The person; screens behind the sign-in may count on one."""
        if self.person is None:
            raise LookupError("nobody is signed in")
        return self.person

    @property
    def driver_id(self) -> str | None:
        """Who would drive a unit: nobody does at a desk, nor whoever only reads."""
        drives = may_insert(self.signed.role, "countersignature") and not self.signed.in_office
        return self.signed.id if drives else None

    @property
    def position(self) -> Position | None:
        """Where the tablet is now, if it was told lately."""
        fresh = self.here is not None and self.here.is_fresh(self.workplace.clock())
        return self.here.position if self.here and fresh else None

    @property
    def course(self) -> float | None:
        """The direction in which the tablet came to where it is."""
        return self._track.course

    def locate(self, fix: Fix) -> None:
        """Takes a word of the receiver; draws again only if something shown has changed."""
        self._track = track = self._track.after(fix)
        if track.shown is not self.here:
            self.here = track.shown
        if track.moving != self.moving:
            self.moving = track.moving
            if track.moving and not self.signed.in_office:
                self.driving = True

    def stop_driving(self) -> None:
        """One has parked, or is a passenger until the next time the tablet starts to move."""
        self.driving = False

    def own(self, name: str, default: str = "") -> str:
        """What this person chose on this device, or was filling in."""
        return self.workplace.preference_of(self.signed.id, name, default)

    def keep_own(self, name: str, value: str) -> None:
        self.workplace.keep_for(self.signed.id, name, value)

    def go(self, route: str) -> None:
        self.visits += 1
        self.route = route
        self.navigate(route)

    def read(self, query: Callable[Concatenate[Session, P], R], *args: P.args, **kw: P.kwargs) -> R:
        """Runs a read function in a session of its own; its rows stay readable afterwards."""
        with self.workplace.database.reading() as session:
            return query(session, *args, **kw)

    def act(self, verb: Callable[..., Any], *args: Any, **kw: Any) -> bool:
        """Runs a verb in one transaction, in the person's name; whether it was not refused."""

        def done(*inner: Any, **named: Any) -> bool:
            verb(*inner, **named)
            return True

        return bool(self.make(done, *args, **kw))

    def make(self, verb: Callable[..., R], *args: Any, **kw: Any) -> R | None:
        """`act` for a verb that gives back what it made. A refusal becomes a notice, and None."""
        by: Author = self.workplace.author(self.signed.id)
        try:
            with self.workplace.database.writing() as session:
                result = verb(session, *args, by=by, **kw)
        except Refused as refused:
            self.tell(refused.sentence(self.language), bad=True)
            return None
        except OperationalError as error:
            self.tell(not_saved(error).sentence(self.language), bad=True)
            return None
        self.workplace.changed()
        self.workplace.link.wake()
        return result

    def tell(
        self, sentence: str, *, bad: bool = False, undo: Callable[[], Any] | None = None
    ) -> None:
        """Shows a sentence for ten seconds."""
        notice = Notice(sentence, bad=bad, undo=undo)
        self.notice = notice
        self.later(10, lambda: self.dismiss(notice))

    def undo(self) -> None:
        """What the notice at the top offers to take back, where it does."""
        notice = self.notice
        if notice is not None and notice.undo is not None:
            self.dismiss(notice)
            notice.undo()

    def dismiss(self, notice: Notice) -> None:
        if self.notice is notice:
            self.notice = None


SITTING: Any = ft.create_context(None)


def use_sitting() -> Sitting:
    """The sitting this component is part of; it draws again when the sitting changes."""
    sitting: Any = ft.use_context(SITTING)
    if not isinstance(sitting, Sitting):
        raise LookupError("a component outside of the app")
    return sitting
