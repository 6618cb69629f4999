"""Calls of an alert are noted when they are due, once, whichever server does it."""

from datetime import timedelta
from functools import partial

from asset_model.alerts import AlertCall
from sync_server.escalation import due_calls, escalate
from tests.server.test_dispatch_rights import an_alert, answered
from tests.sync.rig import Server, an_id, group
from tests.sync.town import ANNE, BOSS, LUC, MARC, START
from tests.threads import together

CALLEES = [{"person_id": person, "minutes": 5} for person in (ANNE, MARC, BOSS)]


def an_open_alert(server: Server) -> str:
    id = an_id()
    server.push(group(an_alert(id, callees=CALLEES)))
    return id


def called(server: Server) -> list[str]:
    rows = sorted(server.rows(AlertCall), key=lambda call: call.rank)
    return [call.person_id for call in rows]


def escalated(server: Server, minutes: float) -> int:
    now = START + timedelta(minutes=minutes)
    return escalate(server.database, now=now, new_id=an_id)


def test_each_is_called_when_their_turn_has_come(served: Server) -> None:
    an_open_alert(served)

    assert [escalated(served, at) for at in (0, 1, 5, 6, 20)] == [1, 0, 1, 0, 1]
    assert called(served) == [ANNE, MARC, BOSS]


def test_nobody_else_is_called_once_somebody_has_it(served: Server) -> None:
    alert = an_open_alert(served)
    escalated(served, 0)
    served.push(group(answered(alert, ANNE), person=ANNE))

    assert escalated(served, 60) == 0
    assert called(served) == [ANNE]


def test_two_servers_at_the_same_moment_note_a_call_once(served: Server) -> None:
    an_open_alert(served)
    with served.database.reading() as first, served.database.reading() as second:
        assert len(due_calls(first, now=START)) == len(due_calls(second, now=START)) == 1

    written = together(*[partial(escalated, served, 0)] * 2)

    assert sorted(written) == [0, 1]
    assert called(served) == [ANNE]


def test_a_server_that_was_down_makes_up_for_it_with_the_times_that_were_due(
    served: Server,
) -> None:
    an_open_alert(served)

    escalated(served, 30)

    calls = sorted(served.rows(AlertCall), key=lambda call: call.rank)
    assert [(call.called_at - START) / timedelta(minutes=1) for call in calls] == [0, 5, 10]
    assert {call.noted_at for call in calls} == {START + timedelta(minutes=30)}


def test_a_call_reaches_the_tablets(server: Server) -> None:
    an_open_alert(server)

    escalated(server, 0)

    (call,) = server.rows(AlertCall)
    assert (call.person_id, call.buckets) == (ANNE, "town")
    assert LUC not in called(server)
