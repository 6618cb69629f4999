"""Several server processes on one database: each job is run once when due, and killing one of them
in the middle of it only hands it on.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from asset_model.database import open_database
from sync_server.schema import migrate

PATIENCE_S = 90
LEASE_S = "2"

Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(database_url: str, tmp_path: Path) -> Iterator[Start]:
    """Starts a worker of that name, which runs its job every so many seconds."""
    database = open_database(database_url)
    migrate(database)
    database.close()
    running: list[subprocess.Popen[bytes]] = []

    def begin(holder: str, every_s: float) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.server.job_worker", database_url, holder]
        process = subprocess.Popen([*command, str(tmp_path), str(every_s), LEASE_S])
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait(PATIENCE_S)


def log(folder: Path) -> list[str]:
    file = folder / "log"
    return file.read_text().splitlines() if file.exists() else []


def wait_for(folder: Path, enough: Callable[[list[str]], bool]) -> list[str]:
    """The log, once it holds enough; told whole where that never comes."""
    deadline = time.monotonic() + PATIENCE_S
    while not enough(log(folder)):
        assert time.monotonic() < deadline, log(folder)
        time_passes()
    return log(folder)


def time_passes() -> None:
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def counted(words: str, at_least: int) -> Callable[[list[str]], bool]:
    return lambda lines: sum(line.startswith(words) for line in lines) >= at_least


def test_four_processes_run_a_job_once_each_time_it_is_due(start: Start, tmp_path: Path) -> None:
    for number in range(4):
        start(f"w{number}", 1)
    wait_for(tmp_path, counted("up", 4))

    lines = wait_for(tmp_path, counted("ended", 5))

    runs = [line.split() for line in lines if not line.startswith("up")]
    pairs = list(zip(runs[::2], runs[1::2], strict=False))
    assert pairs
    assert all(began == ["began", who] and ended == ["ended", who]
               for began, ended in pairs for who in (began[1],))  # fmt: skip


def test_when_one_is_killed_in_the_middle_another_does_the_job_whole(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "dies").touch()
    victim = start("dies", 3_600)
    wait_for(tmp_path, counted("began dies", 1))
    for heir in ("heir", "other"):
        start(heir, 3_600)
    wait_for(tmp_path, lambda lines: {"up heir", "up other"} <= set(lines))

    victim.kill()
    victim.wait(PATIENCE_S)
    lines = wait_for(tmp_path, counted("ended", 1))

    told = [line for line in lines if not line.startswith("up")]
    assert told[0] == "began dies"
    assert told[1].removeprefix("began ") in ("heir", "other")
    assert told[2] == told[1].replace("began", "ended")
    assert len(told) == 3
