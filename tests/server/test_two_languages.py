"""A command speaks the language of the terminal, English or French, unless one is asked for."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from asset_model.findings import Words, language_of
from sync_server import archive_words, import_stopped
from sync_server.cli import demo_words, register, saying

TABLES = [saying.WORDS, demo_words.WORDS, archive_words.WORDS, import_stopped.WORDS]


@pytest.mark.parametrize(
    ("asked", "told", "spoken"),
    [
        (None, {"LANG": "fr_CA.UTF-8"}, "fr"),
        (None, {"LANG": "en_CA.UTF-8", "LC_MESSAGES": "fr_CA.UTF-8"}, "fr"),
        (None, {"LC_ALL": "C", "LC_MESSAGES": "fr_CA", "LANG": "fr_CA"}, "en"),
        (None, {"LC_ALL": "", "LANG": "fr_CA"}, "fr"),
        ("en", {"LC_ALL": "fr_CA.UTF-8"}, "en"),
        (None, {}, "en"),
    ],
)
def test_it_is_what_the_terminal_says(asked: str | None, told: dict[str, str], spoken: str) -> None:
    assert language_of(asked, told) == spoken


@pytest.mark.parametrize("words", TABLES)
def test_both_languages_tell_the_same(words: Words) -> None:
    for english, french in words.values():
        assert english != french
        assert gaps(english) == gaps(french)


def gaps(sentence: str) -> set[str]:
    return {part.partition("}")[0] for part in sentence.split("{")[1:]}


def test_those_that_everybody_begins_with_speak_french(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "fr_CA.UTF-8")
    app = typer.Typer()
    register(app)
    here = ["--data", str(tmp_path)]

    def run(*arguments: str) -> str:
        return " ".join(CliRunner().invoke(app, [*arguments, *here]).output.split())

    archive = str(tmp_path / "ville.zip")
    assert "Il n’y a pas de base de données" in run("backup", archive)
    assert run("migrate") == "La base de données est à jour."
    assert "Copié dans" in run("backup", archive)
    assert "existe déjà" in run("backup", archive)
    assert "Serveur restauré" in run("restore", archive)
    (tmp_path / "ville.zip").write_bytes(b"PK")
    assert "n’est pas une archive de Voirie" in run("restore", archive)
    assert "Impossible d’écouter" in run("serve", "--host", "203.0.113.9", "--no-office")
