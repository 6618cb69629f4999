"""Pushes that get in each other's way on PostgreSQL are settled by the server itself."""

import logging
import threading
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from asset_model.database import Database
from asset_model.facts import Comment
from asset_model.sync.wire import Group, Outcome
from asset_model.troubles import Trouble, trouble_of
from sync_server import journal
from sync_server import push as pushing
from sync_server.decide import decide
from sync_server.workspace import Workspace
from tests.sync.rig import Server, comment, edit, group
from tests.sync.town import BOSS, LUC, order_id, step_id
from tests.threads import PATIENCE_S, together

postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def crossing(first: int, second: int, person: str) -> Group:
    """Locks the second order at once, and the first one when its step turns out to need it."""
    return group(
        edit("step", step_id(first), {"note": None}, note=f"par {person}"),
        edit("work_order", order_id(second), {"description": None}, description=f"par {person}"),
        person=person,
    )


def meet_after(monkeypatch: pytest.MonkeyPatch, where: Any, name: str) -> None:
    """Two threads wait for each other, the first time that each has done this."""
    gate = threading.Barrier(2, timeout=PATIENCE_S)
    plain, passed = getattr(where, name), threading.local()

    def waiting(*given: Any) -> Any:
        done = plain(*given)
        if not getattr(passed, "once", False):
            passed.once = True
            gate.wait()
        return done

    monkeypatch.setattr(where, name, waiting)


@postgresql
def test_two_pushes_that_wait_for_each_other_are_both_applied_whole(
    served: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    meet_after(monkeypatch, Workspace, "load")
    caplog.set_level(logging.INFO, logger="sync_server.collisions")

    told = together(
        lambda: served.push(crossing(1, 3, LUC), device="T1"),
        lambda: served.push(crossing(3, 1, BOSS), device="B1"),
    )

    assert [[outcome.result for outcome in each] for each in told] == [["applied"] * 2] * 2
    assert "another writer was in the way" in caplog.text
    assert "broke" not in caplog.text


@postgresql
def test_the_same_push_twice_at_once_has_one_effect(
    served: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told = group(comment(order_id(1)))
    meet_after(monkeypatch, journal, "answered")

    first, second = together(*[lambda: served.push(told)] * 2)

    assert first == second
    assert [outcome.result for outcome in first] == ["applied"]
    assert len(served.rows(Comment)) == 1
    assert "broke" not in caplog.text


@postgresql
def test_a_collision_is_known_as_such_and_a_server_gone_is_not_the_change_s_fault(
    served: Server,
) -> None:
    assert _trouble(served.database, "SELECT pg_terminate_backend(pg_backend_pid())") == (
        Trouble.OTHER
    )
    assert _trouble(served.database, "SET TRANSACTION READ ONLY; DELETE FROM comment") == (
        Trouble.UNWRITABLE
    )
    assert _trouble(served.database, "SELECT 1/0") is None


def _trouble(database: Database, statement: str) -> Trouble | None:
    def run(session: Session) -> None:
        session.execute(text(statement))

    with pytest.raises(DBAPIError) as raised, database.writing() as session:
        run(session)
    return trouble_of(raised.value)


@postgresql
def test_a_database_that_turns_read_only_parks_nothing(
    served: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As after a failover: the old primary takes no writes, and a moment later it does again."""
    caplog.set_level(logging.CRITICAL)
    told = group(comment(order_id(1)))
    refusing = [True, True]

    def read_only(draft: Any, *given: Any) -> Outcome:
        if refusing and refusing.pop():
            draft.workspace.session.execute(text("SET TRANSACTION READ ONLY"))
        return decide(draft, *given)

    monkeypatch.setattr(pushing, "decide", read_only)
    with pytest.raises(DBAPIError):
        served.push(told)

    assert [outcome.result for outcome in served.push(told)] == ["applied"]
