"""Tests that this run leaves out, on request or for want of data; the run's last lines say so.

`VOIRIE_SKIP=browser,postgres` asks for it. A test is never left out in silence.
"""

import os
import re
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.disks import can_mount

SKIP_VARIABLE = "VOIRIE_SKIP"
DATA_VARIABLE = "VOIRIE_SHARED_DATA"
KNOWN_NEEDS = ("browser", "postgres", "disk", "server")
NOT_OURS = re.compile(
    r"ModuleNotFoundError: No module named '"
    r"(?!asset_model|field_app|gis|maintenance|scripts|sync_server|tests)"
)
REPOSITORY = Path(__file__).parent.parent
LEFT_OUT = pytest.StashKey[dict[str, int]]()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of towns' open data that lies beside the repository."""
    return shared_data_folder()


def shared_data_folder() -> Path:
    """Name the folder of open data, whether it is there or not."""
    beside = REPOSITORY.parent / "shared" / "data"
    return Path(os.environ.get(DATA_VARIABLE) or beside)


def asked_to_skip() -> set[str]:
    """Read `VOIRIE_SKIP`; a word it does not know is an error, not a test run in full."""
    asked = {word.strip() for word in os.environ.get(SKIP_VARIABLE, "").split(",")} - {""}
    if unknown := asked - set(KNOWN_NEEDS):
        raise pytest.UsageError(
            f"{SKIP_VARIABLE} names {', '.join(sorted(unknown))}; "
            f"it knows only {', '.join(KNOWN_NEEDS)}."
        )
    return asked


def reason_to_leave_out(item: pytest.Item, *, skipped: set[str], data_there: bool) -> str | None:
    """Say why a test is left out of this run, or None when it runs."""
    needs = _needs(item)
    for need in sorted(needs & skipped):
        return f"need {need}: {SKIP_VARIABLE} asks for it"
    if "disk" in needs and not can_mount():
        return "need a disk of their own: this account may not mount one"
    if "shared_data" in needs and not data_there:
        return f"need the shared data: no folder {shared_data_folder()} ({DATA_VARIABLE})"
    return None


def _needs(item: pytest.Item) -> set[str]:
    """What a test needs, known by its fixtures or by its mark `needs`."""
    fixtures = set(getattr(item, "fixturenames", ()))
    callspec = getattr(item, "callspec", None)
    on_postgres = callspec is not None and callspec.params.get("database_url") == "postgresql"
    marked = {str(need) for mark in item.iter_markers("needs") for need in mark.args}
    postgres = {"postgres"} if on_postgres or "postgres_server" in fixtures else set()
    return (fixtures & {"browser", "disk", "shared_data"}) | postgres | marked


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out the tests that this run cannot or shall not run, and count them."""
    skipped, data_there = asked_to_skip(), shared_data_folder().is_dir()
    counts = config.stash.setdefault(LEFT_OUT, {})
    staying, leaving = [], []
    for item in items:
        reason = reason_to_leave_out(item, skipped=skipped, data_there=data_there)
        if reason is None:
            staying.append(item)
            continue
        leaving.append(item)
        counts[reason] = counts.get(reason, 0) + 1
    if leaving:
        items[:] = staying
        config.hook.pytest_deselected(items=leaving)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Where the tablet stands alone, a file that wants another's library is left out, and counted.

    One of ours that cannot be found is a fault, and stays one.
    """
    report = yield
    if report.failed and "server" in asked_to_skip() and NOT_OURS.search(report.longreprtext):
        report.outcome, report.longrepr = "passed", None
        counts = collector.config.stash.setdefault(LEFT_OUT, {})
        reason = f"file of tests, whole, needs server: {SKIP_VARIABLE} asks for it"
        counts[reason] = counts.get(reason, 0) + 1
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """An xdist worker hands its counts to the run that started it."""
    handed_over = getattr(session.config, "workeroutput", None)
    if handed_over is not None:
        handed_over["left_out"] = session.config.stash.get(LEFT_OUT, {})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Every worker collects every test, so any worker's counts are those of the run."""
    config: pytest.Config = node.config  # type: ignore[attr-defined]
    counts: dict[str, int] = getattr(node, "workeroutput", {}).get("left_out", {})
    config.stash.setdefault(LEFT_OUT, {}).update(counts)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was left out, and why, above the closing line."""
    counts = config.stash.get(LEFT_OUT, {})
    if not counts:
        return
    terminalreporter.section("left out of this run", yellow=True)
    for reason, count in counts.items():
        terminalreporter.line(f"{count} × {reason}")
