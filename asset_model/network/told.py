"""What a crew tells of a break, as steps of its work order: each valve, each line of the reopening.

A step says what it is about in its choices: each names the `doing` and the tag of the `asset`.
Two tablets without signal may each add a step on the same valve; where they disagree, the valve is
*uncertain*, and no crew may count on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asset_model.findings import Finding, sentence
from asset_model.network.words import WORDS
from asset_model.vocabulary import StepKind
from asset_model.work_orders import Step

CLOSE, OPEN, BREAK = "close", "open", "break"
CLOSED, CANNOT_TURN, NOT_FOUND = "closed", "cannot_turn", "not_found"
DONE, NOT_CLOSED = "ok", "not_closed"
UNCERTAIN = "uncertain"

ANSWERS: dict[str, tuple[str, ...]] = {
    CLOSE: (CLOSED, CANNOT_TURN, NOT_FOUND),
    OPEN: (DONE, NOT_CLOSED),
}
"""By what is done; all else is done or not."""

CONDITIONS = {CLOSED: "working", CANNOT_TURN: "broken", NOT_FOUND: "not_found"}
"""What each answer says of the valve itself, as its attribute *condition* has it."""

About = tuple[str, str]
"""What is done, and the tag of what it is done to; empty: the whole isolated part."""


@dataclass(frozen=True)
class Word:
    """What is known of one valve or line: the latest answer, whose it is, and all its steps."""

    answer: str | None
    person_id: str | None
    at: datetime | None
    steps: tuple[Step, ...]


Words = Mapping[About, Word]


def line(doing: str, tag: str | None, **more: Any) -> dict[str, Any]:
    """The step's columns that say what it is about; `more` is kept beside it."""
    code = "close_one" if doing == CLOSE else doing
    finding = Finding(code, {"tag": tag or ""})
    labels = {f"label_{lang}": sentence(finding, WORDS, lang) for lang in ("fr", "en")}
    choices = [
        {
            "code": answer,
            **{f"label_{lang}": sentence(Finding(answer), WORDS, lang) for lang in ("fr", "en")},
            "doing": doing,
            "asset": tag or "",
            **more,
        }
        for answer in ANSWERS.get(doing, (DONE,))
    ]
    return {"kind": StepKind.CHOICE, "choices": choices, **labels}


def about(step: Step) -> About | None:
    """None: a step like any other."""
    for choice in step.choices or ():
        if isinstance(choice, dict) and "doing" in choice:
            return choice["doing"], choice.get("asset") or ""
    return None


def words_of(steps: Iterable[Step]) -> Words:
    """Everything that the steps tell of breaks."""
    found: dict[About, list[Step]] = {}
    for step in steps:
        if key := about(step):
            found.setdefault(key, []).append(step)
    return {key: _word(these) for key, these in found.items()}


def closed(words: Words) -> tuple[str, ...]:
    """The valves that are closed now, by everyone's word."""
    return tuple(
        tag
        for (doing, tag), word in words.items()
        if doing == CLOSE and word.answer == CLOSED and not reopened(words, tag)
    )


def failed(words: Words) -> tuple[str, ...]:
    """The valves that do not hold: nobody may count on one that is told of in two ways either."""
    lost = (CANNOT_TURN, NOT_FOUND, UNCERTAIN)
    return tuple(
        tag for (doing, tag), word in words.items() if doing == CLOSE and word.answer in lost
    )


def reopened(words: Words, tag: str) -> bool:
    word = words.get((OPEN, tag))
    return word is not None and word.answer == DONE


def found_before(words: Words, tag: str, otherwise: str) -> str:
    """The condition that a valve had before this break told of it; empty: none was known."""
    word = words.get((CLOSE, tag))
    for step in word.steps if word else ():
        for choice in step.choices or ():
            if "was" in choice:
                return str(choice["was"])
    return otherwise


def break_told(words: Words) -> tuple[str, float | None] | None:
    """Where the crew said that the break is: the latest word, and how far along the pipe."""
    told = [(word, tag) for (doing, tag), word in words.items() if doing == BREAK and word.answer]
    if not told:
        return None
    word, tag = max(told, key=lambda each: (each[0].at is not None, each[0].at, each[1]))
    choice = (word.steps[-1].choices or [{}])[0]
    return tag, choice.get("at_m")


def _word(steps: list[Step]) -> Word:
    answered = [step for step in steps if step.answer not in (None, "")]
    if not answered:
        return Word(None, None, None, tuple(steps))
    last = max(answered, key=lambda step: (step.answered_at is not None, step.answered_at, step.id))
    agreed = len({step.answer for step in answered}) == 1
    answer = last.answer if agreed else UNCERTAIN
    return Word(answer, last.answered_by, last.answered_at, tuple(steps))
