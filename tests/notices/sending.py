"""Letters and calls of a town in memory, sent when a test says so."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sync_server.intake.contacts import Contact
from sync_server.intake.receiving import Received, Sent, receive
from sync_server.intake.town import Town
from sync_server.notices.delivery import Courier, Delivery
from sync_server.notices.filling import Filling, holds
from sync_server.notices.letter_courier import LetterCourier
from sync_server.notices.letters import Letters
from sync_server.notices.mail import Sender
from sync_server.notices.smtp import Mailing, MailServer
from sync_server.notices.tables import Channel, Notice
from sync_server.notices.tokens import Tokens
from tests.intake.town import HERE, POTHOLE
from tests.sync.rig import SEALS, Server, an_id

TOWN = Town(name="Val-des-Pins", contact="311", public_url="https://311.exemple.ca")
SENDER = Sender("Ville de Val-des-Pins <311@exemple.ca>", "travaux@exemple.ca")
LUC_S, ANNE_S = "luc@exemple.ca", "anne@exemple.ca"


@dataclass
class Sending:
    """The server's letters, by one worker; `chance` is the middle of every pause."""

    server: Server
    mailing: Mailing | None
    letters: Letters = field(default_factory=Letters)
    holder: str = "worker"

    def run(self) -> int:
        return self.delivery().run()

    def later(self, **span: float) -> int:
        self.server.clock.forward(**(span or {"minutes": 2}))
        return self.run()

    def delivery(self) -> Delivery:
        courier: Courier | None = None
        if self.mailing is not None:
            filling = Filling(TOWN, Tokens(SEALS.key), holds())
            courier = LetterCourier(
                self.server.database, self.mailing, SENDER, self.letters, filling,
                self.server.clock,
            )  # fmt: skip
        return Delivery(
            self.server.database, Channel.EMAIL, courier, self.holder, self.server.clock,
            lambda: 0.5,
        )  # fmt: skip


def by_mail(server: Server, port: int, **more: Any) -> Sending:
    return Sending(server, MailServer("127.0.0.1", port, "none"), **more)


def reported(server: Server, email: str | None = LUC_S, **more: Any) -> Received:
    """A report that came by the web page, with an address."""
    said: dict[str, Any] = {"description": "Un gros trou.", "language": "fr", **HERE, **more}
    sent = Sent(
        service_id=said.pop("service_id", POTHOLE), source="web", mark=an_id(),
        reported_at=server.clock(), contact=Contact(email=email) if email else None, **said,
    )  # fmt: skip
    with server.database.writing() as session:
        return receive(session, sent, now=server.clock(), new_id=an_id)


def notices(server: Server) -> list[Notice]:
    rows: list[Notice] = server.rows(Notice)
    return sorted(rows, key=lambda notice: (notice.made_at, notice.step, notice.recipient))


def told(server: Server) -> list[tuple[str, str]]:
    return [(notice.kind, notice.state) for notice in notices(server)]


def own_letters(folder: Path, name: str, text: str) -> Letters:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return Letters(folder)
