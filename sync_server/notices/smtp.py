"""Where letters leave by: a mail server, or a folder in which each becomes an `.eml` file."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from sync_server.notices.undelivered import Undelivered

TIMEOUT_S = 30.0
HANGS_UP = 421
PORTS = {"starttls": 587, "tls": 465, "none": 25}


class Post(Protocol):
    """An open way out."""

    def send(self, message: EmailMessage, *, sender: str, to: str) -> None:
        """:raises Undelivered:"""


class Mailing(Protocol):
    def opened(self) -> AbstractContextManager[Post]:
        """:raises Undelivered:"""


@dataclass(frozen=True)
class MailServer:
    """`security`: starttls, tls or none."""

    host: str
    port: int = 0
    security: str = "starttls"
    user: str = ""
    password: str = ""

    @contextmanager
    def opened(self) -> Iterator[Post]:
        """:raises Undelivered:"""
        try:
            smtp = self._connected()
        except (smtplib.SMTPException, OSError) as error:
            raise Undelivered("mail_server_away", _said(error), everybody=True) from None
        try:
            yield _Conversation(smtp)
        finally:
            try:
                smtp.quit()
            except (smtplib.SMTPException, OSError):
                pass  # It has hung up before we did.

    def _connected(self) -> smtplib.SMTP:
        port = self.port or PORTS[self.security]
        trust = ssl.create_default_context()
        if self.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(self.host, port, timeout=TIMEOUT_S, context=trust)
        else:
            smtp = smtplib.SMTP(self.host, port, timeout=TIMEOUT_S)
        try:
            if self.security == "starttls":
                smtp.starttls(context=trust)
            if self.user:
                smtp.login(self.user, self.password)
        except BaseException:
            smtp.close()
            raise
        return smtp


@dataclass(frozen=True)
class _Conversation:
    smtp: smtplib.SMTP

    def send(self, message: EmailMessage, *, sender: str, to: str) -> None:
        try:
            self.smtp.send_message(message, from_addr=sender, to_addrs=[to])
        except smtplib.SMTPRecipientsRefused as error:
            ((code, said),) = error.recipients.values()
            raise _refused(code, said) from None
        except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
            raise Undelivered("mail_refused", _said(error), final=True) from None
        except smtplib.SMTPSenderRefused as error:
            raise Undelivered("mail_server_away", _said(error), everybody=True) from None
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code, error.smtp_error) from None
        except (smtplib.SMTPException, OSError) as error:
            raise Undelivered("mail_server_away", _said(error), everybody=True) from None


def _refused(code: int, said: bytes | str) -> Undelivered:
    """Five hundred and more is for good; four hundred is for now."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if code == HANGS_UP:
        return Undelivered("mail_server_away", words, everybody=True)
    return Undelivered("mail_refused", f"{code} {words}", final=code >= 500)


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


@dataclass(frozen=True)
class MailFolder:
    """Nothing leaves the machine: each letter is a file, which a mail program opens."""

    folder: Path

    @contextmanager
    def opened(self) -> Iterator[Post]:
        """:raises Undelivered:"""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Undelivered("mail_server_away", _said(error), everybody=True) from None
        yield self

    def send(self, message: EmailMessage, *, sender: str, to: str) -> None:
        name = message["Message-ID"].strip("<>").partition("@")[0]
        draft = self.folder / f"{name}.new"
        try:
            draft.write_bytes(message.as_bytes())
            draft.rename(self.folder / f"{name}.eml")
        except OSError as error:
            raise Undelivered("mail_server_away", _said(error), everybody=True) from None
