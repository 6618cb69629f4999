"""A worker that dies at the worst moment."""

import os
import signal
from email.message import EmailMessage
from unittest.mock import patch

from asset_model.database import open_database
from sync_server.notices.smtp import _Conversation
from tests.notices.sending import by_mail
from tests.sync.rig import Server


def die_after_the_mail_server_said_yes(url: str, port: int) -> None:
    sends = _Conversation.send

    def send(self: _Conversation, message: EmailMessage, *, sender: str, to: str) -> None:
        sends(self, message, sender=sender, to=to)
        os.kill(os.getpid(), signal.SIGKILL)

    with patch.object(_Conversation, "send", send):
        by_mail(Server(open_database(url)), port).run()
