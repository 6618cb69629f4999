"""A change that breaks a rule, or the server, holds back itself, its group, and what needs it."""

import logging
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, StatementError

from asset_model.facts import Comment
from asset_model.sync.wire import Change
from sync_server import push as pushing
from sync_server.decide import Maker, decide
from sync_server.tables import JournalEntry
from sync_server.workspace import Draft
from tests.sync.rig import Server, comment, edit, group, insert
from tests.sync.town import BOSS, order_id

ORDER, OTHER = order_id(1), order_id(3)
REFUSED = edit("work_order", OTHER, title="Autre")


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> str:
    """Words that break whatever decides on them."""

    def breaking(draft: Draft, change: Change, maker: Maker) -> Any:
        if change.after.get("text") == "poison":
            raise ZeroDivisionError
        return decide(draft, change, maker)

    monkeypatch.setattr(pushing, "decide", breaking)
    caplog.set_level(logging.CRITICAL)
    return "poison"


def test_one_refused_change_takes_its_group_with_it_and_says_which(server: Server) -> None:
    companion = comment(ORDER)

    first, second = server.push(group(companion, REFUSED))

    assert (first.result, first.code) == ("refused", "group_refused")
    assert (second.result, second.code) == ("refused", "role_not_allowed")
    assert server.rows(Comment) == []


def test_a_refused_group_lets_the_others_through(server: Server) -> None:
    told = server.push(group(comment(ORDER, "a")), group(REFUSED), group(comment(ORDER, "b")))

    assert [outcome.result for outcome in told] == ["applied", "refused", "applied"]
    assert sorted(c.text for c in server.rows(Comment)) == ["a", "b"]


def test_a_change_that_breaks_the_server_parks_its_own_group_only(
    server: Server, poison: str
) -> None:
    bad = group(comment(ORDER, "before"), comment(ORDER, poison))

    told = server.push(group(comment(ORDER, "a")), bad, group(comment(ORDER, "b")))

    assert [outcome.result for outcome in told] == ["applied", "parked", "parked", "applied"]
    assert {outcome.code for outcome in told[1:3]} == {"server_error"}
    assert sorted(c.text for c in server.rows(Comment)) == ["a", "b"]


def test_a_change_that_broke_the_server_is_kept_whole(server: Server, poison: str) -> None:
    change = comment(ORDER, poison)

    server.push(group(change))

    entry = server.journal(change)
    assert entry is not None
    assert (entry.result, entry.after) == ("parked", change.after)


def test_a_repeat_of_what_broke_the_server_has_the_same_answer(server: Server, poison: str) -> None:
    told = group(comment(ORDER, poison))

    assert server.push(told) == server.push(told)


def test_a_database_that_fails_parks_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A full disk or a lost lock is not the change's fault: it is sent again, and then lands."""
    caplog.set_level(logging.CRITICAL)
    told = group(comment(ORDER))

    def full(*_: Any) -> Any:
        raise OperationalError("INSERT", {}, OSError("disk full"))

    with monkeypatch.context() as patch:
        patch.setattr(pushing, "decide", full)
        with pytest.raises(OperationalError):
            server.push(told)
    assert "parked" not in {entry.result for entry in server.rows(JournalEntry)}

    assert [outcome.result for outcome in server.push(told)] == ["applied"]


def test_an_error_of_the_database_tells_the_log_nothing_that_people_wrote(
    served: Server,
) -> None:
    with pytest.raises(StatementError) as raised, served.database.writing() as session:
        session.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "Luc est malade"})

    assert "Luc" not in str(raised.value)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (insert("moon", phase="full"), "table_unknown"),
        (edit("work_order", ORDER, colour="red"), "column_unknown"),
        (edit("work_order", "no such order", status="accepted"), "row_unknown"),
        (comment("no such order"), "row_unknown"),
    ],
)
def test_what_time_may_mend_is_parked(server: Server, change: Change, code: str) -> None:
    (outcome,) = server.push(group(change))

    assert (outcome.result, outcome.code) == ("parked", code)


def test_a_later_change_to_a_parked_row_waits_behind_it(server: Server) -> None:
    parked = edit("work_order", ORDER, colour="red")
    later = edit("work_order", ORDER, {"status": "dispatched"}, status="accepted")

    server.push(group(parked))
    (outcome,) = server.push(group(later))

    assert (outcome.result, outcome.code) == ("parked", "behind_parked")


def test_it_waits_within_one_message_as_well(server: Server) -> None:
    parked = edit("work_order", ORDER, colour="red")
    later = edit("work_order", ORDER, {"status": "dispatched"}, status="accepted")

    _, outcome = server.push(group(parked), group(later))

    assert (outcome.result, outcome.code) == ("parked", "behind_parked")


def test_changes_to_other_rows_pass_a_parked_one(server: Server) -> None:
    parked = edit("work_order", ORDER, colour="red")

    told = server.push(group(parked), group(comment(OTHER)))

    assert [outcome.result for outcome in told] == ["parked", "applied"]


def test_another_tablet_s_changes_to_that_row_pass(server: Server) -> None:
    server.push(group(edit("work_order", ORDER, colour="red")))
    office = edit("work_order", ORDER, {"title": "Nid-de-poule 1"}, title="Autre")

    (outcome,) = server.push(group(office, person=BOSS), device="B1")

    assert outcome.result == "applied"
