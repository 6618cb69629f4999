"""Whatever the link does and wherever a process dies, everyone ends equal and nothing is lost."""

import pytest

from tests.simulation.invariants import violations
from tests.simulation.world import World

SCHEDULES = 300
BLOCKS = 6


def run_schedule(seed: int) -> None:
    world = World(seed)
    world.run()
    found = list(violations(world))
    assert not found, f"seed {seed}\n" + "\n".join([*found, *world.log])


@pytest.mark.parametrize("block", range(BLOCKS))
def test_every_schedule_comes_to_rest_with_nothing_lost(block: int) -> None:
    for seed in range(block, SCHEDULES, BLOCKS):
        run_schedule(seed)
