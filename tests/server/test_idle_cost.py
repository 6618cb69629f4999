"""What a tablet costs that has nothing to say and nothing to hear."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import event
from sqlalchemy.dialects import sqlite

from asset_model.database import Database
from asset_model.sync.wire import Pull
from sync_server import feed
from sync_server import pull as pulling
from tests.server.listening import PULL, Caller, calling
from tests.sync.rig import Server, comment, group
from tests.sync.town import NORD, order_id

STATEMENTS_MAX = 5
"""Whose token it is, what its scope is, how far the history has come; and that none was missed."""


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What is asked of the database while the block runs."""
    asked: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine, "before_cursor_execute", note)


def all_read(server: Server, doors: Caller) -> Pull:
    """The pull of a tablet that has read everything."""
    nothing = Pull(schema=1, epoch=None, scope=None, positions={})
    terms = doors.post(PULL, asdict(nothing)).json()
    with server.database.reading() as session:
        _, head = feed.state(session)
    positions = dict.fromkeys(terms["buckets"], head)
    return replace(nothing, epoch=terms["epoch"], scope=terms["scope"], positions=positions)


def idle_round(server: Server, doors: Caller) -> list[str]:
    pull = asdict(all_read(server, doors))
    doors.post(PULL, pull)  # Once an hour, that it was here is noted.
    with statements(server.database) as asked:
        told = doors.post(PULL, pull).json()
    assert (told["tables"], told["removed"], told["more"]) == ([], [], False)
    return asked


def test_an_idle_round_asks_little_and_writes_nothing(served: Server) -> None:
    with calling(served) as doors:
        asked = idle_round(served, doors)

    assert all(statement.startswith("SELECT") for statement in asked)
    assert len(asked) <= STATEMENTS_MAX


def test_an_idle_round_asks_no_more_in_a_busy_town(served: Server) -> None:
    with calling(served) as doors:
        before = idle_round(served, doors)
        for n in range(30):
            served.push(group(comment(order_id(1), f"mot {n}")))
        after = idle_round(served, doors)

    assert after == before


def test_a_page_is_read_in_the_order_of_the_commits_and_not_bucket_by_bucket(
    server: Server,
) -> None:
    held = pulling._entries({"town": 3, f"district:{NORD}": 3}, 9)
    text = held.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})

    with server.database.reading() as session:
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()

    assert "USING INDEX ix_feed_entry_position_bucket" in plan[0].detail
    assert not any("TEMP B-TREE" in step.detail for step in plan)
