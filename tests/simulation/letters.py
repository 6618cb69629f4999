"""Messages on their way, and how what comes back looks to a tablet."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["push", "pull"]


@dataclass(frozen=True)
class Answer:
    """What a tablet hears: of ours, or of whoever stands between."""

    status_code: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        return self.body


@dataclass(frozen=True)
class Letter:
    """A request to the server, or an answer to a tablet."""

    tablet: str
    kind: Kind
    body: bytes = b""
    answer: Answer | None = None

    @property
    def to_server(self) -> bool:
        return self.answer is None


PORTAL = Answer(200, b"<html>Portail captif</html>")
"""A network that wants a password first, and says that all is well."""

TURNED_AWAY = (
    PORTAL,
    Answer(429, b'{"error": {"code": "too_many_attempts"}}', {"Retry-After": "7"}),
    Answer(500, b'{"error": {"code": "server_error"}}'),
    Answer(502, b"<html>Bad gateway</html>"),
    Answer(503, b"", {"Retry-After": "120"}),
    Answer(401, b'{"error": {"code": "device_unknown"}}'),
    Answer(408, b"[]"),
    Answer(407, b"<html>Proxy</html>"),
)
