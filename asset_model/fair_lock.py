"""A fair lock: whoever comes first goes first."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class FairLock:
    """A lock whose waiters are served in their order, each for a while only.

    Inside SQLite waiters sleep and try again, so that one who writes much passes by the others for
    seconds. Whoever has waited too long goes on without a turn, and meets SQLite's own lock.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    @contextmanager
    def turn(self, wait_s: float) -> Iterator[None]:
        has_it = self._wait(wait_s)
        try:
            yield
        finally:
            if has_it:
                self._hand_on()

    def _wait(self, wait_s: float) -> bool:
        mine = threading.Event()
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            self._waiting.append(mine)
        if mine.wait(wait_s):
            return True
        with self._lock:
            if mine.is_set():  # It came at the very last moment.
                return True
            self._waiting.remove(mine)
            return False

    def _hand_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
