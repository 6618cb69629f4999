"""What the rules make of an incident, and which of them made it so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asset_model.grouping.concepts import concepts_of, folded
from sync_server.routing.book import Book, Rule, When
from sync_server.routing.wording import words_of


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an incident. Codes, not ids; `at` is when it was opened.

    `words` are its own and those of all its reports; `source` and `answers` those of the first.
    """

    service: str
    group: str
    at: datetime
    words: Sequence[str] = ()
    longitude: float | None = None
    latitude: float | None = None
    district: str | None = None
    source: str | None = None
    asset_class: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    reports: int = 1


@dataclass(frozen=True, slots=True)
class Route:
    """Each output that some rule gave, and the name of that rule."""

    edition: str
    outputs: Mapping[str, Any]
    because: Mapping[str, str]


def routed(facts: Facts, book: Book) -> Route:
    """For each output the first rule that holds and gives it."""
    known = _Known(facts, book)
    outputs: dict[str, Any] = {}
    because: dict[str, str] = {}
    for rule in book.rules:
        if not known.holds(rule.when):
            continue
        for name, value in rule.then.items():
            if name not in outputs:
                outputs[name], because[name] = value, rule.name
        if rule.stop:
            break
    return Route(book.edition, outputs, because)


def holding(facts: Facts, book: Book) -> list[Rule]:
    """The rules that hold, in order, whether or not an earlier one said it all."""
    known = _Known(facts, book)
    return [rule for rule in book.rules if known.holds(rule.when)]


class _Known:
    """The facts as conditions read them; zones are looked up once."""

    def __init__(self, facts: Facts, book: Book) -> None:
        self._facts, self._book = facts, book
        self._local = facts.at.astimezone(book.zone)
        self._words = frozenset[str]().union(*map(concepts_of, facts.words))
        self._text = f" {' | '.join(map(words_of, facts.words))} "
        self._zones = frozenset(
            folded(zone.name)
            for zone in book.zones
            if facts.longitude is not None
            and facts.latitude is not None
            and zone.holds(facts.longitude, facts.latitude)
        )

    def holds(self, when: When) -> bool:
        return (
            self._facts.reports >= when.reports_min
            and all(self._text_holds(name, wanted) for name, wanted in when.texts.items())
            and all(
                not wanted.isdisjoint(_answered(self._facts.answers.get(name)))
                for name, wanted in when.answers.items()
            )
            and self._time_holds(when)
        )

    def _text_holds(self, name: str, wanted: frozenset[str]) -> bool:
        match name:
            case "zone_any":
                return bool(self._zones & wanted)
            case "zone_all":
                return wanted <= self._zones
            case "text_any":
                return self._says(wanted)
            case "text_none":
                return not self._says(wanted)
            case _:
                return folded(getattr(self._facts, name) or "") in wanted

    def _says(self, wanted: frozenset[str]) -> bool:
        """By concept, whatever the language, or by the very words."""
        return bool(self._words & wanted) or any(f" {word} " in self._text for word in wanted)

    def _time_holds(self, when: When) -> bool:
        calendars = self._book.calendars
        if when.within and not calendars[when.within].works_at(self._local):
            return False
        if when.outside and calendars[when.outside].works_at(self._local):
            return False
        return when.season is None or _in_season(self._local.strftime("%m-%d"), *when.season)


def _answered(answer: Any) -> set[str]:
    """As conditions name it: of several choices each, a yes as ``true``."""
    several = answer if isinstance(answer, list) else [answer]
    return {folded(str(each)) for each in several if each is not None}


def _in_season(day: str, first: str, last: str) -> bool:
    """Both ends within; a season may wrap the year."""
    return first <= day <= last if first <= last else day >= first or day <= last
