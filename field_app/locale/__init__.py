"""The catalogues: English is the source, `<language>/LC_MESSAGES/voirie.po` the translation."""

from gettext import GNUTranslations
from importlib.resources import files

LANGUAGES = ("fr", "en")
DOMAIN = "voirie"


def catalogue(language: str) -> GNUTranslations:
    """The compiled catalogue of a language. `make translations` compiles it from its .po."""
    path = files(__package__) / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    with path.open("rb") as stream:
        return GNUTranslations(stream)
