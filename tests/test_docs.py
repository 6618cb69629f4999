"""The documents: links lead somewhere, and the commands they give exist."""

import re
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from typer.main import get_command

from asset_model.commands import GROUP, gather
from tests.sources import REPOSITORY

DOCUMENTS = sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def code_of(document: Path) -> str:
    return "\n".join(CODE.findall(document.read_text(encoding="utf-8")))


def relative(document: Path) -> str:
    return document.relative_to(REPOSITORY).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_every_link_leads_to_a_file_of_the_project(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    local = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]

    assert [link for link in local if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_every_make_target_named_exists(document: Path) -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))

    assert set(re.findall(r"\bmake ([a-z]+)", code_of(document))) - targets == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_every_command_named_exists(document: Path) -> None:
    app = gather(entry_points(group=GROUP))
    commands = set(getattr(get_command(app), "commands", {}))

    named = set(re.findall(r"(?:^|[`/\s])voirie ([a-z0-9-]+)", code_of(document)))

    assert {name for name in named if not name.startswith("-")} - commands == set()
