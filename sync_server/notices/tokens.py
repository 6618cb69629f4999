"""Links of letters: what they allow, of which report, until when, under the server's seal.

Nothing is kept by which a link could be made; the key is in the data folder, not the database.
"""

import base64
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

CONFIRM_WITHIN = timedelta(days=3)
STOPS_FOR = timedelta(days=400)
"""How long the link under a letter ends the letters."""
SEAL_BYTES = 16


class Purpose(StrEnum):
    CONFIRM = "confirm"
    STOP = "stop"


class Link(NamedTuple):
    report_id: str
    until: datetime


@dataclass(frozen=True)
class Tokens:
    key: bytes

    def make(self, purpose: Purpose, report_id: str, until: datetime) -> str:
        """The same for the same three: a letter that leaves twice has the same links."""
        said = f"{report_id} {int(until.timestamp())}".encode()
        return _text(said + self._seal(purpose, said))

    def read(self, purpose: Purpose, token: str, *, now: datetime) -> Link | None:
        """What it is of; None where it is none of ours, of another purpose, or has ended."""
        whole = _bytes(token)
        said, seal = whole[:-SEAL_BYTES], whole[-SEAL_BYTES:]
        if not said or not hmac.compare_digest(seal, self._seal(purpose, said)):
            return None
        report_id, _, until = said.decode().rpartition(" ")
        link = Link(report_id, datetime.fromtimestamp(int(until), UTC))
        return link if now <= link.until else None

    def _seal(self, purpose: Purpose, said: bytes) -> bytes:
        message = f"mail {purpose} ".encode() + said
        return hmac.new(self.key, message, "sha256").digest()[:SEAL_BYTES]


def _text(whole: bytes) -> str:
    return base64.urlsafe_b64encode(whole).decode().rstrip("=")


def _bytes(token: str) -> bytes:
    try:
        return base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return b""
