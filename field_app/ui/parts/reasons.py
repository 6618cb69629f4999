"""Why the server did not take something, with the words of the screens in place of its codes."""

from typing import Any

from asset_model.errors import sentence
from asset_model.vocabulary import Role
from field_app.ui.parts import matter_words, status
from field_app.ui.sitting import Sitting
from field_app.ui.words import Words, noted

ROLES: dict[str, str] = {
    Role.CREW_MEMBER: noted("crew member"),
    Role.MECHANIC: noted("mechanic"),
    Role.FOREMAN: noted("foreman"),
    Role.FLEET_MANAGER: noted("fleet manager"),
    Role.AGENT_311: noted("311 agent"),
    Role.DIRECTOR: noted("director"),
    Role.ADMINISTRATOR: noted("administrator"),
    Role.AUDITOR: noted("auditor"),
}


def why(sitting: Sitting, code: str | None, details: dict[str, Any]) -> str:
    """The sentence of a refusal. What has no word here is shown as it came."""
    words = sitting.words
    told = {name: _told(words, name, value) for name, value in details.items()}
    return sentence(code or "", words.language, told)


def _told(words: Words, name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value
    if name in ("current", "wanted"):
        return words.say(status.sign_of(text).word)
    if name == "role":
        return words.say(ROLES[text]) if text in ROLES else text
    if name == "field":
        return _column(words, text)
    return _what(words, text) if name == "what" else text


def _column(words: Words, column: str) -> str:
    known = matter_words.COLUMNS.get(column)
    return words.say(known) if known else column


def _what(words: Words, text: str) -> str:
    """`table: columns`, `+ table` or `status → status`, as the rules of rights name them."""
    if text.startswith("+ "):
        added = matter_words.ADDED.get(text[2:])
        return words.say(added) if added else text[2:]
    current, arrow, wanted = text.partition(" → ")
    if arrow:
        before, after = (words.say(status.sign_of(one).word) for one in (current, wanted))
        return words.say("from {before} to {after}", before=before, after=after)
    _table, colon, columns = text.partition(": ")
    return ", ".join(_column(words, one) for one in columns.split(", ")) if colon else text
