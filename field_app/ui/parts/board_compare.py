"""Two numbers beside one another in words: how much more or less, or why they are not compared."""

from typing import Any

import flet as ft

from field_app.ui.parts.board_words import as_shown, measured
from field_app.ui.words import Words, noted

BESIDE = {
    "week_before": noted("the week before"),
    "year_before": noted("the same week last year"),
}
_UP, _DOWN, _LEVEL = ft.Icons.ARROW_UPWARD, ft.Icons.ARROW_DOWNWARD, ft.Icons.DRAG_HANDLE


def beside_name(words: Words, which: str) -> str:
    return words.say(BESIDE[which])


def number_then(words: Words, measure: str, then: dict[str, Any]) -> str:
    """The number of then; a dash where there is no record of it."""
    if then["value"] is None or (then["why"] or "").startswith("no_record"):
        return "–"
    return measured(words, measure, then["value"])


def compared(
    words: Words, measure: str, now: float | None, then: dict[str, Any]
) -> tuple[ft.IconData | None, str]:
    """Which arrow, and in words: `4 more`, `$1,240 less`, `the same`, or why there is none.

    The arrow says nothing that the words do not.
    """
    why, before = then["why"], then["value"]
    if why is not None:
        return None, _why_not(words, why)
    if now is None or before is None:
        return None, words.say("nothing to compare")
    now, before = as_shown(measure, now), as_shown(measure, before)
    amount = measured(words, measure, abs(now - before))
    if amount == measured(words, measure, 0.0):
        return _LEVEL, words.say("the same")
    if measure == "%":
        amount = words.several("{count} point", "{count} points", round(abs(now - before)))
    if now > before:
        return _UP, words.say("{amount} more", amount=amount)
    return _DOWN, words.say("{amount} less", amount=amount)


def _why_not(words: Words, why: str) -> str:
    code, _, day = why.partition(":")
    if code == "no_record" and day:
        return words.say("nothing on record before {day}", day=day)
    if code == "no_record":
        return words.say("nothing on record")
    if code == "undecided":
        return words.say("not to be compared yet")
    return words.say("nothing that week")
