"""A letter as a message of mail: text and HTML, and headers that keep robots from answering."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from sync_server.notices.letters import Words

LINES_AS_THEY_ARE = SMTP.clone(max_line_length=998)
"""Of headers: an address that were folded would be written as an encoded word, which no mail
program takes for an address. Bodies are encoded before, in short lines."""


@dataclass(frozen=True)
class Sender:
    """Whose letters they are. `address` may have a name: `Ville de X <311@x.ca>`."""

    address: str
    reply_to: str = ""

    @property
    def bare(self) -> str:
        return parseaddr(self.address)[1]

    @property
    def domain(self) -> str:
        return self.bare.rpartition("@")[2] or "localhost"


def message_of(
    words: Words, *, sender: Sender, to: str, id: str, stop: str, now: datetime
) -> EmailMessage:
    """`id`: the notice's, by which mail systems know a second copy of the same letter.

    `stop`: where a mail program says that no more is wished (RFC 8058).
    """
    message = EmailMessage(policy=SMTP)
    name, bare = parseaddr(sender.address)
    message["From"] = Address(display_name=name, addr_spec=bare)
    message["To"] = to
    message["Subject"] = words.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if sender.reply_to:
        message["Reply-To"] = sender.reply_to
    if stop:
        message["List-Unsubscribe"] = f"<{stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(words.text)
    message.add_alternative(words.html, subtype="html")
    message.policy = LINES_AS_THEY_ARE
    return message
