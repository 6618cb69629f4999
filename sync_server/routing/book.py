"""The book of rules, read from TOML as strictly as a mapping: every mistake is told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from asset_model.grouping.concepts import folded
from asset_model.incident_vocabulary import ReportSource
from gis.mapping_document import Section
from gis.problems import ImportRefused, Problem, nearest
from gis.toml_files import read_document
from gis.toml_lines import located
from sync_server.routing.calendar_reading import calendar_of, month_day
from sync_server.routing.calendars import Calendar
from sync_server.routing.spans import Span, span_of
from sync_server.routing.wording import words_of
from sync_server.routing.working_time import due_at
from sync_server.routing.zones import Zone

OUTPUTS = ("crew", "priority", "acknowledge_within", "fix_within", "calendar")
SPANS = ("acknowledge_within", "fix_within")
TEXTS = (
    *("service", "group", "zone_any", "zone_all", "text_any", "text_none"),
    *("source", "asset_class", "district"),
)
SAID = ("text_any", "text_none")
"""Looked for in the words of an incident, word by word."""
PRIORITIES = range(1, 5)
NAMELESS = "?"
"""What a rule without a name is called, which is told by itself."""
A_MONDAY = datetime(2026, 1, 5, 12, tzinfo=UTC)
LONGEST_WAIT = timedelta(days=4 * 366)
"""A working span that takes longer has a calendar that hardly works."""


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

    :raises ImportRefused: everything that is wrong in it, each with its line
    """
    from sync_server.routing.zone_files import zones_of  # Geometry, which routing does without.

    document, problems = read_document(path), list[Problem]()
    top = Section(path.name, "", document, problems)
    told = top.section("zones") if "zones" in document else None
    whole = {**document, "zones": zones_of(told, path.parent) if told else []}
    book = _book(whole, path.name, problems)
    if problems:
        raise ImportRefused(located(problems, path.read_text("utf-8-sig")))
    return book, whole


def book_from(document: Mapping[str, Any], *, title: str) -> Book:
    """:raises ImportRefused: every unknown, missing and mistyped key, at once"""
    problems: list[Problem] = []
    book = _book(document, title, problems)
    if problems:
        raise ImportRefused(problems)
    return book


def book_as_kept(document: Mapping[str, Any]) -> Book:
    """A book that was published: what has been called a mistake since must stop nobody's report."""
    return _book(document, "published", [])


def _book(document: Mapping[str, Any], title: str, problems: list[Problem]) -> Book:
    top = Section(title, "", dict(document), problems)
    zones = top.content.pop("zones", None) or []
    calendars = top.section("calendars")
    book = Book(
        edition=top.required_text("edition"),
        zone=top.zone(),
        calendars={
            name: calendar_of(calendars.section(name), name) for name in list(calendars.content)
        },
        rules=tuple(
            _rule(Section(title, f"{_named(n, rule)}.", rule, problems))
            for n, rule in enumerate(_rules(top), 1)
        ),
        zones=tuple(Zone(each["name"], each["rings"]) for each in zones),
    )
    top.finish()
    _check_names(book, top)
    _check_spans(book, top)
    return book


def _rules(top: Section) -> list[dict[str, Any]]:
    told = top.content.pop("rule", [])
    top.asked.append("rule")
    if isinstance(told, list) and all(isinstance(each, dict) for each in told):
        return told
    top.mistyped("rule", "tables, each below [[rule]]", "des tables, chacune sous [[rule]]")
    return []


def _named(number: int, rule: Mapping[str, Any]) -> str:
    """How problems call a rule: by its place, and its name where it has one."""
    name = rule.get("name")
    return f"rule {number} ({name})" if name and isinstance(name, str) else f"rule {number}"


def _rule(section: Section) -> Rule:
    then = section.section("then", required=True)
    rule = Rule(
        name=section.required_text("name"),
        when=_when(section.section("when")),
        then=_then(then),
        stop=section.flag("stop"),
    )
    section.finish()
    return rule


def _when(section: Section) -> When:
    answers = section.section("answers")
    when = When(
        texts={key: _texts(section, key) for key in TEXTS if key in section.content},
        answers={key: _texts(answers, key) for key in list(answers.content)},
        within=section.text("within"),
        outside=section.text("outside"),
        season=_season(section),
        reports_min=section.whole("reports_min", 0),
    )
    for unknown in sorted(when.texts.get("source", frozenset()) - {*ReportSource}):
        listed = ", ".join(ReportSource)
        meant = nearest(unknown, among=ReportSource)
        section.mistyped("source", f"of {listed}", f"de {listed}", nearest=meant)
    section.asked += TEXTS
    section.finish()
    return when


def _texts(section: Section, key: str) -> frozenset[str]:
    """As they are compared. A list that names nothing would hold never, or always."""
    before = len(section.problems)
    texts = frozenset(map(words_of if key in SAID else folded, section.texts(key)))
    if len(section.problems) == before and not (texts and all(texts)):
        section.mistyped(key, "texts, none of them empty", "des textes, dont aucun n’est vide")
    return texts


def _season(section: Section) -> tuple[str, str] | None:
    told = section.text("season")
    if told is None:
        return None
    days = [month_day(text) for text in told.split()]
    if len(days) == 2 and days[0] and days[1]:
        return days[0], days[1]
    section.mistyped("season", "like 11-15 04-15", "comme 11-15 04-15")
    return None


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
        section.mistyped(
            key, "like “4 h”, “2 working days”", "comme « 4 h », « 2 jours ouvrables »"
        )
    return span


def _check_names(book: Book, top: Section) -> None:
    """A calendar or a zone that no rule can find is a slip of the pen; a name of two rules too."""
    zones, met = {folded(zone.name) for zone in book.zones}, set[str]()
    for number, rule in enumerate(book.rules, 1):
        where, texts = f"rule {number} ({rule.name})", rule.when.texts
        calendars = {"when.within": rule.when.within, "when.outside": rule.when.outside,
                     "then.calendar": rule.then.get("calendar")}  # fmt: skip
        for key, named in calendars.items():
            if named is not None and named not in book.calendars:
                told = (f"a calendar of the book, not “{named}”",
                        f"un calendrier du livre, pas « {named} »")  # fmt: skip
                meant = nearest(named, among=book.calendars)
                top.mistyped(f"{where}.{key}", *told, nearest=meant)
        for key in ("zone_any", "zone_all"):
            for zone in sorted(texts.get(key, frozenset()) - zones):
                told = (f"of the book’s zones, not “{zone}”", f"des zones du livre, pas « {zone} »")
                top.mistyped(f"{where}.when.{key}", *told, nearest=nearest(zone, among=zones))
        if rule.name in met and rule.name != NAMELESS:
            told = ("a name that no rule before it has", "un nom qu’aucune règle n’a avant elle")
            top.mistyped(f"{where}.name", *told)
        met.add(rule.name)


def _check_spans(book: Book, top: Section) -> None:
    """A calendar that hardly works would put a promise off for years."""
    for number, rule in enumerate(book.rules, 1):
        for key in SPANS:
            span = rule.then.get(key)
            if span is None or not span.working:
                continue
            for name, calendar in book.calendars.items():
                if due_at(A_MONDAY, span, calendar, book.zone) - A_MONDAY > LONGEST_WAIT:
                    top.mistyped(
                        f"rule {number} ({rule.name}).then.{key}",
                        f"what the calendar “{name}” works within four years",
                        f"ce que le calendrier « {name} » travaille en quatre ans",
                    )
