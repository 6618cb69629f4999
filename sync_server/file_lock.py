"""Locks between threads and processes of one machine, which end with whoever holds them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

try:
    import fcntl
except ImportError:  # Windows: one server process, whose threads the other lock keeps apart.
    fcntl = None  # type: ignore[assignment]

_threads: dict[Path, threading.Lock] = {}
_registry = threading.Lock()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Wait for, then hold, the lock that this file stands for. The file is never removed."""
    with _registry:
        mine = _threads.setdefault(file, threading.Lock())
    with mine, file.open("ab") as stream:
        if fcntl is not None:
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def taken(file: Path) -> IO[Any] | None:
    """The lock, held for as long as the answer is kept; None where another process holds it."""
    stream = file.open("ab")
    if fcntl is not None:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            stream.close()
            return None
    return stream
