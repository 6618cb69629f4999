"""What is wrong with a book that could be read: rules nothing can reach, names nobody has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sync_server.routing.book import SPANS, Book, Rule, When
from sync_server.routing.zones import Zone

_KNOWN_BY = ("service", "group", "asset_class", "district")
_MORE_IS_NARROWER = ("zone_all", "text_none")
"""Conditions that hold less often the more is named; the others hold more often."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be looked at, of which rule of the book, counted from 1.

    `code`: ``shadowed`` (by `other`), ``never`` (it cannot hold), ``unknown`` (`other` is the
    name), ``outputless``, ``calendarless``; of a zone ``elsewhere`` (`other` is its name).
    """

    code: str
    rule: str
    other: str = ""
    number: int = 0


def remarks(
    book: Book, known: Mapping[str, frozenset[str]], *, town: Box | None = None
) -> Iterator[Remark]:
    """`known`: by kind of name (`crew`, `service`…), the names that the town has, folded."""
    for number, rule in enumerate(book.rules, 1):
        for code, other in _of_rule(book, rule, number, known):
            yield Remark(code, rule.name, other, number)
    if town:
        yield from (Remark("elsewhere", "", zone.name) for zone in book.zones if _apart(zone, town))


def _of_rule(
    book: Book, rule: Rule, number: int, known: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, str]]:
    if not rule.then and not rule.stop:
        yield "outputless", ""
    if _contradicts_itself(rule.when):
        yield "never", ""
    elif shadow := _shadow(book.rules[: number - 1], rule):
        yield "shadowed", shadow
    if _counts_without_calendar(book, rule):
        yield "calendarless", ""
    yield from (("unknown", name) for name in _unknown(rule, known))


def _contradicts_itself(when: When) -> bool:
    any_of, none_of = (when.texts.get(name, frozenset()) for name in ("text_any", "text_none"))
    excluded = bool(any_of) and any_of <= none_of
    return excluded or (when.within is not None and when.within == when.outside)


def _counts_without_calendar(book: Book, rule: Rule) -> bool:
    """Whether it counts working time though no rule that holds with it says which that is."""
    counts = any(rule.then[name].working for name in SPANS if name in rule.then)
    return counts and not any(
        "calendar" in each.then and _implied(rule.when, each.when) for each in book.rules
    )


def _apart(zone: Zone, town: Box) -> bool:
    west, south, east, north = zone.box
    return west > town[2] or east < town[0] or south > town[3] or north < town[1]


def _shadow(earlier: tuple[Rule, ...], rule: Rule) -> str | None:
    """An earlier rule that holds whenever this one does, and says or ends all that it says."""
    wanted = set(rule.then)
    for each in earlier:
        if _implied(rule.when, each.when):
            wanted -= set(each.then)
            if each.stop or not wanted:
                return each.name
    return None


def _implied(narrow: When, wide: When) -> bool:
    """Whether `wide` holds whenever `narrow` does, as far as that can be read from both."""
    texts = all(
        name in narrow.texts
        and (
            wide.texts[name] <= narrow.texts[name]
            if name in _MORE_IS_NARROWER
            else narrow.texts[name] <= wide.texts[name]
        )
        for name in wide.texts
    )
    answers = all(
        name in narrow.answers and narrow.answers[name] <= wide.answers[name]
        for name in wide.answers
    )
    times = all(
        getattr(wide, name) in (None, getattr(narrow, name))
        for name in ("within", "outside", "season")
    )
    return texts and answers and times and narrow.reports_min >= wide.reports_min


def _unknown(rule: Rule, known: Mapping[str, frozenset[str]]) -> Iterator[str]:
    named = {kind: rule.when.texts.get(kind, frozenset()) for kind in _KNOWN_BY}
    if crew := rule.then.get("crew"):
        named["crew"] = frozenset([crew])
    for kind, names in named.items():
        yield from (f"{kind} {name}" for name in sorted(names - known.get(kind, names)))
