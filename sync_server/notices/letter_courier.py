"""Carrying letters: who it goes to and what it says is looked up as it leaves."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from asset_model.database import Database
from sync_server.intake.receiving import known_secret, secret_of
from sync_server.intake.tables import ReportContact
from sync_server.notices.delivery import Send
from sync_server.notices.filling import Filling
from sync_server.notices.letters import Letters
from sync_server.notices.listeners import wanting
from sync_server.notices.mail import Sender, message_of
from sync_server.notices.smtp import Mailing, Post
from sync_server.notices.tables import Kind, MailWish, Notice
from sync_server.notices.undelivered import Undelivered, Unwanted

_ADDRESS = re.compile(r"[^@\s,;:<>\"()\[\]\\]+@[^@\s,;:<>\"()\[\]\\]+")


@dataclass(frozen=True)
class LetterCourier:
    database: Database
    mailing: Mailing
    sender: Sender
    letters: Letters
    filling: Filling
    clock: Callable[[], datetime]
    apart: bool = False

    @contextmanager
    def round(self) -> Iterator[Send]:
        """One conversation with the mail server, begun with the first letter."""
        with ExitStack() as ending:
            opened: list[Post] = []

            def send(notice: Notice) -> None:
                address, message = self._letter(notice)
                if not opened:
                    opened.append(ending.enter_context(self.mailing.opened()))
                try:
                    opened[0].send(message, sender=self.sender.bare, to=address)
                except Undelivered as failure:
                    if failure.everybody:
                        opened.clear()
                    raise

            yield send

    def _letter(self, notice: Notice) -> tuple[str, EmailMessage]:
        """:raises Unwanted: whoever it was for was erased, or wishes for no more"""
        now = self.clock()
        with self.database.reading() as session:
            contact = session.get(ReportContact, notice.recipient)
            wish = session.get(MailWish, notice.recipient)
            if contact is None or not contact.email:
                raise Unwanted("address_erased")
            if notice.kind == Kind.CONFIRM:
                if wish is None or wish.confirmed_at or wish.stopped_at or not wish.confirm_by:
                    raise Unwanted("not_wished")
                if wish.confirm_by <= now:
                    raise Unwanted("too_late")
            elif notice.recipient not in wanting(session, [notice.recipient]):
                raise Unwanted("not_wished")
            address = _usable(contact.email)
            secret = known_secret(session, notice.recipient)
        if secret is None:
            with self.database.writing() as session:
                secret = secret_of(session, notice.recipient)
        confirm_by = wish.confirm_by if wish else None
        gaps = self.filling.gaps(notice, secret=secret, confirm_by=confirm_by)
        words = self.letters.written(notice.kind, notice.language, gaps)
        return address, message_of(
            words, sender=self.sender, to=address, id=notice.id, stop=gaps["stop_link"], now=now
        )


def _usable(address: str) -> str:
    """:raises Undelivered: a mail server would take it for several, or for none"""
    if not _ADDRESS.fullmatch(address):
        raise Undelivered("address_unusable", final=True)
    return address
