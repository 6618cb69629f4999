"""`voirie demo` in a terminal: at whatever moment it is stopped, all of it ends, without a fuss."""

import logging
import os
import pty
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from select import select
from time import monotonic

import pytest

from sync_server.cli import demo_processes
from sync_server.cli.opening import is_no_ctrl_c
from sync_server.settings import read_settings

PATIENCE_S = 60
CTRL_C = b"\x03"
RUNNING = "Ctrl-C stops everything."


@dataclass
class Terminal:
    """A terminal in which somebody has started the demo."""

    process: subprocess.Popen[bytes]
    screen: int
    shown: str = field(default="", init=False)

    def watch(self, *, seconds: float = PATIENCE_S, until: str | None = None) -> None:
        """Read what is shown for so long, until some words are, or until there is no more."""
        deadline = monotonic() + seconds
        while until is None or until not in self.shown:
            if not select([self.screen], [], [], max(0, deadline - monotonic()))[0]:
                return
            try:
                more = os.read(self.screen, 65_536)
            except OSError:  # Linux says so at the end of a terminal, others give nothing.
                return
            if not more:
                return
            self.shown += more.decode("utf-8", "replace")

    def press_ctrl_c(self) -> None:
        os.write(self.screen, CTRL_C)

    def close(self) -> None:
        if self.screen >= 0:
            os.close(self.screen)
            self.screen = -1


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for all: what one interruption left is what the next start finds."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture
def terminal(data: Path, ports: tuple[int, int]) -> Iterator[Terminal]:
    screen, inside = pty.openpty()
    program = [sys.executable, "-m", "asset_model.command_line"]
    options = ["--data", str(data), "--port", str(ports[0]), "--tablet-port", str(ports[1])]
    process = subprocess.Popen(
        [sys.executable, "-c", OWN_TERMINAL, *program, "demo", *options],
        stdin=inside,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
    )
    os.close(inside)
    opened = Terminal(process, screen)
    opened.watch(until=TAKEN)
    yield opened
    process.terminate()
    process.wait(PATIENCE_S)
    opened.close()


TAKEN = "$ voirie demo"
OWN_TERMINAL = (
    "import fcntl, os, signal, sys, termios;"
    " fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    " signal.signal(signal.SIGINT, signal.SIG_DFL);"
    f" print({TAKEN!r}, flush=True);"
    " os.execv(sys.argv[1], sys.argv[1:])"
)
"""A new session has no terminal until it takes one; only then does Ctrl-C reach it. Whoever was
started in the background ignores it, and so would all they start."""


@pytest.fixture
def ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _left_over(ports: tuple[int, int]) -> list[str]:
    """Processes that still name one of the two ports."""
    listed = subprocess.run(["ps", "-A", "-o", "args="], capture_output=True, text=True, check=True)
    return [
        line for line in listed.stdout.splitlines() if any(f" {port}" in line for port in ports)
    ]


def _assert_all_ended(terminal: Terminal, ports: tuple[int, int]) -> None:
    code = terminal.process.wait(PATIENCE_S)
    assert code in (0, 130, -signal.SIGINT, -signal.SIGTERM, -signal.SIGHUP)
    assert "Traceback" not in terminal.shown
    assert _left_over(ports) == []
    for port in ports:
        with socket.create_server(("127.0.0.1", port)):
            pass


@pytest.mark.parametrize("after_s", [0.6, 1.2, 2.4, 4.0])
def test_ctrl_c_in_the_first_moments_ends_it_without_a_fuss(
    terminal: Terminal, ports: tuple[int, int], after_s: float
) -> None:
    terminal.watch(seconds=after_s)

    terminal.press_ctrl_c()
    terminal.watch()

    _assert_all_ended(terminal, ports)


@pytest.mark.parametrize(("cut_by", "told"), [(KeyboardInterrupt, False), (OSError, True)])
def test_ctrl_c_while_a_connection_is_closed_is_no_error(
    cut_by: type[BaseException], told: bool
) -> None:
    why = (cut_by, cut_by(), None)
    record = logging.LogRecord("sqlalchemy.pool", logging.ERROR, "", 0, "closing", None, why)

    assert is_no_ctrl_c(record) is told


@pytest.mark.parametrize("words", ["Voirie listens", RUNNING, "Voirie tablet"])
def test_ctrl_c_while_its_processes_start_ends_them_all(
    terminal: Terminal, ports: tuple[int, int], words: str
) -> None:
    terminal.watch(until=words)
    assert words in terminal.shown

    terminal.press_ctrl_c()
    terminal.watch()

    _assert_all_ended(terminal, ports)
    assert "Stopped. The town stays in" in terminal.shown


def _ask_to_end(terminal: Terminal) -> None:
    terminal.process.terminate()
    terminal.watch()


@pytest.mark.parametrize("end", [_ask_to_end, Terminal.close], ids=["SIGTERM", "terminal closed"])
def test_it_takes_its_processes_along_when_it_is_ended(
    terminal: Terminal, ports: tuple[int, int], end: Callable[[Terminal], None]
) -> None:
    terminal.watch(until=RUNNING)
    assert RUNNING in terminal.shown

    end(terminal)

    _assert_all_ended(terminal, ports)


def test_a_server_that_ends_by_itself_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    fleet = demo_processes.Fleet(read_settings(data=tmp_path), 1, None)

    assert fleet.run(announce=lambda: pytest.fail("Nothing runs.")) == 1

    assert "The server has ended by itself (exit code 1)" in capsys.readouterr().out
