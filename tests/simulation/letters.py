"""Messages on their way."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    """A request to the server, or an answer to a tablet."""

    tablet: str
    kind: str
    body: bytes
    to_server: bool
