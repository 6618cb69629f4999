"""A schedule that fails is cut down to the steps that matter."""

from collections.abc import Sequence

from tests.simulation.hunt import readable, shortest
from tests.simulation.planted import BUGS
from tests.simulation.play import play
from tests.simulation.schedule import Schedule, Step
from tests.simulation.shrink import shrunk
from tests.simulation.swarm import drawn


def test_only_the_steps_that_matter_are_left() -> None:
    def fails(steps: Sequence[int]) -> bool:
        return {3, 14, 15} <= set(steps)

    assert shrunk(range(100), fails) == [3, 14, 15]


def test_what_fails_without_any_step_needs_none() -> None:
    assert shrunk(range(10), lambda _: True) == []


def test_a_short_schedule_goes_wrong_in_the_same_way() -> None:
    with BUGS["emptied_on_sending"]():
        long = next(drawn(seed) for seed in range(50) if play(drawn(seed)).violations)
        kinds = play(long).kinds

    short, verdict = shortest(long, "emptied_on_sending")

    assert verdict.kinds & kinds
    assert len(short.steps) < 6 < len(long.steps)


def test_a_developer_can_read_it() -> None:
    schedule = Schedule((Step("note", "T1", 1), Step("talk", "T1", 2, "the_server_dies")))

    text = "\n".join(readable(schedule, play(schedule)))

    assert "T1: note\n" in text
    assert "T1: talk, while the_server_dies" in text
