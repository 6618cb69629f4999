"""The project's own Python files, read once, for the tests that look after the house."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parent.parent
PACKAGES = ("asset_model", "field_app", "sync_server", "gis", "maintenance")
FOLDERS = (*PACKAGES, "tests", "scripts")


@dataclass(frozen=True)
class Source:
    """One Python file of the project."""

    path: str
    """From the repository's root, with slashes."""
    text: str
    tree: ast.Module

    @property
    def module(self) -> str:
        """The dotted name under which the file is imported."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @property
    def is_revision(self) -> bool:
        """Whether this is a migration: written once, as long as its day's tables, never edited."""
        return re.search(r"/migrations/.*\d{4}", self.path) is not None

    def functions(self) -> Iterator[tuple[str, int]]:
        """Give the name and the length in lines of each function and method."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@cache
def sources() -> tuple[Source, ...]:
    """Read every Python file of the project."""
    paths = [path for folder in FOLDERS for path in sorted((REPOSITORY / folder).rglob("*.py"))]
    return tuple(_read(path) for path in paths)


def production() -> list[Source]:
    """Leave the tests and scripts aside."""
    return [source for source in sources() if source.path.startswith(PACKAGES)]


@cache
def project() -> dict[str, Any]:
    """Read pyproject.toml."""
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def _read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(REPOSITORY).as_posix(), text, ast.parse(text))
