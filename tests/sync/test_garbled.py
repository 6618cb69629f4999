"""A byte garbled on the way is noticed: it never becomes another message that makes sense."""

from collections.abc import Iterator
from dataclasses import asdict

import pytest

from asset_model.facts import Comment
from asset_model.sync.wire import Pull
from field_app.sync.http import HttpTransport
from field_app.sync.transport import LinkDown
from tests.server.listening import PULL, PUSH, Caller, calling, refusal
from tests.sync.rig import Server, a_push, comment, group
from tests.sync.test_link_down import Between, standing
from tests.sync.town import order_id

SMALL_PULL = Pull(schema=1, epoch=None, scope=None, positions={})


@pytest.fixture
def doors(server: Server) -> Iterator[Caller]:
    with calling(server) as caller:
        yield caller


def _garbled(body: bytes) -> Iterator[bytes]:
    """The body with one byte changed, each in turn."""
    for at in range(len(body)):
        yield body[:at] + bytes([body[at] ^ 0x15]) + body[at + 1 :]


def _as_sent(between: Between) -> bytes:
    """The body of a small push, as a tablet puts it on the wire."""
    transport = HttpTransport(between.address, "token")
    with pytest.raises(LinkDown):
        transport.push(a_push(group(comment(order_id(1)))))
    transport.close()
    return between.bodies[-1]


def test_a_small_push_garbled_at_any_byte_changes_nothing(server: Server, doors: Caller) -> None:
    with standing(Between()) as between:
        body = _as_sent(between)

    told = {
        refusal(doors.post(PUSH, garbled, **{"Content-Encoding": "deflate"}))
        for garbled in _garbled(body)
    }

    # Not "malformed": that would have the tablet put the work aside, instead of sending it again.
    assert told == {(400, "message_garbled")}
    assert server.rows(Comment) == []
    assert doors.post(PUSH, body, **{"Content-Encoding": "deflate"}).status_code == 200


def test_a_small_answer_garbled_at_any_byte_is_no_answer(doors: Caller) -> None:
    answer = doors.ask("POST", PULL, json=asdict(SMALL_PULL), stream=True)
    body = answer.raw.read(decode_content=False)
    told: set[str] = set()

    with standing(Between()) as between:
        transport = HttpTransport(between.address, "token")
        for garbled in _garbled(body):
            between.says(200, garbled, Content_Encoding=answer.headers["Content-Encoding"])
            try:
                told.add(str(transport.pull(SMALL_PULL)))
            except LinkDown:
                told.add("link down")
        between.says(200, body, Content_Encoding=answer.headers["Content-Encoding"])
        whole = str(transport.pull(SMALL_PULL))
        transport.close()

    # The packer's own notes, such as when it packed, may be garbled: they say nothing.
    assert told <= {"link down", whole}
