"""`voirie templates`: the town's job templates go out to a file and come in as editions."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sync_server.cli import register

NEW = """
[[template]]
code = "tonte"
title_fr = "Tondre un parc"
title_en = "Mow a park"
estimated_hours = 2
class_codes = ["public_place"]
steps = [{ kind = "check", label_fr = "Fait", label_en = "Done" }]

[[template.children]]
code = "ramasser"
title_fr = "Ramasser"
title_en = "Gather"
"""
Voirie = Callable[..., str]


@pytest.fixture
def voirie(tmp_path: Path) -> Voirie:
    app = typer.Typer()
    register(app)
    data = ["--data", str(tmp_path / "data")]
    CliRunner().invoke(app, ["migrate", *data])

    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["templates", *words, *data])
        assert result.exit_code == code, result.output
        return result.output

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "modeles.toml"


def test_what_goes_out_comes_in_unchanged(voirie: Voirie, file: Path) -> None:
    file.write_text(voirie("export"), encoding="utf-8")

    told = voirie("import", str(file), "--lang", "fr").splitlines()

    assert len(told) == 6
    assert all(line.endswith(" : inchangé") for line in told)


def test_a_template_comes_in_once_and_each_change_of_it_is_an_edition(
    voirie: Voirie, file: Path
) -> None:
    file.write_text(NEW, encoding="utf-8")
    first = voirie("import", str(file), "--lang", "en")
    again = voirie("import", str(file), "--lang", "en")
    file.write_text(NEW.replace("= 2", "= 3"), encoding="utf-8")
    changed = voirie("import", str(file), "--lang", "en")

    listed = [json.loads(line) for line in voirie("list", "--json", "--lang", "en").splitlines()]

    assert [first, again, changed] == [
        "tonte: edition 1\n", "tonte: as it is\n", "tonte: edition 2\n"]  # fmt: skip
    assert {"code": "tonte", "title": "Mow a park", "edition": 2, "jobs": 1, "steps": 1,
            "active": True} in listed  # fmt: skip


@pytest.mark.parametrize(
    ("was", "becomes"),
    [("[[template]]", "[[template"), ('"check"', '"dance"'), ('"tonte"', '"tonte"\ncrew = "XX"')],
)
def test_a_file_that_cannot_be_used_changes_nothing(
    voirie: Voirie, file: Path, was: str, becomes: str
) -> None:
    file.write_text(NEW.replace(was, becomes), encoding="utf-8")

    voirie("import", str(file), code=2)

    assert "tonte" not in voirie("list")


def test_a_template_that_is_not_there_is_told(voirie: Voirie) -> None:
    assert "fusée" in voirie("export", "fusée", code=2)
