"""What the app says, in the language of the person in front of it."""

from functools import cache
from gettext import NullTranslations
from typing import Any

from asset_model.numbers import dollars, shown, told
from field_app.locale import LANGUAGES, catalogue


class Words:
    """The sentences of one language. English sentences are the keys, `{names}` are filled in.

    A number is filled in as the language writes it: what is no quantity (a year) is given as text.
    """

    def __init__(self, language: str, texts: NullTranslations) -> None:
        self.language = language
        self._texts = texts

    def say(self, message: str, **gaps: Any) -> str:
        return self._filled(self._texts.gettext(message), gaps)

    def several(self, one: str, many: str, count: int, **gaps: Any) -> str:
        return self._filled(self._texts.ngettext(one, many, count), {"count": count, **gaps})

    def number(self, value: float) -> str:
        return shown(value, self.language)

    def dollars(self, amount: float) -> str:
        return dollars(amount, self.language)

    def decimal(self, text: str) -> str:
        """A stored number as this person would type it: with their decimal mark, and no more."""
        return text.replace(".", ",") if self.language == "fr" else text

    def either(self, french: str, english: str) -> str:
        """The half of a bilingual record (a step, an asset class) that this person reads."""
        return (french if self.language == "fr" else english) or french or english

    def _filled(self, text: str, gaps: dict[str, Any]) -> str:
        known = {name: told(value, self.language) for name, value in gaps.items()}
        return text.format_map(known) if known else text


@cache
def words_of(language: str) -> Words:
    known = language if language in LANGUAGES else LANGUAGES[0]
    return Words(known, catalogue(known))


def noted(message: str) -> str:
    """Marks a sentence of a table for the catalogues; it is translated where it is said."""
    return message
