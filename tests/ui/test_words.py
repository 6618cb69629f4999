"""Everything said is in the catalogues, in French as Québec writes it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from scripts import translations

UI = Path(__file__).parents[2] / "field_app" / "ui"
SPOKEN_THROUGH = {"say", "several", "noted"}
NOT_SHOWN = {"getLogger", "exception", "error", "warning", "info", "LookupError", "files"}
BRAND = {"Voirie"}
NAMES_OF_LANGUAGES = {"Français", "English"}
WORDY = re.compile(r"[A-Za-zÀ-ÿ]{2,} [A-Za-zÀ-ÿ]{2,}|^[A-ZÀ-Þ][a-zà-ÿ]{2,}")
ALLOWED = BRAND | NAMES_OF_LANGUAGES


def _stored(language: str) -> list[Message]:
    with translations.po_file(language).open("rb") as stream:
        return [message for message in read_po(stream, locale=language) if message.id]


def _strings(message: Message) -> list[str]:
    told = message.string or ""
    return [told] if isinstance(told, str) else list(told)


def _hard_coded(file: Path) -> Iterator[str]:
    """Text of a module that looks like words for people, and goes through no catalogue."""
    tree = ast.parse(file.read_text("utf-8"))
    excused = {id(node) for node in _excused(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            wordy = WORDY.search(node.value) and node.value not in ALLOWED
            if wordy and id(node) not in excused:
                yield f"{file.name}:{node.lineno}: {node.value!r}"


def _excused(tree: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, annotations, and what is said through a catalogue or told to a log."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else None
            called = node.func.id if isinstance(node.func, ast.Name) else called
            if called in SPOKEN_THROUGH | NOT_SHOWN:
                for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                    yield from ast.walk(argument)
        if isinstance(node, ast.Assign) and _names(node) & {"FONT", "FONT_BOLD"}:
            yield from ast.walk(node)


def _names(node: ast.Assign) -> set[str]:
    return {target.id for target in node.targets if isinstance(target, ast.Name)}


def test_no_screen_has_words_outside_of_the_catalogues() -> None:
    assert [line for file in sorted(UI.rglob("*.py")) for line in _hard_coded(file)] == []


def test_the_search_for_hard_coded_words_finds_them(tmp_path: Path) -> None:
    module = tmp_path / "screen.py"
    module.write_text('Text("Bonjour à tous")\nsay("Said well")\n', "utf-8")

    assert list(_hard_coded(module)) == ["screen.py:1: 'Bonjour à tous'"]


def test_every_sentence_of_the_screens_is_in_every_catalogue() -> None:
    wanted = {message.id for message in translations.extracted() if message.id}

    for language in translations.languages():
        assert {message.id for message in _stored(language)} == wanted, language


def test_every_sentence_has_its_french() -> None:
    assert [m.id for m in _stored("fr") if not all(_strings(m))] == []


def test_translations_keep_the_gaps_of_their_sentences() -> None:
    for message in _stored("fr"):
        first = message.id if isinstance(message.id, str) else message.id[0]
        for text in _strings(message):
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", first)), first


def test_the_compiled_catalogues_are_those_of_their_sources() -> None:
    for language in translations.languages():
        compiled = translations.po_file(language).with_suffix(".mo").read_bytes()
        assert compiled == translations.compiled(translations.stored(language)), language


def test_french_has_its_non_breaking_spaces_and_its_own_apostrophe() -> None:
    texts = [text for message in _stored("fr") for text in _strings(message)]

    assert [text for text in texts if re.search(r"(?<!\u00a0)[:;%$»]|«(?!\u00a0)", text)] == []
    assert [text for text in texts if re.search(r"\s[?!]", text)] == []  # As Québec writes them.
    assert [text for text in texts if "'" in text] == []
