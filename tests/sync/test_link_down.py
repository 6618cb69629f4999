"""Whatever a network puts between tablet and server is no answer of ours, and changes nothing."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from asset_model.errors import Refused
from asset_model.sync.wire import PROTOCOL, Pull, PushReply, Terms
from field_app.actions.enrolment import enrol
from field_app.actions.facts import comment
from field_app.sync.http import HttpTransport
from field_app.sync.rounds import run_round
from field_app.sync.transport import LinkDown, NotEnrolled, NotTaken
from tests.sync.rig import Tablet, a_push, group
from tests.sync.rig import comment as a_comment
from tests.sync.town import order_id
from tests.threads import Doing

PULL = Pull(schema=1, epoch=None, scope=None, positions={})
TERMS = Terms(epoch="e", scope="s", buckets=("town",), now="2026-11-23T08:00:00.000Z")
HTML = b"<html><body>Bad gateway</body></html>"


@dataclass
class Between:
    """Something that answers every request with the same bytes."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    address: str = ""

    def says(self, status: int, body: bytes | Any, **headers: str) -> None:
        self.status = status
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def _handler(between: Between) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            between.bodies.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            between.asked.append(f"{self.command} {self.path}")
            self.send_response(between.status)
            length = {"Content-Length": str(len(between.body))}
            for name, value in (length | between.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(between.body)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def standing(between: Between) -> Iterator[Between]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(between))
    server.daemon_threads = True
    running = Doing(server.serve_forever, poll_interval=0.01)
    between.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield between
    finally:
        server.shutdown()
        running.end()
        server.server_close()


@pytest.fixture
def between() -> Iterator[Between]:
    with standing(Between()) as made:
        yield made


@pytest.fixture
def transport(between: Between) -> Iterator[HttpTransport]:
    made = HttpTransport(between.address, "token")
    yield made
    made.close()


