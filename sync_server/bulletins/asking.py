"""A question of a screen: who asks what, when; each word of it is checked as it is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.people import Person
from maintenance.due import TORONTO
from sync_server.days import day_of

WORD_MAX = 40


@dataclass(frozen=True)
class Asking:
    session: Session
    now: datetime
    person: Person
    question: Mapping[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.astimezone(TORONTO).date()

    def text(self, name: str) -> str | None:
        """What was said, or None where nothing was."""
        return self.question.get(name) or None

    def word(self, name: str, known: Iterable[str], default: str | None = None) -> str:
        """:raises Refused: ``bad_value`` where it is none of those that are known"""
        words = list(known)
        said = self.text(name) or default or ""
        if said not in words:
            raise _unusable(name, said, ", ".join(words))
        return said

    def number(self, name: str, default: int, *, most: int) -> int:
        """:raises Refused: ``bad_value``"""
        said = self.text(name)
        if said is None:
            return default
        if not said.isascii() or not said.isdecimal() or int(said) > most:
            raise _unusable(name, said, f"0 – {most}")
        return int(said)

    def day(self, name: str, default: date) -> date:
        """:raises Refused: ``bad_value``"""
        said = self.text(name)
        try:
            return default if said is None else day_of(said)
        except ValueError:
            raise _unusable(name, said or "", "2026-11-26") from None


def _unusable(name: str, said: str, why: str) -> Refused:
    return Refused("bad_value", field=name, value=said[:WORD_MAX], why=why)
