"""The demo's two processes, started in order and stopped together."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable

import requests
import typer
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from sync_server.settings import ServerSettings

PATIENCE = Retry(total=100, backoff_factor=0.1, backoff_max=0.5)
"""Some forty seconds for the server to answer for the first time."""


class Fleet:
    """The server and the tablet. The tablet goes on when the server stops, as tablets do."""

    def __init__(self, settings: ServerSettings, tablet_port: int, code: str | None) -> None:
        self._settings = settings
        self._tablet_port = tablet_port
        self._code = code
        self._running: list[subprocess.Popen[bytes]] = []
        self.address = f"http://{settings.host}:{settings.port}"
        self.office = f"{self.address}/office/"
        self.tablet = f"http://127.0.0.1:{tablet_port}/"

    @property
    def server_pid(self) -> int:
        return self._running[0].pid

    def run(self, announce: Callable[[], None]) -> int:
        """Until Ctrl-C or the tablet's end; neither process outlives this one."""
        try:
            return self._run(announce)
        except KeyboardInterrupt:
            return 0
        finally:
            self._end()
            typer.echo(f"Stopped. The town stays in {self._settings.data}")

    def _run(self, announce: Callable[[], None]) -> int:
        server = self._start("serve", "--port", str(self._settings.port))
        if not self._answers(server):
            return 1
        enrol = ["--enrol", self._code] if self._code else []
        folder = str(self._settings.data / "tablet")
        port = str(self._tablet_port)
        place = ["--server", self.address, "--data", folder, "--port", port]
        tablet = self._start("tablet", *place, *enrol)
        announce()
        return self._watch(server, tablet)

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        # The URL may hold a password: it goes by the environment, which other users cannot read.
        told = {"VOIRIE_DATABASE": self._settings.url, "VOIRIE_DATA": str(self._settings.data)}
        command = [sys.executable, "-m", "asset_model.command_line", *arguments]
        process = subprocess.Popen(command, env={**os.environ, **told})
        self._running.append(process)
        return process

    def _answers(self, server: subprocess.Popen[bytes]) -> bool:
        """Whether the server came up: it may have ended, for want of a free port say."""
        logging.getLogger("urllib3").setLevel(logging.ERROR)  # It is expected to be late.
        with requests.Session() as http:
            http.trust_env = False
            http.mount("http://", HTTPAdapter(max_retries=PATIENCE))
            try:
                http.get(f"{self.address}/health", timeout=30)
            except requests.RequestException:
                return False
        return server.poll() is None

    def _watch(self, server: subprocess.Popen[bytes], tablet: subprocess.Popen[bytes]) -> int:
        told = False
        while True:
            try:
                return tablet.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                if server.poll() is not None and not told:
                    typer.echo("The server has stopped; the tablet works on without it.")
                    told = True

    def _end(self) -> None:
        for process in self._running:
            process.terminate()
        for process in self._running:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
