"""A real mail server on a free port, whose boxes are read back as mail programs do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class MailServer:
    """`refusing` answers every recipient with these words; `port` is where it listens."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    refusing: str = ""

    def empty(self) -> None:
        self.letters.clear()
        self.envelopes.clear()
        self.raw.clear()
        self.refusing = ""

    @property
    def subjects(self) -> list[str]:
        return [str(letter["Subject"]) for letter in self.letters]

    async def handle_RCPT(  # noqa: N802 -- as aiosmtpd calls it
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.refusing:
            return self.refusing.format(address=address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- as aiosmtpd calls it
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.raw.append(envelope.content)
        self.envelopes += [(envelope.mail_from, to) for to in envelope.rcpt_tos]
        return "250 kept"


class _OnAFreePort(Controller):
    """Port 0 is the system's choice: the port is known once it listens."""

    def _trigger_server(self) -> None:
        listening: Any = self.server
        self.port = listening.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mail_server_running(**options: Any) -> Iterator[MailServer]:
    made = MailServer()
    controller = _OnAFreePort(made, hostname="127.0.0.1", port=0, **options)
    controller.start()
    made.port = controller.port
    try:
        yield made
    finally:
        controller.stop()


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def html_of(letter: EmailMessage) -> str:
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
