"""How many schedules it takes until a planted bug is found, and the shortest that finds it."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from tests.simulation.planted import BUGS
from tests.simulation.play import Verdict, play
from tests.simulation.schedule import Schedule
from tests.simulation.shrink import shrunk
from tests.simulation.swarm import drawn


@dataclass(frozen=True)
class Find:
    """The first schedule of a hunt in which something was wrong."""

    seed: int
    played: int
    verdict: Verdict


def hunt(bug: str, *, budget: int) -> Find | None:
    """Play the schedules of the seeds from 0 on, for every bug the same; None: not found."""
    for seed in range(budget):
        verdict = played(drawn(seed), bug)
        if verdict.violations:
            return Find(seed, seed + 1, verdict)
    return None


def played(schedule: Schedule, bug: str | None) -> Verdict:
    """The schedule with the bug in it. It is planted anew each time: some of them remember."""
    with BUGS[bug]() if bug else nullcontext():
        return play(schedule)


def shortest(schedule: Schedule, bug: str | None = None) -> tuple[Schedule, Verdict]:
    """As few of the schedule's steps as still go wrong in the same way, and what is wrong then."""
    kinds = played(schedule, bug).kinds

    def fails(steps: Any) -> bool:
        return bool(kinds & played(schedule.only(steps), bug).kinds)

    short = schedule.only(shrunk(schedule.steps, fails))
    return short, played(short, bug)


def readable(schedule: Schedule, verdict: Verdict) -> Iterator[str]:
    """What a developer wants to read of a schedule that goes wrong."""
    yield str(schedule)
    yield from (f"  => {violation}" for violation in verdict.violations[:5])
