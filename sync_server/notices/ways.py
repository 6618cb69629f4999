"""The ways out that the settings name."""

import logging
from collections.abc import Callable
from datetime import datetime

from asset_model.database import Database
from sync_server.intake.town import Town
from sync_server.notices.filling import HOLDS, Filling, holds
from sync_server.notices.letter_courier import LetterCourier
from sync_server.notices.letters import BadLetter, Letters
from sync_server.notices.mail import Sender
from sync_server.notices.smtp import MailFolder, Mailing, MailServer
from sync_server.notices.tokens import Tokens
from sync_server.settings import ServerSettings

log = logging.getLogger(__name__)

LETTERS = "letters"
"""The folder of the town's own letters, in the data folder."""


def mailing_of(settings: ServerSettings) -> Mailing | None:
    """The mail server, or the folder of letters; None where neither is named."""
    if settings.mail_folder is not None:
        return MailFolder(settings.mail_folder)
    if not settings.smtp_host:
        return None
    return MailServer(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_security,
        settings.smtp_user,
        settings.password,
    )


def letters_of(settings: ServerSettings) -> Letters:
    return Letters(settings.data / LETTERS)


def sender_of(settings: ServerSettings) -> Sender:
    return Sender(settings.mail_from or "311@localhost", settings.mail_reply_to)


def letter_courier(
    settings: ServerSettings,
    database: Database,
    town: Town,
    key: bytes,
    clock: Callable[[], datetime],
) -> LetterCourier | None:
    mailing = mailing_of(settings)
    if mailing is None:
        return None
    letters, sender = letters_of(settings), sender_of(settings)
    filling = Filling(town, Tokens(key), _holds(letters))
    return LetterCourier(database, mailing, sender, letters, filling, clock)


def _holds(letters: Letters) -> dict[str, dict[str, str]]:
    """The town's own reasons of pauses; ours where its file cannot be used."""
    try:
        return holds(letters.folder)
    except (ValueError, OSError, BadLetter):
        log.exception("the town's %s cannot be used", HOLDS)
        return holds()
