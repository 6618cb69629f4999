"""The product's own processes, started and killed as a machine would."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

PATIENCE = Retry(total=120, backoff_factor=0.1, backoff_max=0.5, allowed_methods=None)
"""About a minute for a process to begin to answer."""


def voirie(*arguments: str) -> Sequence[str]:
    return [sys.executable, "-c", "from asset_model.command_line import main; main()", *arguments]


def run(*arguments: str) -> str:
    """A command that ends; what it says."""
    ended = subprocess.run(
        voirie(*arguments), check=False, capture_output=True, text=True, timeout=120
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


@dataclass
class Running:
    """One process that serves, at an address that answers once it is `up`."""

    arguments: Sequence[str]
    address: str
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def up(self) -> Self:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                voirie(*self.arguments), stdout=log, stderr=subprocess.STDOUT
            )
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
            self.process.wait()
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
