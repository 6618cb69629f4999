"""Letters go over TLS, after a login, and to no server whose certificate nobody vouches for."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from sync_server.notices.letters import Words
from sync_server.notices.mail import Sender, message_of
from sync_server.notices.smtp import MailServer
from sync_server.notices.undelivered import Undelivered
from tests.notices import mail_server
from tests.notices.certificates import certificate

WORDS = Words("Essai", "Bonjour é", "<p>Bonjour é</p>")


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[tuple[mail_server.MailServer, Path]]:
    """A server that wants STARTTLS, then a name and a password."""
    file = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)

    def knows(*given: object) -> AuthResult:
        told = given[-1]
        known = isinstance(told, LoginPassword) and told.password == b"s3cret"
        return AuthResult(success=known, handled=known)  # The server says no by itself.

    options = {"tls_context": context, "require_starttls": True, "auth_required": True}
    with mail_server.mail_server_running(authenticator=knows, **options) as made:
        yield made, file


def send(port: int, password: str = "s3cret") -> None:
    server = MailServer("localhost", port, "starttls", "voirie", password)
    message = message_of(
        WORDS, sender=Sender("311@exemple.ca"), to="luc@exemple.ca", id="n1", stop="",
        now=datetime.now(UTC),
    )  # fmt: skip
    with server.opened() as post:
        post.send(message, sender="311@exemple.ca", to="luc@exemple.ca")


def test_a_letter_leaves_over_tls_after_a_login(
    guarded: tuple[mail_server.MailServer, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, file = guarded
    monkeypatch.setenv("SSL_CERT_FILE", str(file))

    send(server.port)

    assert server.subjects == ["Essai"]
    with pytest.raises(Undelivered, match="mail_server_away") as refused:
        send(server.port, "wrong")
    assert refused.value.everybody
    assert "535" in refused.value.why
    assert "s3cret" not in refused.value.why


def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    guarded: tuple[mail_server.MailServer, Path],
) -> None:
    server, _ = guarded

    with pytest.raises(Undelivered, match="mail_server_away") as refused:
        send(server.port)

    assert "certificate" in refused.value.why.lower()
    assert server.letters == []
