"""Who may import whom: by contract, in a fresh interpreter, and leaving nobody alone."""

import ast
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from sync_server.cli import table
from tests.sources import REPOSITORY, Source, production, project, sources

# Not to be had on Android; and flet_web only where a function serves the screens.
BARRED = ("fastapi", "flet_web", "geopandas", "pandas", "pyogrio", "pyproj", "shapely")

# Modules that something other than an import reaches.
REACHED_OTHERWISE = {
    "asset_model.command_line": "the script `voirie`",
}

BARRED_IMPORT = """
import importlib, sys
class Bar:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {barred!r}:
            raise ImportError(name + " is not to be had on a tablet")
sys.meta_path.insert(0, Bar())
sys.path.insert(0, {repository!r})
for name in {modules!r}:
    importlib.import_module(name)
"""


def modules_of(package: str) -> list[str]:
    # Alembic's scripts run inside Alembic only.
    return [
        source.module
        for source in production()
        if f"{source.module}.".startswith(f"{package}.") and "/migrations/" not in source.path
    ]


def fresh_interpreter(*flags: str, barred: Iterable[str], modules: list[str]) -> str:
    """Import modules in a new interpreter; give what it said on its error stream."""
    code = BARRED_IMPORT.format(
        barred=set(barred), repository=str(REPOSITORY), modules=sorted(modules)
    )
    done = subprocess.run(
        [sys.executable, *flags, "-c", code], capture_output=True, text=True, check=False
    )
    return done.stderr


@pytest.mark.parametrize("package", ["asset_model", "field_app"])
def test_the_tablet_imports_without_geography_or_a_web_server(package: str) -> None:
    assert fresh_interpreter("-I", barred=BARRED, modules=modules_of(package)) == ""


def test_what_the_tests_of_a_tablet_share_needs_no_server() -> None:
    # `make alone` runs them where none of the server's libraries are.
    modules = ["tests.conftest", "tests.ui.conftest", "tests.network.ground"]

    assert fresh_interpreter("-I", barred=(*BARRED, "dateutil"), modules=modules) == ""


def test_the_rules_of_synchronization_import_with_the_standard_library_alone() -> None:
    # -S leaves site-packages out: only the standard library and the project are there.
    modules = modules_of("asset_model.sync")

    assert fresh_interpreter("-I", "-S", barred=(), modules=modules) == ""


def test_every_import_contract_is_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout


def test_every_module_is_imported_by_another_or_is_an_entry_point() -> None:
    reached = set(REACHED_OTHERWISE) | entry_modules() | command_modules()
    for source in sources():
        if not source.path.startswith("tests/"):
            reached |= imported_by(source)
    alone = [
        source.path
        for source in production()
        if source.module not in reached
        and "/migrations/" not in source.path
        and not source.path.endswith(("__init__.py", "__main__.py"))
    ]

    assert alone == []


def entry_modules() -> set[str]:
    """Name the modules that pyproject.toml names as ways in."""
    declared = project()["project"]
    groups = [declared["scripts"], *declared["entry-points"].values()]
    return {value.partition(":")[0] for group in groups for value in group.values()}


def command_modules() -> set[str]:
    """Name the modules that the table of the server's commands imports when they are asked for."""
    groups = [table.COMMANDS, *(group.commands for group in table.GROUPS.values())]
    functions = [function for group in groups for function in group.values()]
    return {f"sync_server.cli.{function.partition('.')[0]}" for function in functions}


def imported_by(source: Source) -> set[str]:
    """Name the modules, and what could be modules, that a file imports."""
    found: set[str] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found
