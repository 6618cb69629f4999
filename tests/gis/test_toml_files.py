"""A TOML file that cannot be read says what it is instead, and where."""

from pathlib import Path

import pytest

from gis.problems import ImportRefused
from gis.toml_files import read_document


def told(path: Path, language: str) -> str:
    with pytest.raises(ImportRefused) as refused:
        read_document(path)
    return refused.value.told(language)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_bytes('edition = "Été"\n'.encode("utf-8-sig"))

    assert read_document(file) == {"edition": "Été"}


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_bytes(b'edition = "1"\nname = "\xc9t\xe9"\n')

    assert "« rules.toml » n’est pas en UTF-8 (ligne 2)" in told(file, "fr").replace("\xa0", " ")
    assert "Save it again as UTF-8." in told(file, "en")


def test_a_folder_is_called_one(tmp_path: Path) -> None:
    assert "is a folder" in told(tmp_path, "en")
    assert "There is no file" in told(tmp_path / "rules.toml", "en")


def test_what_is_no_toml_says_where(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text("edition = \n", encoding="utf-8")

    assert "“rules.toml” is not TOML" in told(file, "en")
    assert "line 1" in told(file, "en")
