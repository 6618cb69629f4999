"""The figures of the director's page in words: titles, parts, and numbers with their measure."""

from typing import Any

from field_app.ui.parts import status
from field_app.ui.sitting import Sitting
from field_app.ui.words import Words, noted

Figure = dict[str, Any]

TITLES = {
    "emergencies": noted("Open emergencies"),
    "overdue": noted("Overdue orders"),
    "backlog": noted("Backlog"),
    "compliance": noted("Plan compliance"),
    "fleet": noted("Fleet ready"),
    "cost": noted("Cost by activity"),
    "requests": noted("Open 311 requests"),
    "requests_on_time": noted("311 requests done on time"),
}
PARTS = {
    "law": noted("by law"),
    "policy": noted("by policy"),
    "kept": noted("in time"),
    "late": noted("not in time"),
    "none": noted("No crew"),
    "ready": noted("ready"),
    "check_needed": noted("circle check to do"),
    "out_of_service": noted("out of service"),
    "excepted": noted("under exception"),
    **status.KINDS,
}


def title(words: Words, figure: str) -> str:
    return words.say(TITLES[figure]) if figure in TITLES else figure


def part_name(words: Words, part: Figure) -> str:
    """The town's own word, else the catalogue's."""
    code: str = part["code"]
    named: str | None = part.get("name")
    return named or (words.say(PARTS[code]) if code in PARTS else code)


def money(words: Words, amount: float | None) -> str:
    """Whole dollars: `12 340 $`, `$12,340`."""
    if amount is None:
        return "–"
    told = words.number(round(amount))
    return f"{told}\u00a0$" if words.language == "fr" else f"${told}"


def percent(words: Words, share: float | None) -> str:
    if share is None:
        return "–"
    told = words.number(round(share))
    return f"{told}\u00a0%" if words.language == "fr" else f"{told}%"


def weeks(words: Words, value: float | None) -> str:
    if value is None:
        return "–"
    return words.number(round(value, 1))


def value_of(words: Words, figure: Figure) -> str:
    """The number of a figure, or of one of its parts, in its measure."""
    match figure.get("measure"):
        case "$":
            return money(words, figure["value"])
        case "%":
            return percent(words, figure["value"])
        case "week":
            return weeks(words, figure["value"])
    return words.number(figure["count"])


def change(words: Words, now: float, before: float | None) -> str:
    """How much more or less than a year ago: `+12 %`; a dash where there was nothing."""
    if not before:
        return "–"
    told = percent(words, 100 * (now - before) / before)
    return told if told.startswith("-") else f"+{told}"


def rule(words: Words, told: dict[str, Any]) -> str:
    sentence = words.either(told["fr"], told["en"])
    return words.say("Rule {version}: {rule}", version=told["version"], rule=sentence)


def notes(sitting: Sitting, told: list[str]) -> list[str]:
    """What the number does not hold: `unestimated:3`, `unpriced:2`."""
    words = sitting.words
    said = []
    for note in told:
        code, _, count = note.partition(":")
        if code == "unestimated":
            said.append(
                words.several(
                    "{count} order has no estimate", "{count} orders have no estimate", int(count)
                )
            )
        if code == "unpriced":
            said.append(
                words.several("{count} line has no rate", "{count} lines have no rate", int(count))
            )
    return said
