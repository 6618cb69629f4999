"""Hiding somebody in words: their names, addresses and numbers, wherever these were written."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from asset_model.sync.wire import Columns
from sync_server.intake.tables import ReportContact
from sync_server.intake.words import HIDDEN, without_contacts
from sync_server.privacy.finding import DIGITS, digits_of

Hide = Callable[[str], str]
NAME_MIN = 3
"""A shorter name is a word of its own too often."""
PARTICLES = frozenset({"des", "del", "les", "van", "von"})

WORDS: Mapping[str, frozenset[str]] = {
    "report": frozenset({"description", "answers"}),
    "incident": frozenset({"description", "answer_fr", "answer_en"}),
    "incident_update": frozenset({"words_fr", "words_en"}),
    "work_order": frozenset({"title", "description", "reason"}),
    "comment": frozenset({"text"}),
    "contested_value": frozenset({"kept", "set_aside"}),
}
"""Where people write, of what has to do with a report."""
QUOTING: Mapping[str, frozenset[str]] = {
    "matter": frozenset({"changes", "details", "word"}),
    "settlement": frozenset({"value", "over", "word"}),
}
"""What quotes changes of others: the names of their columns tell which of it are words."""
_ANY_WORDS = frozenset.union(*WORDS.values()) | {"word"}


def hider_of(contacts: Iterable[ReportContact]) -> Hide:
    """Hides these people in a text, with every other address of mail and number in it."""
    patterns = [each for contact in contacts for each in _patterns(contact)]
    known = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None

    def hide(text: str) -> str:
        left = without_contacts(text) or text  # Before names: they may be part of an address.
        return known.sub(HIDDEN, left) if known else left

    return hide


def _patterns(contact: ReportContact) -> Iterable[str]:
    for name in (contact.first_name, contact.last_name):
        for part in (name or "").split():
            if len(part) >= NAME_MIN and part.lower() not in PARTICLES:
                yield rf"\b{re.escape(part)}\b"
    if contact.email:
        yield re.escape(contact.email)
    if contact.phone and len(digits := digits_of(contact.phone)) == DIGITS:
        yield r"[ .()\-]*".join(digits)


def hidden(table: str, columns: Columns, hide: Hide) -> Columns:
    """The columns, with whoever is to be hidden gone from those that hold words."""
    words, quoting = WORDS.get(table, frozenset()), QUOTING.get(table, frozenset())
    return {
        name: _everywhere(value, hide)
        if name in words
        else _where_words_are(name, value, hide)
        if name in quoting
        else value
        for name, value in columns.items()
    }


def _everywhere(value: Any, hide: Hide) -> Any:
    match value:
        case str():
            return hide(value)
        case list():
            return [_everywhere(each, hide) for each in value]
        case dict():
            return {name: _everywhere(each, hide) for name, each in value.items()}
        case _:
            return value


def _where_words_are(name: str, value: Any, hide: Hide) -> Any:
    if name in _ANY_WORDS:
        return _everywhere(value, hide)
    match value:
        case list():
            return [_where_words_are("", each, hide) for each in value]
        case dict():
            return {key: _where_words_are(key, each, hide) for key, each in value.items()}
        case _:
            return value
