"""Two servers over one database count together; what they keep names nobody."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
import requests

from asset_model.errors import Refused
from sync_server.app import create_app
from sync_server.open311 import guesses
from sync_server.public import flood
from sync_server.shared_gate import SharedGate, Way, forget_passages
from sync_server.tables import GatePassage
from tests.server.listening import listening
from tests.sync.rig import SEALS, Server, an_id


@pytest.fixture
def two(either: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """The addresses of two servers."""
    monkeypatch.setattr(guesses, "WRONG_KEYS_PER_MINUTE", 4)
    with ExitStack() as both:
        apps = [
            create_app(either.database, clock=either.clock, new_id=an_id, seals=SEALS)
            for _ in range(2)
        ]
        first, second = (both.enter_context(listening(app)) for app in apps)
        yield first, second


def posted(two: tuple[str, str], path: str, count: int) -> list[int]:
    """The answers of one and the other by turns."""
    with requests.Session() as http:
        http.trust_env = False
        return [
            http.post(f"{two[n % 2]}{path}", data={"rating": "5"}, timeout=20).status_code
            for n in range(count)
        ]


def test_two_servers_let_through_what_one_would(two: tuple[str, str], either: Server) -> None:
    page, wrong_key = "/311/nobody/rating", "/open311/v2/requests.json"

    assert posted(two, page, 8) == [404] * flood.OF_ONE_PER_MINUTE + [429] * 2
    assert posted(two, wrong_key, 6) == [403] * 4 + [429] * 2

    kept = either.rows(GatePassage)
    assert len(kept) == 3  # The address, all of them, the keys.
    assert not any("127.0.0.1" in each.mark for each in kept)
    either.clock.forward(minutes=2)
    assert posted(two, page, 2) == [404] * 2
    either.clock.forward(minutes=3)
    with either.database.writing() as session:
        forget_passages(session, now=either.clock())
    assert either.rows(GatePassage) == []


def test_a_minute_that_ends_counts_as_far_as_it_reaches(desk: Server) -> None:
    gate = SharedGate(desk.database, b"key")
    at, waits = desk.clock(), list[int]()

    def passed(seconds: float) -> bool:
        try:
            gate.pass_through(at + timedelta(seconds=seconds), Way("gate", "somebody", 4))
        except Refused as refused:
            waits.append(refused.details["seconds"])
            return False
        return True

    assert [passed(10) for _ in range(5)] == [True] * 4 + [False]
    assert [passed(60), passed(76)] == [False, True]
    assert [passed(90) for _ in range(3)] == [True, False, False]  # Two of before, two of now.
    assert passed(20) is False  # A clock that is behind.
    assert passed(200)
    gate.pass_through(at, Way("gate", "another", 4))
    assert waits == [50, 60, 30, 30, 40]
