"""Finding words as people type them: without accents, in any case, with either apostrophe.

SQLite folds the case of ASCII only. So the database looks for a loose shape of each word (every
letter that may carry an accent matches any letter), and what it finds is then compared for good.
"""

from collections.abc import Iterable
from typing import Any
from unicodedata import combining, normalize

from sqlalchemy import ColumnElement, or_

LOOSENESS = 10
"""How many times more rows are read than shown, so that enough are left after comparing."""

_CARRIERS = "aceinouyACEINOUYàâäçéèêëîïñôöùûüÿœæÀÂÄÇÉÈÊËÎÏÑÔÖÙÛÜŸŒÆ'’%_"
_LOOSE = str.maketrans(dict.fromkeys(_CARRIERS, "_"))


def may_mention(columns: Iterable[Any], word: str) -> ColumnElement[bool]:
    """Rows in one of whose columns the word may stand."""
    pattern = f"%{word.translate(_LOOSE)}%"
    return or_(*(column.like(pattern) for column in columns))


def mentions(texts: Iterable[str | None], search: str) -> bool:
    """Whether every word of the search stands in one of the texts."""
    told = [folded(text) for text in texts if text]
    return all(any(word in text for text in told) for word in folded(search).split())


def folded(text: str) -> str:
    apart = normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in apart if not combining(letter))
