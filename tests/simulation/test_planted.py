"""The simulation finds the bugs planted in it; the rare ones are left to `make simulate`."""

import logging

import pytest

from tests.simulation.planted import BUGS, RARE, hunt

BUDGET = 60


@pytest.mark.parametrize("bug", [bug for bug in BUGS if bug not in RARE])
def test_a_planted_bug_is_found(bug: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)

    assert hunt(bug, budget=BUDGET) is not None


def test_at_least_twenty_are_planted() -> None:
    assert len(BUGS) >= 20
