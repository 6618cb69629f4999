"""One thing wrong with a file, a mapping or a row, told in English and French with its mend."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, ClassVar
from unicodedata import category, normalize

from gis.file_reasons import FILE_REASONS
from gis.row_reasons import ROW_REASONS

Words = dict[str, tuple[str, str, str, str]]
"""By code: the sentence and how to mend it, in English and French: see `row_reasons.py`."""

REASONS: Words = FILE_REASONS | ROW_REASONS
SHOWN_CHARACTERS_MAX = 80
DID_YOU_MEAN = {"en": "Did you mean “{}”?", "fr": "Vouliez-vous dire « {} »?"}


@dataclass(frozen=True)
class Problem:
    """What is wrong, by a stable code. `row` counts as a person does in the file."""

    code: str
    row: int | None = None
    details: dict[str, Any] = field(default_factory=dict)

    words: ClassVar[Words] = REASONS

    def sentence(self, language: str = "en") -> str:
        english, french, _, _ = self.words[self.code]
        return self._filled(french if language == "fr" else english)

    def mend(self, language: str = "en") -> str:
        _, _, english, french = self.words[self.code]
        mend = self._filled(french if language == "fr" else english)
        guess = self.details.get("nearest")
        return f"{DID_YOU_MEAN[language].format(guess)} {mend}" if guess else mend

    def _filled(self, words: str) -> str:
        return words.format_map({key: shortened(value) for key, value in self.details.items()})


class ImportRefused(Exception):
    """The file or its mapping cannot be used at all: nothing is imported. All problems at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.told("en"))

    def told(self, language: str) -> str:
        return "\n".join(
            f"{problem.sentence(language)} {problem.mend(language)}" for problem in self.problems
        )


def refused_rows(problems: Iterable[Problem]) -> tuple[int, ...]:
    """The rows that something is wrong with, each once, in order."""
    return tuple(sorted({problem.row for problem in problems if problem.row is not None}))


def reasons(problems: Iterable[Problem], language: str) -> dict[int, str]:
    """For each refused row, everything that is wrong with it and how to mend it."""
    words: dict[int, list[str]] = {}
    for problem in problems:
        if problem.row is not None:
            told = f"{problem.sentence(language)} {problem.mend(language)}"
            words.setdefault(problem.row, []).append(told)
    return {row: " | ".join(words[row]) for row in sorted(words)}


def refuse(code: str, **details: Any) -> ImportRefused:
    return ImportRefused([Problem(code, details=details)])


def shortened(value: Any) -> str:
    text = str(value)
    if len(text) <= SHOWN_CHARACTERS_MAX:
        return text
    return text[: SHOWN_CHARACTERS_MAX - 1] + "…"


def nearest(word: str, *, among: Iterable[str]) -> str | None:
    """The one of `among` most like `word`, whatever its case and accents, if any is like it."""
    plain = {folded(other): other for other in sorted(among)}
    close = get_close_matches(folded(word), plain, n=1, cutoff=0.5)
    return plain[close[0]] if close else None


def folded(word: str) -> str:
    """The word without case and accents: what people mean when they mistype a column."""
    apart = normalize("NFKD", word.casefold())
    return "".join(character for character in apart if category(character) != "Mn").strip()


def listed(words: Sequence[str], *, most: int = 12) -> str:
    shown = ", ".join(words[:most])
    return f"{shown}, …" if len(words) > most else shown or "–"
