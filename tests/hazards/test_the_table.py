"""`docs/hazards.md` names tests and mechanisms that exist, and leaves out no test of ours."""

import ast
import re
from pathlib import Path

import pytest

from tests.hazards import test_hazards, test_promises, test_put_back, test_work_survives
from tests.hazards.taking_out import REMOVALS
from tests.sources import REPOSITORY

TABLE = REPOSITORY / "docs" / "hazards.md"
HERE = (test_hazards, test_promises, test_put_back, test_work_survives)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
MECHANISM = re.compile(r"`((?:asset_model|field_app|sync_server)/[\w/]+\.py): (\w+)`")

LINES = (
    *(f"{number}. " for number in range(1, 9)),
    "lost ack, duplicate push",
    "wrong device clock",
    "old app with unsent edits after a schema change",
    "row leaves the tablet\u2019s scope, with a pending edit on it",
    "resumable large files",
    "the losing value is kept and shown",
    "server restored from backup, client ahead",
    "tablet cloned or restored",
    "poison change does not block",
    "integrity checksum",
)


def defined_in(file: Path) -> set[str]:
    """Every function, method, class and constant of a module."""
    tree = ast.parse(file.read_text("utf-8"))
    named = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    names = {node.name for node in ast.walk(tree) if isinstance(node, named)}
    return names | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def rows() -> list[str]:
    return [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("| ")]


def own_tests() -> dict[str, object]:
    return {
        f"tests/hazards/{Path(module.__file__ or '').name}::{name}": test
        for module in HERE
        for name, test in vars(module).items()
        if name.startswith("test_")
    }


def test_every_test_named_in_the_table_exists() -> None:
    named = TEST.findall(TABLE.read_text("utf-8"))

    assert [f"{f}::{t}" for f, t in named if t not in defined_in(REPOSITORY / f)] == []
    assert len(named) > 30


def test_every_mechanism_named_in_the_table_exists() -> None:
    named = MECHANISM.findall(TABLE.read_text("utf-8"))

    assert [f"{f}: {n}" for f, n in named if n not in defined_in(REPOSITORY / f)] == []
    assert len(named) > 20


def test_every_test_of_this_folder_is_in_the_table() -> None:
    named = {"::".join(pair) for pair in TEST.findall(TABLE.read_text("utf-8"))}

    assert own_tests().keys() - named == set()


def test_every_test_of_this_folder_has_been_run_without_its_mechanism() -> None:
    assert [name for name, test in own_tests().items() if not getattr(test, REMOVALS, ())] == []


@pytest.mark.parametrize("line", LINES)
def test_every_promise_and_hazard_has_its_line_with_a_mechanism_and_a_test(line: str) -> None:
    (row,) = [row for row in rows() if row.removeprefix("| ").startswith(line)]

    assert TEST.search(row)
    assert MECHANISM.search(row)
