"""The contract of the HTTP doors, on both databases."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest

from sync_server.enrolment import Place, new_code
from tests.server.listening import ENROL, PUSH, Caller, calling, refusal
from tests.sync.rig import Server, a_push, comment, group
from tests.sync.town import NORTH, START, order_id


@pytest.fixture
def doors(served: Server) -> Iterator[Caller]:
    with calling(served) as caller:
        yield caller


def test_a_push_is_answered_change_by_change(doors: Caller, served: Server) -> None:
    good, bad = comment(order_id(1)), comment(order_id(2))

    answer = doors.post(PUSH, asdict(a_push(group(good), group(bad))))

    outcomes = {told["change"]: told for told in answer.json()["outcomes"]}
    assert answer.status_code == 200
    assert (outcomes[good.id]["result"], outcomes[bad.id]["code"]) == ("applied", "out_of_scope")


def test_a_failing_server_says_so_and_changes_nothing(
    doors: Caller, served: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr("sync_server.exchange.accept", broken)

    answer = doors.post(PUSH, asdict(a_push(group(comment(order_id(1))))))

    assert refusal(answer) == (500, "server_error")


def code_for(server: Server) -> str:
    with server.database.writing() as session:
        return new_code(session, Place("T214", "tablet", NORTH), now=START)


def test_a_code_is_exchanged_for_a_token_once(doors: Caller, served: Server) -> None:
    code = code_for(served)

    first, again = (doors.post(ENROL, {"code": code}) for _ in range(2))

    assert first.json().keys() == {"device_id", "device_code", "kind", "token"}
    assert refusal(again) == (403, "code_used")


def test_a_wrong_try_counts_although_it_was_refused(doors: Caller, served: Server) -> None:
    code = code_for(served)
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    for _ in range(5):
        assert refusal(doors.post(ENROL, {"code": wrong})) == (403, "code_invalid")

    assert refusal(doors.post(ENROL, {"code": code})) == (403, "code_invalid")
