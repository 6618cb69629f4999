"""Finding rows by the words that a person types, as `folded` compares them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, or_

from field_app.store.folding import folded


def mentions(columns: Iterable[Any], word: str) -> ColumnElement[bool]:
    """Rows in one of whose columns the word stands."""
    return or_(*(func.instr(func.folded(column), folded(word)) > 0 for column in columns))


def starts_with(column: Any, text: str) -> ColumnElement[bool]:
    start = folded(text.strip())
    return func.substr(func.folded(column), 1, len(start)) == start
