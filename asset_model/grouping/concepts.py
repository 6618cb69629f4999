"""What a citizen's words are about, whether they are French or English.

A word list instead of a model: a clerk can read why two reports were found alike, and a town adds a
word by adding it. Words are compared without accents; those of several words come before theirs.
"""

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from unicodedata import combining, normalize

DANGER = frozenset({"danger", "accident", "swerve"})
"""The concepts by which somebody may get hurt."""
WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")


REMEMBERED = 8_192
"""Texts whose reading a process keeps: each report is compared with the same ones around it."""


@lru_cache(maxsize=REMEMBERED)
def folded(text: str) -> str:
    """Without accents, in small letters, with straight apostrophes and single spaces."""
    plain = normalize("NFKD", text.replace("\u2019", "'").replace("œ", "oe")).lower()
    return " ".join("".join(letter for letter in plain if not combining(letter)).split())


@lru_cache(maxsize=REMEMBERED)
def concepts_of(text: str | None) -> frozenset[str]:
    """The concepts that a text names; none where it names none that the list knows."""
    if not text:
        return frozenset()
    plain = folded(text)
    phrases, words = _lexicon()
    found = set()
    for phrase, concept in phrases:
        if phrase in plain:
            found.add(concept)
            plain = plain.replace(phrase, " ")
    for word in WORD.findall(plain):
        parts = (word, word.partition("'")[2])
        found |= {words[form] for part in parts for form in _forms(part) if form in words}
    return frozenset(found)


def _forms(word: str) -> tuple[str, ...]:
    """A word, and what it may be the plural of."""
    return (word, word[:-1]) if word.endswith(("s", "x")) else (word,)


@cache
def _lexicon() -> tuple[tuple[tuple[str, str], ...], Mapping[str, str]]:
    """(phrases, longest first; words), each with its concept."""
    told = json.loads((files("asset_model.grouping") / "concepts.json").read_text("utf-8"))
    pairs = [(folded(word), concept) for concept, words in told.items() for word in words]
    phrases = sorted((pair for pair in pairs if " " in pair[0]), key=lambda pair: -len(pair[0]))
    return tuple(phrases), {word: concept for word, concept in pairs if " " not in word}
