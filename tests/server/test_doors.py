"""What the server says to a body that is not ours: a clear refusal, always of one shape."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest

from asset_model.database import open_database
from sync_server.app import ENROLMENTS_PER_MINUTE
from sync_server.http.bodies import BYTES_MAX
from sync_server.tables import JournalEntry
from tests.server.listening import ENROL, PUSH, Caller, calling, refusal
from tests.server.listening import PULL as PULL_DOOR
from tests.sync import rig
from tests.sync.rig import Server, a_push, comment, group
from tests.sync.town import order_id

A_PULL: dict[str, Any] = {"protocol": 1, "schema": 1, "epoch": None, "scope": None, "positions": {}}
DOORS = pytest.mark.parametrize("door", [PUSH, PULL_DOOR, ENROL])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all of these: none of them changes anything."""
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('doors') / 'town.sqlite'}")
    rig.fill_sqlite(database)
    yield Server(database)
    database.close()


@pytest.fixture(scope="module")
def doors(server: Server) -> Iterator[Caller]:
    with calling(server) as caller:
        yield caller


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nonsense", "Basic YTpi"])
@pytest.mark.parametrize("door", [PUSH, PULL_DOOR])
def test_who_brings_no_token_of_ours_is_not_let_in(doors: Caller, door: str, header: str) -> None:
    message = A_PULL if door == PULL_DOOR else asdict(a_push(group(comment(order_id(1)))))

    answer = doors.post(door, message, Authorization=header)

    assert refusal(answer) == (401, "device_unknown")


@DOORS
@pytest.mark.parametrize("body", [b"[]", b"null", b"3", b"{}"])
def test_what_is_not_our_message_is_malformed(doors: Caller, door: str, body: bytes) -> None:
    assert refusal(doors.post(door, body)) == (400, "malformed_request")


@DOORS
@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b'"\xff"'])
def test_what_cannot_be_read_was_garbled_unless_its_checksum_says_that_it_was_sent_so(
    doors: Caller, door: str, body: bytes
) -> None:
    plain = doors.post(door, body)
    proven = doors.post(door, zlib.compress(body), **{"Content-Encoding": "deflate"})

    assert refusal(plain) == (400, "message_garbled")
    assert refusal(proven) == (400, "malformed_request")


@DOORS
@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_a_body_nested_without_end_is_malformed(doors: Caller, door: str, opening: bytes) -> None:
    assert refusal(doors.post(door, opening * 100_000)) == (400, "malformed_request")


def deep_push(depth: int) -> bytes:
    body = json.dumps(asdict(a_push(group(comment(order_id(1), "DEEP")))))
    return body.replace('"DEEP"', "[" * depth + "]" * depth).encode()


def test_a_value_nested_too_deeply_is_malformed_and_not_kept(doors: Caller, server: Server) -> None:
    assert refusal(doors.post(PUSH, deep_push(400))) == (400, "malformed_request")
    assert [entry for entry in server.rows(JournalEntry) if entry.device_id is not None] == []


@pytest.mark.parametrize("odd", ["NaN", "1e999", '"\\ud800"'])
def test_a_value_that_json_cannot_say_is_malformed(doors: Caller, odd: str) -> None:
    body = json.dumps(asdict(a_push(group(comment(order_id(1), "ODD")))))

    answer = doors.post(PUSH, body.replace('"ODD"', odd).encode())

    assert refusal(answer) == (400, "malformed_request")


def test_a_refusal_names_the_field(doors: Caller) -> None:
    answer = doors.post(PULL_DOOR, {**A_PULL, "positions": 3})

    assert answer.json()["error"]["details"] == {"why": "positions: dict expected, got int"}


@DOORS
def test_a_body_that_is_too_large_is_not_read_to_its_end(doors: Caller, door: str) -> None:
    assert refusal(doors.post(door, b" " * (BYTES_MAX + 1))) == (413, "change_oversized")


@DOORS
def test_a_small_body_that_unpacks_without_end_is_too_large(doors: Caller, door: str) -> None:
    bomb = zlib.compress(b" " * (BYTES_MAX * 8), 9)
    assert len(bomb) < BYTES_MAX // 50

    answer = doors.post(door, bomb, **{"Content-Encoding": "deflate"})

    assert refusal(answer) == (413, "change_oversized")


@DOORS
def test_a_compressed_body_that_is_cut_short_was_garbled(doors: Caller, door: str) -> None:
    whole = zlib.compress(json.dumps(A_PULL).encode())

    for body in (whole[:-1], whole[:20], b"", b"not compressed"):
        answer = doors.post(door, body, **{"Content-Encoding": "deflate"})
        assert refusal(answer) == (400, "message_garbled")


def test_an_encoding_that_we_do_not_know_is_named(doors: Caller) -> None:
    answer = doors.post(PULL_DOOR, b"{}", **{"Content-Encoding": "br"})

    assert refusal(answer) == (400, "message_garbled")
    assert "'br'" in answer.json()["error"]["message"]


@pytest.mark.parametrize("protocol", [0, 99])
def test_a_protocol_that_the_server_does_not_speak_is_told(doors: Caller, protocol: int) -> None:
    answer = doors.post(PULL_DOOR, {**A_PULL, "protocol": protocol})

    assert refusal(answer) == (400, "protocol_unknown")


@pytest.mark.parametrize(("verb", "path"), [("GET", "/nowhere"), ("GET", PUSH), ("PUT", ENROL)])
def test_an_address_that_is_none_says_so(doors: Caller, verb: str, path: str) -> None:
    answer = doors.ask(verb, path)

    assert refusal(answer) in ((404, "not_found"), (405, "not_found"))


def test_a_body_may_come_compressed(doors: Caller) -> None:
    body = zlib.compress(json.dumps(A_PULL).encode())

    assert doors.post(PULL_DOOR, body, **{"Content-Encoding": "deflate"}).status_code == 200


def test_guessing_is_slowed_down_and_told_for_how_long(doors: Caller) -> None:
    for _ in range(ENROLMENTS_PER_MINUTE):
        doors.post(ENROL, {"code": "ABCD-EFGH-JKMN"})

    answer = doors.post(ENROL, {"code": "ABCD-EFGH-JKMN"})

    assert refusal(answer) == (429, "too_many_attempts")
    assert answer.headers["Retry-After"] == "61"


@pytest.mark.parametrize("code", [None, 3, ["ABCD"], {}])
def test_a_code_is_text(doors: Caller, code: Any) -> None:
    assert refusal(doors.post(ENROL, {"code": code})) == (400, "malformed_request")


def test_the_server_says_that_it_is_well(doors: Caller) -> None:
    assert doors.ask("GET", "/health").json()["ok"] is True


def test_the_address_of_the_server_alone_leads_to_a_page(doors: Caller) -> None:
    page = doors.ask("GET", "/")

    assert page.url == f"{doors.address}/311/"
    assert (page.status_code, page.headers["Content-Type"][:9]) == (200, "text/html")
