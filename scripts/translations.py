"""Bring the catalogues in step with the screens: extract the sentences, keep what is translated.

`python -m scripts.translations` updates each .po and compiles its .mo; the tests say when that
is needed, and which sentences still want a translation.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "field_app" / "locale"
KEYWORDS = {"say": None, "noted": None, "several": (1, 2)}


def extracted() -> Catalog:
    """Every sentence that the screens can say, in English."""
    catalogue = Catalog(project="Voirie", charset="utf-8")
    found = extract_from_dir(
        ROOT / "field_app" / "ui", [("**.py", "python")], keywords=KEYWORDS, strip_comment_tags=True
    )
    for file, _line, message, comments, _context in sorted(found, key=lambda item: item[:2]):
        catalogue.add(message, locations=[(f"field_app/ui/{file}", 0)], auto_comments=comments)
    return catalogue


def stored(language: str) -> Catalog:
    with po_file(language).open("rb") as stream:
        return read_po(stream, locale=language)


def po_file(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "voirie.po"


def compiled(catalogue: Catalog) -> bytes:
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def languages() -> list[str]:
    return sorted(file.parents[1].name for file in LOCALES.glob("*/LC_MESSAGES/voirie.po"))


def main() -> None:
    template = extracted()
    for language in languages():
        catalogue = stored(language)
        made_on = catalogue.creation_date
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.creation_date = made_on  # so that nothing changes where no sentence does
        catalogue.obsolete.clear()
        with po_file(language).open("wb") as stream:
            write_po(
                stream, catalogue, width=100, no_location=True, omit_header=False, sort_output=True
            )
        po_file(language).with_suffix(".mo").write_bytes(compiled(stored(language)))
        missing = sum(1 for message in catalogue if message.id and not message.string)
        print(f"{language}: {len(catalogue)} sentences, {missing} without a translation")


if __name__ == "__main__":
    main()
