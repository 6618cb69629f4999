"""Whose turn it is in an alert is worked out from its rows, the same on every machine."""

from datetime import UTC, datetime, timedelta

import pytest

from asset_model.alerts import Acknowledgement, Alert, AlertCall, Answer, check_callees, turns
from asset_model.errors import Refused

START = datetime(2026, 11, 23, 3, 40, tzinfo=UTC)
LUC, ANNE, BOSS = "luc", "anne", "boss"


def minutes(count: float) -> datetime:
    return START + timedelta(minutes=count)


def an_alert(**more: object) -> Alert:
    callees = [{"person_id": person, "minutes": 5} for person in (LUC, ANNE, BOSS)]
    return Alert(id="a", title="Bris", callees=callees, created_at=START, **more)


def said(
    person: str, at: float, answer: str = Answer.MINE, heard: float | None = None
) -> Acknowledgement:
    return Acknowledgement(
        id=f"{person}-{at}",
        alert_id="a",
        person_id=person,
        answer=answer,
        acknowledged_at=minutes(at),
        received_at=None if heard is None else minutes(heard),
    )


def called(alert: Alert, *answers: Acknowledgement, at: float) -> list[str]:
    return [call.person_id for call in turns(alert, answers, now=minutes(at)).calls]


def test_the_first_is_called_at_once_and_the_next_after_each_delay() -> None:
    assert [called(an_alert(), at=at) for at in (0, 4.9, 5, 9.9, 10, 90)] == [
        [LUC],
        [LUC],
        [LUC, ANNE],
        [LUC, ANNE],
        [LUC, ANNE, BOSS],
        [LUC, ANNE, BOSS],
    ]


def test_nobody_is_called_once_somebody_has_it() -> None:
    now = turns(an_alert(), [said(LUC, 4)], now=minutes(60))

    assert [(call.person_id, call.answer) for call in now.calls] == [(LUC, "mine")]
    assert (now.next_at, now.nobody_left) == (None, False)
    assert now.taken is not None


def test_who_cannot_passes_it_to_the_next_at_once() -> None:
    assert called(an_alert(), said(LUC, 1, Answer.CANNOT), at=1) == [LUC, ANNE]
    assert called(an_alert(), said(LUC, 1, Answer.CANNOT), at=6) == [LUC, ANNE, BOSS]


def test_at_the_end_of_the_list_only_the_telephone_is_left() -> None:
    assert not turns(an_alert(), [], now=minutes(14.9)).nobody_left
    assert turns(an_alert(), [], now=minutes(15)).nobody_left
    assert not turns(an_alert(), [said(BOSS, 14)], now=minutes(90)).nobody_left


def test_the_delays_are_counted_from_when_the_server_learned_of_it() -> None:
    late = an_alert(received_at=minutes(30))

    assert called(late, at=31) == [LUC]
    assert turns(late, [], now=minutes(31)).next_at == minutes(35)


def test_an_answer_given_without_signal_does_not_undo_a_call_that_was_made() -> None:
    noted = [AlertCall(id="c", alert_id="a", person_id=ANNE, rank=1, called_at=minutes(5))]

    now = turns(an_alert(), [said(LUC, 4, heard=20)], now=minutes(21), noted=noted)

    assert [(call.person_id, call.at) for call in now.calls] == [
        (LUC, START),
        (ANNE, minutes(5)),
    ]


def test_a_clock_that_is_ahead_does_not_put_off_an_answer() -> None:
    assert called(an_alert(), said(LUC, 600, heard=4), at=30) == [LUC]


def test_a_closed_alert_calls_nobody_else() -> None:
    assert called(an_alert(closed_at=minutes(3)), at=90) == [LUC]


@pytest.mark.parametrize(
    "callees",
    ["luc", [{"person_id": LUC}], [{"person_id": LUC, "minutes": 0}], [{"minutes": 5}], [[]],
     [{"person_id": LUC, "minutes": True}], [{"person_id": LUC, "minutes": 5}] * 31],
)  # fmt: skip
def test_a_list_of_people_that_cannot_be_read_is_refused(callees: object) -> None:
    with pytest.raises(Refused) as refused:
        check_callees(callees)
    assert refused.value.code == "bad_value"
