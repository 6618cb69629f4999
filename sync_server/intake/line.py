"""The line that senders wait in: whoever is at its head takes in all who wait, with one write.

A burst would else pay for each report what most of a write costs whatever its size: the wait for
the disk, for other writers, and a dozen questions to the database. Inside SQLite waiters pass each
other; here they are served in their order.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from time import perf_counter
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from asset_model.database import Database
from asset_model.troubles import trouble_of
from sync_server.collisions import written
from sync_server.intake.receiving import Received, Sent, receive_all

T = TypeVar("T")
log = logging.getLogger(__name__)

THREADS = 32
"""That wait in line or look at pictures: their own, so that tablets never wait for one of them."""
AT_ONCE, AT_LEAST = 32, 16
"""In one write, as its pace allows; sixteen ask the database hardly more than one."""
PATIENCE_S = 0.15
"""A tablet that writes meanwhile waits for about as long: a slower machine takes fewer at once."""


@dataclass
class _Place:
    sent: Sent
    received: Received | None = None
    failure: Exception | None = None

    @property
    def served(self) -> bool:
        return self.received is not None or self.failure is not None


class Line:
    """One for all doors of a process by which reports come in."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        stopwatch: Callable[[], float] = perf_counter,
    ) -> None:
        self._database, self._clock, self._new_id = database, clock, new_id
        self._stopwatch, self._most = stopwatch, AT_ONCE
        self._waiting: list[_Place] = []
        self._lock, self._turn = threading.Lock(), threading.Lock()
        self._threads = CapacityLimiter(THREADS)

    async def beside(self, work: Callable[..., T], *given: Any) -> T:
        """Do what may wait in line in a thread that nobody but citizens waits for."""
        return await to_thread.run_sync(partial(work, *given), limiter=self._threads)

    def take_in(self, sent: Sent) -> Received:
        """Keep what was sent, among others that wait; its pictures' files are in the depot.

        :raises Exception: what keeping it alone raises
        """
        place = _Place(sent)
        with self._lock:
            self._waiting.append(place)
        while not place.served:
            with self._turn:
                if not place.served:
                    self._serve(self._next())
        if place.failure is not None:
            raise place.failure
        assert place.received is not None
        return place.received

    def _next(self) -> Sequence[_Place]:
        with self._lock:
            first, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        return first

    def _serve(self, places: Sequence[_Place]) -> None:
        try:
            received = self._written([place.sent for place in places])
        except Exception as error:  # noqa: BLE001 -- it is raised where the sender waits
            if len(places) == 1 or _is_nobody_s(error):
                for place in places:
                    place.failure = error
                return
            log.info("one of %d reports broke; taking each by itself", len(places))
            for place in places:
                self._serve([place])
            return
        for place, each in zip(places, received, strict=True):
            place.received = each

    def _written(self, several: Sequence[Sent]) -> Sequence[Received]:
        begun = 0.0

        def keep(session: Session) -> Sequence[Received]:
            nonlocal begun
            begun = self._stopwatch()  # The turn has come: what was waited for it is not ours.
            return receive_all(session, several, now=self._clock(), new_id=self._new_id)

        received = written(self._database, keep)
        at_pace = len(several) * PATIENCE_S / max(self._stopwatch() - begun, 0.001)
        self._most = max(AT_LEAST, min(AT_ONCE, int(at_pace)))
        return received


def _is_nobody_s(error: Exception) -> bool:
    """The database's own trouble, which each by itself would run into again."""
    return trouble_of(error) is not None and not isinstance(error, IntegrityError)
