"""Wrong keys: they are guessed at no faster, however many servers are asked."""

from datetime import datetime

from sync_server.http.gate import Gate
from sync_server.shared_gate import SharedGate, Way

WRONG_KEYS_PER_MINUTE = 120


class Guesses:
    def __init__(self, shared: SharedGate) -> None:
        self._shared = shared
        self._here = Gate(WRONG_KEYS_PER_MINUTE)

    def count(self, now: datetime) -> None:
        """:raises Refused: ``too_many_attempts``; this process alone needs no database to say so"""
        self._here.pass_through(now)
        self._shared.pass_through(now, Way("wrong keys", "", WRONG_KEYS_PER_MINUTE))
