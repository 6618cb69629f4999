"""The isolation as a page to print and take down the manhole: valves, who is dry, reopening."""

from collections.abc import Iterator, Sequence
from typing import Any

from asset_model.findings import Finding, sentence
from asset_model.network.report import Report
from asset_model.network.words import WORDS

TAGS_SHOWN_MAX = 12


def isolation_lines(report: Report, language: str) -> Iterator[str]:
    """The report of `isolation_report`, line by line."""
    page = _Page(language)
    yield page.say("title", asset=report["asset"])
    failed = sorted({*report["broken_valves"], *report["valves_passed_over"]})
    if failed:
        yield page.say("failed", tags=page.tags(failed))
    if report["sources_to_stop"]:
        yield page.say("sources", tags=page.tags(report["sources_to_stop"]))
    yield page.say("close" if report["valves_to_close"] else "close_none")
    yield from map(page.valve, report["valves_to_close"])
    if report["valves_to_keep_closed"]:
        yield page.say("keep_closed")
        yield from (f"  [ ] {page.card(card)}" for card in report["valves_to_keep_closed"])
    if besides := report["valves_closed_besides"]:
        yield page.say("besides", tags=page.tags([card["tag"] for card in besides]))
    yield from _without_water(report, page)
    yield page.say("reopening")
    for step in report["reopening"]:
        yield f"  [ ] {step['order']}. {page.say(step['doing'], tag=step['tag'])}"


def _without_water(report: Report, page: "_Page") -> Iterator[str]:
    yield page.say("without")
    for kind in ("pipes", "nodes", "hydrants"):
        found = report[f"{kind}_without_water"]
        tags = [one if isinstance(one, str) else one["tag"] for one in found]
        yield page.say(kind, count=len(tags), tags=page.tags(tags))
    customers = report["customers_without_water"]
    yield page.say("customers", count=len(customers))
    for card in customers:
        told = f", {page.say('told')}" if card.get("told_in_person") else ""
        yield f"    {page.card(card)}{told}"
    yield page.say("addresses", count=report["addresses"])
    for frontage in report["addresses_without_water"]:
        yield page.say("street", street=frontage["street"], numbers=runs(frontage["numbers"]))
    if not report["supply_known"]:
        yield page.say("supply_unknown")
    if astray := report["not_on_the_network"]:
        yield page.say("astray", count=len(astray), tags=page.tags(astray))


class _Page:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def say(self, code: str, **details: Any) -> str:
        return sentence(Finding(code, details), WORDS, self._language)

    def tags(self, tags: Sequence[str]) -> str:
        shown = ", ".join(tags[:TAGS_SHOWN_MAX])
        return f"{shown}, …" if len(tags) > TAGS_SHOWN_MAX else shown or "–"

    def valve(self, card: Report) -> str:
        notes = []
        if turns := card.get("turns_to_close"):
            notes.append(self.say("turns", turns=turns))
        if way := card.get("closing_direction"):
            notes.append(self.say(way))
        if card["instead_of"]:
            notes.append(self.say("instead_of", tag=card["instead_of"]))
        if not card["fed"]:
            notes.append(self.say("unfed"))
        told = f" ({', '.join(notes)})" if notes else ""
        box = "[x]" if card["closed"] else "[ ]"
        return f"  {box} {card['order']}. {self.card(card)}{told}"

    def card(self, card: Report) -> str:
        about = [card["tag"], card.get("name"), card.get("address")]
        return " – ".join(text for text in about if text)


def runs(numbers: Sequence[int]) -> str:
    """``2–16, 21``: civic numbers of one parity that follow on are told by their ends."""
    told = []
    for parity in (0, 1):
        run: list[int] = []
        for number in [n for n in numbers if n % 2 == parity]:
            if run and number - run[-1] != 2:
                told.append(_run(run))
                run = []
            run.append(number)
        if run:
            told.append(_run(run))
    return ", ".join(told)


def _run(run: Sequence[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"
