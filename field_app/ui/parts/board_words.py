"""The figures of the director's page in words: titles, parts, and numbers with their measure."""

from typing import Any

from field_app.ui.parts import pass_load, status
from field_app.ui.sitting import Sitting
from field_app.ui.words import Words, noted

Figure = dict[str, Any]

TITLES = {
    "emergencies": noted("Open emergency orders"),
    "overdue": noted("Overdue orders"),
    "backlog": noted("Backlog"),
    "compliance": noted("Plan compliance"),
    "fleet": noted("Fleet ready"),
    "cost": noted("Cost by activity"),
    "requests": noted("Open 311 requests"),
    "requests_on_time": noted("311 requests done on time"),
    "opened": noted("Orders created"),
    "finished": noted("Orders finished"),
    "closed": noted("Orders closed"),
    "calls": noted("311 calls and reports"),
    "week_compliance": noted("Plan compliance"),
    "week_cost": noted("Cost of the work"),
    "streets": noted("Streets passed"),
    "spread": noted("Material spread"),
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
    **{str(code): word for code, word in (*pass_load.KINDS, *pass_load.MATERIALS) if code},
}


DECIMALS = {"km": 1, "t": 2}


def title(words: Words, figure: str) -> str:
    return words.say(TITLES[figure]) if figure in TITLES else figure


def part_name(words: Words, part: Figure) -> str:
    """The town's own word, else the catalogue's."""
    code: str = part["code"]
    named: str | None = part.get("name")
    return named or (words.say(PARTS[code]) if code in PARTS else code)


def so_many(words: Words, code: str, count: int) -> str:
    """So many units that stand so: `8 ready`."""
    if code == "ready":
        return words.several("{count} ready unit", "{count} ready units", count)
    if code == "check_needed":
        return words.several("{count} circle check to do", "{count} circle checks to do", count)
    return f"{count} {words.say(PARTS[code])}"


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


def measured(words: Words, measure: str, value: float | None) -> str:
    """A number in its measure: dollars, percent, weeks, km, t; else bare."""
    match measure:
        case "$":
            return money(words, value)
        case "%":
            return percent(words, value)
        case "week":
            return weeks(words, value)
    if value is None:
        return "–"
    if measure in DECIMALS:
        return f"{words.number(round(value, DECIMALS[measure]))}\u00a0{measure}"
    return words.number(round(value))


def as_shown(measure: str, value: float) -> float:
    """Rounded as `measured` writes it: what is worked out of two numbers is of those one reads."""
    return round(value, 1 if measure == "week" else DECIMALS.get(measure, 0))


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
    each = (note.partition(":") for note in told)
    said = (_note(sitting.words, code, int(count)) for code, _, count in each)
    return [note for note in said if note]


def _note(words: Words, code: str, count: int) -> str:
    """Nothing, where a newer server tells of what this app does not know."""
    match code:
        case "unestimated":
            return words.several(
                "{count} order has no estimate", "{count} orders have no estimate", count
            )
        case "unpriced":
            return words.several("{count} line has no rate", "{count} lines have no rate", count)
        case "unweighed":
            return words.several(
                "{count} pass has no weight", "{count} passes have no weight", count
            )
        case "undecided":
            return words.several(
                "{count} occurrence may still be done in time",
                "{count} occurrences may still be done in time",
                count,
            )
    return ""
