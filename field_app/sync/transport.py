"""The tablet's only door to the network, and the ways it can be shut."""

from typing import Any, Protocol

from asset_model.sync.wire import Page, Pull, Push, PushReply, Terms


class Transport(Protocol):
    """Each method returns what the server said, or raises one of the errors below."""

    def push(self, push: Push) -> PushReply: ...

    def pull(self, pull: Pull) -> Page | Terms: ...


class LinkDown(Exception):
    """No answer of ours came back: no signal, a time-out, a failing server, a proxy's page.

    Whether the server acted is unknown, and nothing here has changed.
    """

    def __init__(self, why: str, retry_after_s: float | None = None) -> None:
        super().__init__(why)
        self.retry_after_s = retry_after_s


class NotTaken(Exception):
    """The server understood, and will never take this message: it is too large, or a part of it
    cannot be read. A smaller one may do.
    """

    def __init__(self, code: str, details: dict[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.details = details or {}


class OtherProtocol(Exception):
    """The server is older than this app, and speaks no later protocol than this one."""

    def __init__(self, spoken: int) -> None:
        super().__init__(spoken)
        self.spoken = spoken


class NotEnrolled(Exception):
    """The server does not know this device's token. Work goes on; nothing can be exchanged."""
