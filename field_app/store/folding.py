"""Words as people type them: without accents, in any case, with either apostrophe.

SQLite folds the case of ASCII only, so it is taught our own `folded`.
"""

from functools import lru_cache
from typing import Any
from unicodedata import combining, normalize

from sqlalchemy import Engine, event

REMEMBERED = 50_000
"""Names are folded again at each letter typed; those of a town are few, and short."""


@lru_cache(REMEMBERED)
def folded(text: str) -> str:
    apart = normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in apart if not combining(letter))


def teach_folding(engine: Engine) -> None:
    """Every connection of the engine knows `folded` from here on."""

    @event.listens_for(engine, "connect")
    def teach(connection: Any, record: Any) -> None:
        connection.create_function("folded", 1, _folded_or_null, deterministic=True)


def _folded_or_null(text: str | None) -> str | None:
    return None if text is None else folded(text)
