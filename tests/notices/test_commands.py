"""`voirie notices` and `voirie webhooks`, as somebody at the keyboard of the server uses them."""

import json
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from sync_server.cli import notices as notices_commands
from sync_server.cli import open311_key as key_command
from sync_server.cli import register
from sync_server.cli import webhooks as webhooks_commands
from sync_server.notices.delivery import Delivery
from sync_server.notices.tables import Channel, WebhookEndpoint
from sync_server.notices.webhook_courier import WebhookCourier
from tests.notices.hook import Hook, hook_listening
from tests.notices.mail_server import MailServer
from tests.notices.sending import Sending, by_mail, reported, told
from tests.sync.rig import Server


@pytest.fixture
def hook() -> Iterator[Hook]:
    with hook_listening() as made:
        yield made


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """A file, for a command opens it anew; commands know no engine."""
    return sqlite_url


@pytest.fixture
def town(either: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    for module in (notices_commands, webhooks_commands, key_command):
        monkeypatch.setattr(module, "clock", either.clock, raising=False)
    monkeypatch.setenv("VOIRIE_DATA", str(tmp_path))
    return either


def run(server: Server, *words: str, typed: str = "") -> Result:
    app = Typer()
    register(app)
    url = server.database.engine.url.render_as_string(hide_password=False)
    return CliRunner().invoke(app, [*words, "--database", url], input=typed)


def called(server: Server) -> int:
    courier = WebhookCourier(server.database, server.clock)
    given = (server.database, Channel.WEBHOOK, courier, "worker", server.clock)
    return Delivery(*given, lambda: 0.5).run()


def test_what_was_not_sent_is_listed_without_an_address_and_sent_when_asked(
    town: Server, mail: MailServer
) -> None:
    reported(town)
    Sending(town, None).run()

    listed = run(town, "notices", "list")
    assert listed.exit_code == 0, listed.output
    (line,) = listed.stdout.splitlines()
    assert "received" in line
    assert "REQ-2026-000001" in line
    assert "unsent" in line
    assert "email unsent: 1" in listed.stderr
    assert "@" not in listed.output
    assert run(town, "notices", "retry").stdout == "0 notices will be tried again.\n"
    assert run(town, "notices", "retry", "--unsent").stdout == "1 notice will be tried again.\n"
    assert by_mail(town, mail.port).later() == 1
    assert run(town, "notices", "list").stdout == ""
    assert "sent" in run(town, "notices", "list", "--all").stdout


def test_one_notice_is_tried_again_by_its_id_and_none_that_was_sent(
    town: Server, mail: MailServer
) -> None:
    reported(town)
    Sending(town, None).run()
    id = run(town, "notices", "list").stdout.split()[0]

    assert run(town, "notices", "retry", id).exit_code == 0
    by_mail(town, mail.port).later()
    again = run(town, "notices", "retry", id)

    assert again.exit_code == 2
    assert id in again.stderr
    assert told(town) == [("received", "sent")]


def test_a_trial_letter_leaves_at_once_or_says_why_it_does_not(
    town: Server, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tried() -> Result:
        app = Typer()
        register(app)
        return CliRunner().invoke(app, ["notices", "test-mail", "moi@exemple.ca"])

    assert (tried().exit_code, "VOIRIE_SMTP_HOST" in tried().stderr) == (2, True)
    for name, value in {
        "VOIRIE_SMTP_HOST": "127.0.0.1",
        "VOIRIE_SMTP_PORT": str(mail.port),
        "VOIRIE_SMTP_SECURITY": "none",
        "VOIRIE_MAIL_FROM": "Ville <311@exemple.ca>",
    }.items():
        monkeypatch.setenv(name, value)

    assert tried().stdout == "The mail server took it.\n"
    assert mail.envelopes == [("311@exemple.ca", "moi@exemple.ca")]
    assert message_from_bytes(mail.raw[0])["To"] == "moi@exemple.ca"
    monkeypatch.setenv("VOIRIE_SMTP_PORT", "9")
    assert (tried().exit_code, "did not leave" in tried().stderr) == (1, True)


def test_a_webhook_is_added_tried_given_a_new_secret_and_ended(town: Server, hook: Hook) -> None:
    added = run(town, "webhooks", "add", "SIG", hook.url, "--private", "--event", "incident.moved")
    assert added.exit_code == 0, added.output
    assert added.stdout.startswith("whsec_")

    assert run(town, "webhooks", "test", "SIG").exit_code == 0
    assert called(town) == 1
    assert json.loads(hook.calls[0][1])["type"] == "webhook.test"
    fresh = run(town, "webhooks", "rotate", "SIG").stdout.strip()
    assert fresh.startswith("whsec_")
    assert fresh not in added.stdout
    listed = run(town, "webhooks", "list").stdout
    assert "incident.moved  called" in listed
    assert "whsec_" not in listed
    run(town, "webhooks", "disable", "SIG")
    assert "off since" in run(town, "webhooks", "list").stdout
    run(town, "webhooks", "enable", "SIG")
    assert "incident.moved  called" in run(town, "webhooks", "list").stdout
    assert run(town, "webhooks", "rotate", "NOBODY").exit_code == 2


def test_what_waits_for_a_webhook_that_is_ended_is_given_up_and_had_again(
    town: Server, hook: Hook
) -> None:
    run(town, "webhooks", "add", "SIG", hook.url, "--private")
    reported(town)
    run(town, "webhooks", "disable", "SIG")
    assert called(town) == 0
    run(town, "webhooks", "enable", "SIG")

    assert run(town, "notices", "retry").stdout == "2 notices will be tried again.\n"
    assert called(town) == 2


def test_an_address_and_an_event_that_are_none_are_refused(town: Server) -> None:
    assert run(town, "webhooks", "add", "SIG", "sig.exemple.ca").exit_code == 2
    wrong = run(
        town, "webhooks", "add", "SIG", "https://sig.exemple.ca", "--event", "incident.lost"
    )
    assert wrong.exit_code == 2
    assert "incident.moved" in wrong.stderr
    assert town.rows(WebhookEndpoint) == []


def test_the_schema_of_what_is_sent_is_printed() -> None:
    app = Typer()
    register(app)

    printed = CliRunner().invoke(app, ["webhooks", "schema"])

    assert json.loads(printed.stdout)["$schema"].endswith("2020-12/schema")


def test_the_key_of_an_outer_system_is_typed_and_shown_nowhere(town: Server) -> None:
    root = "https://fms.exemple.ca/open311/v2"
    assert run(town, "webhooks", "open311", "FMS", root, typed="k-1234\n").exit_code == 2
    run(town, "open311-key", "FMS")

    made = run(town, "webhooks", "open311", "FMS", root, typed="k-1234\n")

    assert made.exit_code == 0, made.output
    listed = run(town, "webhooks", "list").stdout
    assert f"{root}  Open311 updates  called" in listed
    assert "k-1234" not in made.output + listed
