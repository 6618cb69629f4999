"""Other systems are called: signed, again until they answer, and no more when they never do."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from asset_model.errors import Refused
from asset_model.matters import Matter
from sync_server.notices import endpoints
from sync_server.notices.delivery import Delivery
from sync_server.notices.events import schema
from sync_server.notices.posting import Forbidden, Unreachable, is_public, post, target_of
from sync_server.notices.signing import headers_of, new_secret
from sync_server.notices.tables import Channel
from sync_server.notices.webhook_courier import WebhookCourier
from tests.intake.town import an_order
from tests.notices.certificates import certificate
from tests.notices.hook import Hook, hook_listening
from tests.notices.sending import notices, reported, told
from tests.sync.rig import Server
from tests.threads import Doing


@pytest.fixture
def hook() -> Iterator[Hook]:
    with hook_listening() as made:
        yield made


def calling(server: Server, hook: Hook, *events: str) -> str:
    """The secret of an endpoint there."""
    with server.database.writing() as session:
        return endpoints.add(
            session, "SIG", hook.url, list(events), private=True, now=server.clock()
        )


def run(server: Server, **later: float) -> int:
    server.clock.forward(**later)
    courier = WebhookCourier(server.database, server.clock)
    given = (server.database, Channel.WEBHOOK, courier, "worker", server.clock)
    return Delivery(*given, lambda: 0.5).run()


def events(hook: Hook) -> list[dict[str, Any]]:
    return [json.loads(body) for _, body in hook.calls]


def test_events_keep_to_their_schema_and_tell_nobody_s_words(either: Server, hook: Hook) -> None:
    calling(either, hook)
    received = reported(either, description="Chez Mme Roy, 819 555-0123.")
    either.write(an_order(str(received.report.incident_id), "in_progress"))

    assert run(either) == 3

    known = [event["type"] for event in events(hook)]
    assert sorted(known) == ["incident.moved", "incident.opened", "report.received"]
    Draft202012Validator.check_schema(schema())
    for event in events(hook):
        Draft202012Validator(schema()).validate(event)
    assert "Roy" not in str(hook.calls)
    assert "luc@" not in str(hook.calls)
    moved = next(event for event in events(hook) if event["type"] == "incident.moved")
    assert moved["data"]["status"] == "in_progress"
    assert moved["data"]["service"]["code"] == "NID"


def test_a_call_is_signed_as_the_standard_s_own_library_reads_it() -> None:
    now = datetime.now(UTC)
    key, old, other = new_secret(), new_secret(), new_secret()
    body = '{"é": 1}'.encode()
    headers = headers_of("notice-1", now, body, [key, old])

    for secret in (key, old):
        assert Webhook(secret).verify(body, headers) == {"é": 1}
    for wrong, altered in ((other, body), (key, body + b" ")):
        with pytest.raises(WebhookVerificationError):
            Webhook(wrong).verify(altered, headers)


def test_an_endpoint_hears_only_of_what_it_asked_for(desk: Server, hook: Hook) -> None:
    calling(desk, hook, "report.received")
    reported(desk)

    assert run(desk) == 1
    assert [event["type"] for event in events(hook)] == ["report.received"]


def test_a_new_secret_signs_beside_the_old_one_for_a_day(desk: Server, hook: Hook) -> None:
    calling(desk, hook)
    with desk.database.writing() as session:
        endpoints.rotate(session, "SIG", now=desk.clock())
        endpoints.try_out(session, "SIG", now=desk.clock())
    run(desk)
    with desk.database.writing() as session:
        endpoints.try_out(session, "SIG", now=desk.clock() + endpoints.OVERLAP)
    run(desk, days=1, minutes=1)

    signatures = [headers["webhook-signature"].split() for headers, _ in hook.calls]
    assert [len(each) for each in signatures] == [2, 1]


def test_an_endpoint_that_fails_is_called_again_with_the_same_id(desk: Server, hook: Hook) -> None:
    calling(desk, hook, "report.received")
    reported(desk)
    hook.status = 503
    assert run(desk) == 0
    assert run(desk) == 0
    assert len(hook.calls) == 1
    hook.status = 200

    assert run(desk, minutes=2) == 1

    first, second = (headers["webhook-id"] for headers, _ in hook.calls)
    assert first == second


def test_one_event_that_is_refused_keeps_no_other_waiting(desk: Server, hook: Hook) -> None:
    calling(desk, hook, "report.received")
    for _ in range(2):
        reported(desk)
    hook.status = 422

    run(desk)

    assert len(hook.calls) == 2
    assert told(desk).count(("received", "waiting")) == 4


def test_after_days_of_failure_it_is_called_no_more_and_the_office_is_told(
    desk: Server, hook: Hook
) -> None:
    calling(desk, hook, "report.received")
    reported(desk, None)
    hook.status = 500
    run(desk)
    run(desk, days=3, hours=1)

    assert [(n.state, n.code) for n in notices(desk)] == [("failed", "webhook_silent")]
    (matter,) = desk.rows(Matter)
    assert (matter.code, matter.details) == ("webhook_silent", {"count": 1, "first": "SIG"})
    reported(desk, None)
    assert len(notices(desk)) == 1


def test_gone_means_gone(desk: Server, hook: Hook) -> None:
    calling(desk, hook)
    reported(desk, None)
    hook.status = 410

    run(desk)

    assert len(hook.calls) == 1
    assert {n.code for n in notices(desk)} == {"webhook_gone"}


def test_a_redirect_is_not_followed(hook: Hook) -> None:
    with hook_listening() as other:
        hook.status, hook.headers = 302, {"Location": other.url}

        assert post(hook.url, b"{}", {}, private=True) == 302

    assert other.calls == []


def test_an_answer_that_never_ends_is_cut(hook: Hook) -> None:
    hook.status, hook.drips = 200, True

    assert post(hook.url, b"{}", {}, private=True, lasts_s=0.4) == 200


def test_an_answer_over_tls_that_never_ends_is_cut(
    hook: Hook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with hook_listening(file) as guarded:
        guarded.status, guarded.drips = 200, True

        calling = Doing(post, guarded.url, b"{}", {}, private=True, lasts_s=0.8)

        assert calling.end(within_s=30) == 200


def test_nobody_there_is_told_as_such(free_port: int) -> None:
    with pytest.raises(Unreachable):
        post(f"http://127.0.0.1:{free_port}/", b"{}", {}, private=True)


def test_a_town_s_own_network_is_called_only_where_that_was_allowed(hook: Hook) -> None:
    for url in (hook.url, hook.url.replace("127.0.0.1", "localhost")):
        with pytest.raises(Forbidden):
            post(url, b"{}", {}, private=False)

    assert hook.calls == []


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.8", "2002:a00:8::1", "224.0.0.1"),
        *("100.64.0.1", "64:ff9b::a00:8", "64:ff9b:1::808:808", "::127.0.0.1", "fec0::1"),
    ],
)
def test_what_is_not_out_in_the_world_is_known(address: str) -> None:
    assert not is_public(address)


def test_what_is_out_in_the_world_is_known_too() -> None:
    assert is_public("1.1.1.1")
    assert is_public("2606:4700:4700::1111")
    assert is_public("64:ff9b::101:101")


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://a.ca/", "file:///etc/passwd", "https://u:p@a.ca/", "https://a.ca/\r\nX: y", "a"),
        *(f"https://{'a' * 64}.ca/", "https://a.ca:99999/"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(desk: Server, url: str) -> None:
    with pytest.raises(Refused, match="bad_value"), desk.database.writing() as session:
        endpoints.add(session, "X", url, [], private=False, now=desk.clock())


@pytest.mark.parametrize(
    "host",
    ["10.0.0.8", "127.1", "2130706433", "0x7f.0.0.1", "[::1]", "[::ffff:10.0.0.8]", "LocalHost",
     "a.localhost"],
)  # fmt: skip
def test_an_address_inside_is_refused_at_once_unless_it_is_meant(desk: Server, host: str) -> None:
    def add(*, private: bool) -> None:
        with desk.database.writing() as session:
            endpoints.add(session, "X", f"https://{host}/", [], private=private, now=desk.clock())

    with pytest.raises(Refused, match="webhook_inside"):
        add(private=False)
    add(private=True)


def test_an_address_is_called_as_it_is_written() -> None:
    assert target_of("https://exemple.ca:8443/a%20b?x=1").path == "/a%20b?x=1"
