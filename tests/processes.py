"""The product's own processes, started and killed as a machine would."""

import atexit
import contextlib
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Self

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from tests.threads import PATIENCE_S

PATIENCE = Retry(total=120, read=2, backoff_factor=0.1, backoff_max=0.5, allowed_methods=None)
"""About a minute for a process to begin to answer."""

REPOSITORY = Path(__file__).parent.parent


def voirie(*arguments: str) -> Sequence[str]:
    return [sys.executable, "-c", "from asset_model.command_line import main; main()", *arguments]


def module(name: str, *arguments: str) -> Sequence[str]:
    """A program of the tests' own."""
    return [sys.executable, "-m", name, *arguments]


def run(*arguments: str) -> str:
    """A command that ends well; what it says."""
    ended = finished(*arguments)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def finished(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A command that ends, however it does."""
    return subprocess.run(
        voirie(*arguments), check=False, capture_output=True, text=True, timeout=PATIENCE_S
    )


def demo_town(folder: Path) -> Path:
    """A generated town's data folder. It is generated once in a run, and copied from then on."""
    shutil.copytree(_generated(), folder)
    return folder


@cache
def _generated() -> Path:
    kept = Path(tempfile.mkdtemp(prefix="voirie-town-"))
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
    run("demo", "--generate-only", "--data", str(kept / "town"))
    return kept / "town"


@dataclass
class Running:
    """One process of `voirie`, or of another program; with an address, it is `up` once it answers.

    Its standard input is a pipe: what is told to it there is told by the one who started it.
    """

    arguments: Sequence[str]
    address: str
    log: Path
    program: Callable[..., Sequence[str]] = voirie
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> Self:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.program(*self.arguments),
                cwd=REPOSITORY,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        return self

    def up(self) -> Self:
        self.start()
        logging.getLogger("urllib3").setLevel(logging.ERROR)  # It is expected to be late.
        try:
            with requests.Session() as http:
                http.mount("http://", HTTPAdapter(max_retries=PATIENCE))
                http.get(self.address, timeout=30).raise_for_status()
        except requests.RequestException as error:
            raise AssertionError(f"{self.arguments[0]} does not answer:\n{self.said}") from error
        return self

    def kill(self) -> None:
        """SIGKILL: no goodbye, no flush."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(PATIENCE_S)
            assert self.process.stdin is not None
            self.process.stdin.close()
            self.process = None

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8", errors="replace")


@contextlib.contextmanager
def all_killed(*running: Running) -> Iterator[None]:
    try:
        yield
    finally:
        for one in running:
            one.kill()
