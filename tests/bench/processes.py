"""The processes of a run: the real server, and sides that do at a word what they are asked."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from tests.threads import PATIENCE_S

SERVE = "from asset_model.command_line import main; main()"


class Side:
    """A process that answers each word on its input with a line of figures."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.told = self._answer()

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, word: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args!r} has ended")
        told: dict[str, Any] = json.loads(line)
        return told


@contextmanager
def side(command: Sequence[str | Path], folder: Path) -> Iterator[Side]:
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=folder
    )
    with ended(process):
        yield Side(process)


@contextmanager
def serving(folder: Path, url: str) -> Iterator[tuple[str, int]]:
    """The real server, without the office's screens: its address, and its process."""
    command = [sys.executable, "-c", SERVE, "serve", "--no-office", "--no-tiles", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--data", str(folder), "--database", url], stdout=subprocess.PIPE, text=True
    )
    with ended(process), requests.Session() as patient:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        patient.mount("http://", HTTPAdapter(max_retries=Retry(50, backoff_factor=0.02)))
        patient.get(f"{address}/health", timeout=10)
        yield address, process.pid


@contextmanager
def ended(process: subprocess.Popen[str]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
