"""A gate that all servers over one database share: so many a minute, whichever of them was asked.

One row for whoever passes, and one write: how many passed in this minute, and in the one before, of
which that part counts which a window of a minute still reaches. Addresses are kept under the
server's own key, for nobody to read, and are forgotten when their minutes are over.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil
from typing import NamedTuple

from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from asset_model.database import Database
from asset_model.errors import Refused
from sync_server.tables import GatePassage

WINDOW_S = 60

# A server whose clock is behind counts in the minute of the one that is ahead.
_PASS = text(
    "INSERT INTO gate_passage (mark, minute, passed, before) VALUES (:mark, :minute, 1, 0)"
    " ON CONFLICT (mark) DO UPDATE SET"
    " before = CASE WHEN gate_passage.minute >= :minute THEN gate_passage.before"
    "  WHEN gate_passage.minute = :minute - 1 THEN gate_passage.passed ELSE 0 END,"
    " passed = CASE WHEN gate_passage.minute >= :minute THEN gate_passage.passed + 1 ELSE 1 END,"
    " minute = CASE WHEN gate_passage.minute > :minute THEN gate_passage.minute ELSE :minute END"
    " WHERE CASE WHEN gate_passage.minute >= :minute"
    "   THEN gate_passage.passed + gate_passage.before * :reached"
    "  WHEN gate_passage.minute = :minute - 1 THEN gate_passage.passed * :reached"
    "  ELSE 0 END < :most"
    " RETURNING mark"
)


class Way(NamedTuple):
    """Through which gate, who, and how many a minute at most."""

    gate: str
    whose: str
    most: int


@dataclass(frozen=True)
class SharedGate:
    database: Database
    key: bytes
    """The same on all servers, as seals are."""

    def pass_through(self, now: datetime, *ways: Way) -> None:
        """:raises Refused: ``too_many_attempts``; ways before the one that is shut are counted"""
        minute, elapsed_s = divmod(now.timestamp(), WINDOW_S)
        spent = {"minute": int(minute), "reached": 1 - elapsed_s / WINDOW_S}
        with self.database.writing() as session:
            shut = any(not self._passed(session, way, spent) for way in ways)
        if shut:
            raise Refused("too_many_attempts", seconds=ceil(WINDOW_S - elapsed_s))

    def _passed(self, session: Session, way: Way, spent: dict[str, float]) -> bool:
        given = {**spent, "mark": self._mark(way), "most": way.most}
        return session.execute(_PASS, given).first() is not None

    def _mark(self, way: Way) -> str:
        return hmac.new(self.key, f"{way.gate}\n{way.whose}".encode(), sha256).hexdigest()


def forget_passages(session: Session, *, now: datetime) -> None:
    """Those of minutes that count no more."""
    last = int((now - timedelta(seconds=2 * WINDOW_S)).timestamp() // WINDOW_S)
    session.execute(delete(GatePassage).where(GatePassage.minute <= last))
