"""A lock between threads and processes of one machine, which ends with whoever holds it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
