"""How often one address may send, and all of them together: at this server, and at all of them.

What this process sees alone is refused without a question to the database: a flood costs it no
write.
"""

import threading
from collections import OrderedDict
from datetime import datetime

from sync_server.http.gate import Gate
from sync_server.shared_gate import SharedGate, Way

OF_ONE_PER_MINUTE = 6
TRIES_OF_ONE_PER_MINUTE = 40
"""Of forms that came back to be corrected: nothing is made of them, yet they are read."""
OF_ALL_PER_MINUTE = 600
ADDRESSES_MAX = 10_000
"""As many are remembered; the ones that have been silent longest are forgotten first."""


class Flood:
    def __init__(self, shared: SharedGate) -> None:
        self._shared = shared
        self._all = Gate(OF_ALL_PER_MINUTE)
        self._making, self._trying = _Each(OF_ONE_PER_MINUTE), _Each(TRIES_OF_ONE_PER_MINUTE)

    def try_once(self, address: str, now: datetime) -> None:
        """A form is read, of which perhaps nothing is made.

        :raises Refused: ``too_many_attempts``
        """
        self._trying.of(address).pass_through(now)

    def pass_through(self, address: str, now: datetime) -> None:
        """Something is made.

        :raises Refused: ``too_many_attempts``
        """
        self._making.of(address).pass_through(now)
        self._all.pass_through(now)
        self._shared.pass_through(
            now,
            Way("page, from one", address, OF_ONE_PER_MINUTE),
            Way("page, from all", "", OF_ALL_PER_MINUTE),
        )


class _Each:
    """A gate for each address."""

    def __init__(self, passes_per_minute: int) -> None:
        self._passes = passes_per_minute
        self._gates: OrderedDict[str, Gate] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, address: str) -> Gate:
        with self._lock:
            gate = self._gates.setdefault(address, Gate(self._passes))
            self._gates.move_to_end(address)
            while len(self._gates) > ADDRESSES_MAX:
                self._gates.popitem(last=False)
        return gate