def error(code: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": "m", "message_fr": "m", "details": {}}}


NO_ANSWERS: dict[str, tuple[int, bytes | Any, dict[str, str]]] = {
    "a proxy's page": (502, HTML, {}),
    "a sign-in page": (200, HTML, {"Content_Type": "text/html"}),
    "a redirection": (302, b"", {"Location": "/login"}),
    "a redirection that would keep the body": (307, b"", {"Location": "/elsewhere"}),
    "a busy server": (503, {"error": "busy"}, {"Retry_After": "7"}),
    "a request that took too long": (408, HTML, {}),
    "a proxy that has had enough": (429, HTML, {"Retry_After": "7"}),
    "a proxy that wants a sign-in": (401, HTML, {}),
    "a proxy that understood nothing": (400, HTML, {}),
    "a refusal of someone else's": (422, {"detail": "?"}, {}),
    "a proxy's own JSON": (502, {"error": "Bad Gateway"}, {}),
    "JSON of another kind": (500, ["oops"], {}),
    "a message of ours that was garbled on the way": (400, error("message_garbled"), {}),
    "a failing server of ours": (500, error("server_error"), {}),
    "a code of ours in no use here": (401, {"error": {"code": "sign_in"}}, {}),
    "an empty answer": (200, b"", {}),
    "half an answer": (200, b'{"protocol": 1, "epo', {}),
    "fewer bytes than said": (200, b'{"protocol"', {"Content_Length": "500"}),
    "an answer of another kind": (200, {"ok": True}, {}),
    "a list": (200, [], {}),
    "an answer nested without end": (200, b"[" * 100_000, {}),
    "garbled compression": (200, b"garbled", {"Content_Encoding": "gzip"}),
    "a later protocol": (200, {**asdict(TERMS), "protocol": PROTOCOL + 1}, {}),
}


@pytest.mark.parametrize("told", NO_ANSWERS.values(), ids=NO_ANSWERS.keys())
def test_what_is_no_answer_of_ours_means_that_the_link_is_down(
    between: Between, transport: HttpTransport, told: tuple[int, Any, dict[str, str]]
) -> None:
    status, body, headers = told
    between.says(status, body, **headers)

    for ask in (lambda: transport.pull(PULL), lambda: transport.push(a_push(_a_group()))):
        with pytest.raises(LinkDown):
            ask()


def _a_group() -> Any:
    return group(a_comment(order_id(1)))


@pytest.mark.parametrize("told", NO_ANSWERS.values(), ids=NO_ANSWERS.keys())
def test_it_leaves_the_outbox_untouched(
    between: Between,
    transport: HttpTransport,
    tablet: Tablet,
    told: tuple[int, Any, dict[str, str]],
) -> None:
    status, body, headers = told
    between.says(status, body, **headers)
    tablet.do(comment, order_id(1), "a")

    with pytest.raises(LinkDown):
        run_round(tablet.database, transport, tablet.clock)

    (change,) = tablet.changes()
    assert (change.state, change.answered_at) == ("pending", None)


def test_a_redirection_is_not_followed(between: Between, transport: HttpTransport) -> None:
    between.says(307, b"", Location="/elsewhere")

    with pytest.raises(LinkDown):
        transport.pull(PULL)

    assert between.asked == ["POST /sync/v1/pull"]


def test_nobody_listening_means_that_the_link_is_down(free_port: int) -> None:
    transport = HttpTransport(f"http://127.0.0.1:{free_port}", "token")

    with pytest.raises(LinkDown):
        transport.pull(PULL)
    transport.close()


@pytest.mark.parametrize(("said", "seconds"), [("7", 7.0), ("soon", None), ("-3", None)])
def test_a_server_may_say_when_to_come_back(
    between: Between, transport: HttpTransport, said: str, seconds: float | None
) -> None:
    between.says(429, error("too_many_attempts"), Retry_After=said)

    with pytest.raises(LinkDown) as down:
        transport.pull(PULL)

    assert down.value.retry_after_s == seconds


def test_a_token_that_the_server_does_not_know_is_told_apart(
    between: Between, transport: HttpTransport
) -> None:
    between.says(401, error("device_unknown"))

    with pytest.raises(NotEnrolled):
        transport.pull(PULL)


NOT_TAKEN: dict[str, tuple[int, bytes | Any, str]] = {
    "too large for us": (413, error("change_oversized"), "change_oversized"),
    "too large for a proxy": (413, HTML, "change_oversized"),
    "never to be taken": (422, error("bad_value"), "bad_value"),
    "not to be read": (400, error("malformed_request"), "malformed_request"),
}


@pytest.mark.parametrize("told", NOT_TAKEN.values(), ids=NOT_TAKEN.keys())
def test_a_message_that_will_never_be_taken_is_told_apart(
    between: Between, transport: HttpTransport, told: tuple[int, Any, str]
) -> None:
    status, body, code = told
    between.says(status, body)

    with pytest.raises(NotTaken) as refusal:
        transport.push(a_push(_a_group()))

    assert refusal.value.code == code


def test_an_answer_of_ours_is_read(between: Between, transport: HttpTransport) -> None:
    between.says(200, asdict(TERMS))

    assert transport.pull(PULL) == TERMS


def test_a_reply_of_ours_is_read(between: Between, transport: HttpTransport) -> None:
    reply = PushReply(epoch="e", now="2026-11-23T08:00:00.000Z", outcomes=())
    between.says(200, asdict(reply))

    assert transport.push(a_push(_a_group())) == reply


ENROLMENTS: dict[str, Callable[[Between], None]] = {
    "a page": lambda between: between.says(200, HTML),
    "another kind of success": lambda between: between.says(200, {"ok": True}),
    "a list": lambda between: between.says(200, []),
    "a proxy's error": lambda between: between.says(502, {"error": "Bad Gateway"}),
    "a failing list": lambda between: between.says(500, ["oops"]),
}


@pytest.mark.parametrize("say", ENROLMENTS.values(), ids=ENROLMENTS.keys())
def test_enrolling_through_something_else_says_that_the_server_is_not_reached(
    between: Between, tmp_path: Path, say: Callable[[Between], None]
) -> None:
    say(between)

    with pytest.raises(Refused) as refused:
        enrol(between.address, "ABCD-EFGH-JKMN", tmp_path)

    assert refused.value.code == "server_unreachable"
    assert list(tmp_path.iterdir()) == []


def test_a_refused_code_is_told_in_the_server_s_words(between: Between, tmp_path: Path) -> None:
    between.says(403, error("code_expired"))

    with pytest.raises(Refused) as refused:
        enrol(between.address, "ABCD-EFGH-JKMN", tmp_path)

    assert refused.value.code == "code_expired"
