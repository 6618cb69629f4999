"""The tablet's only door to the network, and the ways it can be shut."""

from typing import Protocol

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


class TooLarge(Exception):
    """The server understood, and will not take a message of this size."""


class NotEnrolled(Exception):
    """The server does not know this device's token. Work goes on; nothing can be exchanged."""
