"""Whatever the link does and wherever a process dies, everyone ends equal and nothing is lost."""

import pytest

from tests.simulation.hunt import readable, shortest
from tests.simulation.play import play
from tests.simulation.schedule import as_json, from_json
from tests.simulation.swarm import drawn

SCHEDULES = 5_000
BLOCKS = 100


@pytest.mark.parametrize("block", range(BLOCKS))
def test_every_schedule_comes_to_rest_with_nothing_lost(block: int) -> None:
    for seed in range(block, SCHEDULES, BLOCKS):
        if play(drawn(seed)).violations:
            pytest.fail("\n".join((f"seed {seed}", *readable(*shortest(drawn(seed))))))


def test_a_schedule_plays_the_same_way_twice() -> None:
    schedule = drawn(11)

    assert play(schedule) == play(schedule)


def test_a_schedule_is_the_same_after_it_was_kept() -> None:
    schedule = drawn(12)

    assert from_json(as_json(schedule)) == schedule
