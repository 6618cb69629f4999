"""Somebody hangs up in the middle of a message: a bad link, and nothing to raise an alarm over."""

import asyncio
from typing import Any

from sync_server.app import create_app
from sync_server.tables import JournalEntry
from tests.server.listening import PUSH
from tests.sync import town
from tests.sync.rig import Server, an_id


def test_a_message_that_is_cut_off_is_no_error_and_changes_nothing(server: Server) -> None:
    _, token = town.add_tablet(server.database, "T9", town.NORTH)
    app = create_app(server.database, clock=server.clock, new_id=an_id)
    arriving = iter(
        (
            {"type": "http.request", "body": b'{"protocol": 3, "gro', "more_body": True},
            {"type": "http.disconnect"},
        )
    )
    before = len(server.rows(JournalEntry))
    answered: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return next(arriving)

    async def send(message: Any) -> None:
        answered.append(message)

    # Where it is taken for a failure of ours, it is raised here, and logged with its traceback.
    asyncio.run(app(_asked(token), receive, send))

    assert answered[0]["status"] == 499
    assert len(server.rows(JournalEntry)) == before


def _asked(token: str) -> dict[str, Any]:
    return {
        "type": "http",
        "method": "POST",
        "path": PUSH,
        "raw_path": PUSH.encode(),
        "query_string": b"",
        "headers": [(b"authorization", f"Bearer {token}".encode()), (b"content-length", b"900")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
        "scheme": "http",
        "http_version": "1.1",
    }
