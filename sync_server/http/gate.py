"""A gate that lets so many through a minute, against guessing."""

import threading
from collections import deque
from datetime import datetime, timedelta

from asset_model.errors import Refused

WINDOW = timedelta(minutes=1)


class Gate:
    """Shared by all callers of one process; the database counts wrong tries as well."""

    def __init__(self, passes_per_minute: int) -> None:
        self._max = passes_per_minute
        self._passed: deque[datetime] = deque()
        self._lock = threading.Lock()

    def pass_through(self, now: datetime) -> None:
        """:raises Refused: ``too_many_attempts``, with the seconds to wait"""
        with self._lock:
            while self._passed and self._passed[0] <= now - WINDOW:
                self._passed.popleft()
            if len(self._passed) >= self._max:
                wait = self._passed[0] + WINDOW - now
                raise Refused("too_many_attempts", seconds=int(wait.total_seconds()) + 1)
            self._passed.append(now)
