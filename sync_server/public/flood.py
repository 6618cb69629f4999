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
OF_ALL_PER_MINUTE = 600
ADDRESSES_MAX = 10_000
"""As many are remembered; the ones that have been silent longest are forgotten first."""


class Flood:
    def __init__(self, shared: SharedGate) -> None:
        self._shared = shared
        self._all = Gate(OF_ALL_PER_MINUTE)
        self._each: OrderedDict[str, Gate] = OrderedDict()
        self._lock = threading.Lock()

    def pass_through(self, address: str, now: datetime) -> None:
        """:raises Refused: ``too_many_attempts``"""
        with self._lock:
            gate = self._each.setdefault(address, Gate(OF_ONE_PER_MINUTE))
            self._each.move_to_end(address)
            while len(self._each) > ADDRESSES_MAX:
                self._each.popitem(last=False)
        gate.pass_through(now)
        self._all.pass_through(now)
        self._shared.pass_through(
            now,
            Way("page, from one", address, OF_ONE_PER_MINUTE),
            Way("page, from all", "", OF_ALL_PER_MINUTE),
        )
