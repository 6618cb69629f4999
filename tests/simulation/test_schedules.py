"""Whatever the link does and wherever a process dies, everyone ends equal and nothing is lost."""

import logging

import pytest

from tests.simulation.schedule import play

SCHEDULES = 600
BLOCKS = 8


@pytest.mark.parametrize("block", range(BLOCKS))
def test_every_schedule_comes_to_rest_with_nothing_lost(
    block: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    for seed in range(block, SCHEDULES, BLOCKS):
        verdict = play(seed)

        assert not verdict.violations, "\n".join(
            (f"seed {seed}", *verdict.violations, *verdict.log)
        )


def test_a_seed_plays_the_same_way_twice() -> None:
    assert play(11) == play(11)
