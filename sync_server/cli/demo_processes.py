"""The demo's two processes, started in order and stopped together."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import requests
import typer

from sync_server.cli.demo_words import WORDS
from sync_server.cli.saying import said, say
from sync_server.settings import ServerSettings

PAUSE_S = 0.2
PATIENCE = 75
"""Tries after which whoever waits for the server is told that it is not forgotten: 15 s."""

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, a polite kill, and a terminal that closes."""


class Fleet:
    """The server and the tablet. The tablet goes on when the server stops, as tablets do."""

    def __init__(self, settings: ServerSettings, tablet_port: int, code: str | None) -> None:
        self._settings = settings
        self._tablet_port = tablet_port
        self._code = code
        self._running: list[subprocess.Popen[bytes]] = []
        self._told_to_stop = False
        self.address = f"http://{settings.host}:{settings.port}"
        self.office = f"{self.address}/office/"
        self.tablet = f"http://127.0.0.1:{tablet_port}/"
        self.public = f"{self.address}/311/"
        self.mailbox = settings.mail_folder or settings.data / "mailbox"
        """Letters of the demo become files here: nobody real is written to."""

    @property
    def server_pid(self) -> int:
        return self._running[0].pid

    def run(self, announce: Callable[[], None]) -> int:
        """Until Ctrl-C or the tablet's end; neither process outlives this one."""
        with self._heeding_signals():
            try:
                return self._run(announce)
            finally:
                self._end()
                _say_goodbye(said("stopped", of=WORDS, folder=self._settings.data))

    @contextlib.contextmanager
    def _heeding_signals(self) -> Iterator[None]:
        """A signal is noted, never raised: in the midst of a start it would lose the process."""

        def note(_number: int, _frame: Any) -> None:
            self._told_to_stop = True

        heeded = (one for one in ENDINGS if signal.getsignal(one) != signal.SIG_IGN)  # nohup
        before = {ending: signal.signal(ending, note) for ending in heeded}
        try:
            yield
        finally:
            for ending, handler in before.items():
                signal.signal(ending, handler)

    def _run(self, announce: Callable[[], None]) -> int:
        say("starting", of=WORDS)
        server = self._start("serve", "--port", str(self._settings.port))
        if not self._answers(server):
            return 0 if self._told_to_stop else _ended("server", server)
        enrol = ["--enrol", self._code] if self._code else []
        folder = str(self._settings.data / "tablet")
        port = str(self._tablet_port)
        place = ["--server", self.address, "--data", folder, "--port", port]
        tablet = self._start("tablet", *place, *enrol)
        announce()
        return self._watch(server, tablet)

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        # The URL may hold a password: it goes by the environment, which other users cannot read.
        told = {
            "VOIRIE_DATABASE": self._settings.url,
            "VOIRIE_DATA": str(self._settings.data),
            "VOIRIE_MAIL_FOLDER": str(self.mailbox),
        }
        command = [sys.executable, "-m", "asset_model.command_line", *arguments]
        # In a group of its own, the terminal's Ctrl-C reaches this process alone, which ends it.
        process = subprocess.Popen(command, env={**os.environ, **told}, process_group=0)
        self._running.append(process)
        return process

    def _answers(self, server: subprocess.Popen[bytes]) -> bool:
        """Whether the server came up: it may have ended, for want of a free port say.

        As long as it runs it is waited for: a busy machine may need minutes.
        """
        tries = 0
        with requests.Session() as http:
            http.trust_env = False
            while not self._told_to_stop and server.poll() is None:
                with contextlib.suppress(requests.RequestException):
                    http.get(f"{self.address}/health", timeout=2)
                    return server.poll() is None
                tries += 1
                if tries % PATIENCE == 0:
                    say("still", of=WORDS)
                time.sleep(PAUSE_S)
        return False

    def _watch(self, server: subprocess.Popen[bytes], tablet: subprocess.Popen[bytes]) -> int:
        told = False
        while not self._told_to_stop:
            try:
                tablet.wait(timeout=0.5)
                return _ended("tablet", tablet)
            except subprocess.TimeoutExpired:
                if server.poll() is not None and not told:
                    say("gone", of=WORDS)
                    told = True
        return 0

    def _end(self) -> None:
        for process in self._running:
            process.terminate()
        for process in self._running:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _ended(what: str, process: subprocess.Popen[bytes]) -> int:
    """Say that it ended by itself, and give its exit code; one at least, for nobody asked it to."""
    say(f"{what}_ended", of=WORDS, code=process.returncode)
    return process.returncode or 1


def _say_goodbye(sentence: str) -> None:
    """The terminal may be what closed: what cannot be said there any more is no error."""
    try:
        typer.echo(sentence)
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):  # Else Python tries once more at its very end, and ends with 120.
            os.dup2(nowhere, stream)
