"""Two people moved one order: whose status stands, and whether somebody must decide."""

import pytest

from asset_model.transitions import flag_for, status_rule
from asset_model.vocabulary import Flag
from asset_model.vocabulary import WorkOrderStatus as S


@pytest.mark.parametrize(
    ("server", "device"),
    [
        (S.DISPATCHED, S.ACCEPTED),
        (S.ACCEPTED, S.IN_PROGRESS),
        (S.ACCEPTED, S.ON_HOLD),
        (S.IN_PROGRESS, S.DONE),
        (S.ON_HOLD, S.DONE),
        (S.PLANNED, S.IN_PROGRESS),
        (S.DRAFT, S.DONE),
    ],
)
def test_work_that_is_further_along_goes_on(server: S, device: S) -> None:
    settled = status_rule(S.DISPATCHED, server, device)

    assert (settled.value, settled.set_aside, settled.contested) == (device, None, False)


@pytest.mark.parametrize(
    ("server", "device"),
    [
        (S.DONE, S.ACCEPTED),
        (S.DONE, S.IN_PROGRESS),
        (S.IN_PROGRESS, S.ACCEPTED),
        (S.IN_PROGRESS, S.ON_HOLD),
        (S.CLOSED, S.DONE),
        (S.CLOSED, S.ON_HOLD),
    ],
)
def test_work_that_was_overtaken_is_noted_and_asks_nobody(server: S, device: S) -> None:
    settled = status_rule(S.DISPATCHED, server, device)

    assert (settled.value, settled.set_aside, settled.contested) == (server, device, False)


@pytest.mark.parametrize(
    ("server", "device"),
    [
        (S.CANCELLED, S.ACCEPTED),
        (S.CANCELLED, S.IN_PROGRESS),
        (S.CANCELLED, S.DONE),
        (S.DONE, S.CANCELLED),
        (S.IN_PROGRESS, S.CANCELLED),
        (S.ACCEPTED, S.PLANNED),
    ],
)
def test_a_crossing_that_the_path_does_not_explain_is_for_a_person_to_settle(
    server: S, device: S
) -> None:
    settled = status_rule(S.DISPATCHED, server, device)

    assert (settled.value, settled.set_aside, settled.contested) == (server, device, True)


@pytest.mark.parametrize("device", list(S))
def test_a_cancelled_order_is_never_brought_back_by_a_late_message(device: S) -> None:
    assert status_rule(S.DISPATCHED, S.CANCELLED, device).value == S.CANCELLED


@pytest.mark.parametrize("device", list(S))
def test_only_work_on_a_cancelled_order_is_flagged(device: S) -> None:
    worked = device in (S.IN_PROGRESS, S.ON_HOLD, S.DONE)

    assert flag_for(S.CANCELLED, device) == (Flag.WORKED_AFTER_CANCEL if worked else None)
    assert flag_for(S.DONE, device) is None
