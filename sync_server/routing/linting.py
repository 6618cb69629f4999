"""What is wrong with a book that could be read: rules nothing can reach, names nobody has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sync_server.routing.book import Book, Rule, When

_KNOWN_BY = ("service", "group", "asset_class", "district")
_MORE_IS_NARROWER = ("zone_all", "text_none")
"""Conditions that hold less often the more is named; the others hold more often."""


@dataclass(frozen=True, slots=True)
class Remark:
    """`code` is ``shadowed`` (by `other`), ``unknown`` (`other` is the name) or ``outputless``."""

    code: str
    rule: str
    other: str = ""


def remarks(book: Book, known: Mapping[str, frozenset[str]]) -> Iterator[Remark]:
    """`known`: by kind of name (`crew`, `service`…), the names that the town has, folded."""
    for place, rule in enumerate(book.rules):
        if not rule.then and not rule.stop:
            yield Remark("outputless", rule.name)
        if shadow := _shadow(book.rules[:place], rule):
            yield Remark("shadowed", rule.name, shadow)
        yield from _unknown(rule, known)


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


def _unknown(rule: Rule, known: Mapping[str, frozenset[str]]) -> Iterator[Remark]:
    named = {kind: rule.when.texts.get(kind, frozenset()) for kind in _KNOWN_BY}
    if crew := rule.then.get("crew"):
        named["crew"] = frozenset([crew])
    for kind, names in named.items():
        for name in sorted(names - known.get(kind, names)):
            yield Remark("unknown", rule.name, f"{kind} {name}")
