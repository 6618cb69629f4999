"""The book of rules, read from TOML as strictly as a mapping: every mistake is told at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from asset_model.grouping.concepts import folded
from gis.mapping_document import Section
from gis.problems import ImportRefused, Problem
from gis.toml_files import read_document
from sync_server.routing.spans import Span, span_of
from sync_server.routing.working_time import DAYS, Calendar
from sync_server.routing.zones import Zone, zones_of

OUTPUTS = ("crew", "priority", "acknowledge_within", "fix_within", "calendar")
SPANS = ("acknowledge_within", "fix_within")
TEXTS = (
    *("service", "group", "zone_any", "zone_all", "text_any", "text_none"),
    *("source", "asset_class", "district"),
)
PRIORITIES = range(1, 5)


@dataclass(frozen=True, slots=True)
class When:
    """Every condition that is given must hold. Texts are compared without accents."""

    texts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    within: str | None = None
    outside: str | None = None
    season: tuple[str, str] | None = None
    reports_min: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    when: When
    then: Mapping[str, Any]
    stop: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    edition: str
    zone: ZoneInfo
    rules: tuple[Rule, ...]
    calendars: Mapping[str, Calendar]
    zones: tuple[Zone, ...] = ()


def read_book(path: Path) -> tuple[Book, dict[str, Any]]:
    """The book of a TOML file, and its document as it is kept, with its zones within.

    :raises ImportRefused: everything that is wrong in it
    """
    document = read_document(path)
    whole = {**document, "zones": zones_of(document.get("zones"), path.parent)}
    return book_from(whole, title=path.name), whole


def book_from(document: Mapping[str, Any], *, title: str) -> Book:
    """:raises ImportRefused: every unknown, missing and mistyped key, at once"""
    problems: list[Problem] = []
    top = Section(title, "", dict(document), problems)
    zones = top.content.pop("zones", None) or []
    calendars = top.section("calendars")
    rules = top.content.pop("rule", None) or []
    top.asked.append("rule")
    book = Book(
        edition=top.required_text("edition"),
        zone=top.zone(),
        calendars={
            name: _calendar(calendars.section(name), name) for name in list(calendars.content)
        },
        rules=tuple(
            _rule(Section(title, f"rule {n}.", rule, problems)) for n, rule in enumerate(rules, 1)
        ),
        zones=tuple(Zone(each["name"], each["rings"]) for each in zones),
    )
    top.finish()
    _check_names(book, top)
    if problems:
        raise ImportRefused(problems)
    return book


def _calendar(section: Section, name: str) -> Calendar:
    told = section.texts("days")
    days = [day for day in DAYS if day in told] or list(DAYS[:5])
    opens, closes = _clock(section, "from", "08:00"), _clock(section, "to", "16:30")
    if opens >= closes:
        section.mistyped("to", "a time after “from”", "une heure après « from »")
        closes = time(23, 59)
    calendar = Calendar(name, tuple(days), opens, closes, section.text("holidays"))
    section.finish()
    return calendar


def _clock(section: Section, key: str, otherwise: str) -> time:
    told = section.text(key) or otherwise
    try:
        return time.fromisoformat(told)
    except ValueError:
        section.mistyped(key, "a time like 08:00", "une heure comme 08:00")
        return time.fromisoformat(otherwise)


def _rule(section: Section) -> Rule:
    then = section.section("then", required=True)
    rule = Rule(
        name=section.required_text("name"),
        when=_when(section.section("when")),
        then=_then(then),
        stop=bool(section.content.pop("stop", False)),
    )
    section.asked.append("stop")
    section.finish()
    return rule


def _when(section: Section) -> When:
    answers = section.section("answers")
    season = section.text("season")
    first, _, last = (season or "").partition(" ")
    if season and not (_is_month_day(first) and _is_month_day(last)):
        section.mistyped("season", "like 11-15 04-15", "comme 11-15 04-15")
        season = None
    when = When(
        texts={key: _folded(section.texts(key)) for key in TEXTS if key in section.content},
        answers={key: answers.texts(key) for key in list(answers.content)},
        within=section.text("within"),
        outside=section.text("outside"),
        season=(first, last) if season else None,
        reports_min=section.whole("reports_min", 0),
    )
    section.asked += TEXTS
    section.finish()
    return when


def _is_month_day(text: str) -> bool:
    month, _, day = text.partition("-")
    return month.isdigit() and day.isdigit() and 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, texts))


def _then(section: Section) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if crew := section.text("crew"):
        told["crew"] = crew
    if calendar := section.text("calendar"):
        told["calendar"] = calendar
    if "priority" in section.content:
        told["priority"] = section.whole("priority", 3)
        if told["priority"] not in PRIORITIES:
            section.mistyped("priority", "1 to 4", "1 à 4")
    told |= {key: span for key in SPANS if (span := _span(section, key)) is not None}
    section.asked += OUTPUTS
    section.finish()
    return told


def _span(section: Section, key: str) -> Span | None:
    text = section.text(key)
    if text is None:
        return None
    span = span_of(text)
    if span is None:
        section.mistyped(key, "like “4 h”, “2 working days”", "comme « 4 h », « 2 working days »")
    return span


def _check_names(book: Book, top: Section) -> None:
    """A calendar or a zone that no rule can find is a slip of the pen."""
    zones = {folded(zone.name) for zone in book.zones}
    for number, rule in enumerate(book.rules, 1):
        named = (rule.when.within, rule.when.outside, rule.then.get("calendar"))
        for calendar in filter(None, named):
            if calendar not in book.calendars:
                top.mistyped(
                    f"rule {number}.{calendar}", "a calendar of the book", "un calendrier du livre"
                )
        wanted = rule.when.texts.get("zone_any", frozenset()) | rule.when.texts.get(
            "zone_all", frozenset()
        )
        for zone in sorted(wanted - zones):
            top.mistyped(f"rule {number}.{zone}", "a zone of the book", "une zone du livre")
