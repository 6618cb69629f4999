"""How many schedules it takes until a planted bug is found, and the shortest that finds it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
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
    with BUGS[bug]():
        for seed in range(budget):
            verdict = play(drawn(seed))
            if verdict.violations:
                return Find(seed, seed + 1, verdict)
    return None


def shortest(schedule: Schedule, bug: str | None = None) -> tuple[Schedule, Verdict]:
    """As few of the schedule's steps as still go wrong in the same way, and what is wrong then."""
    planted: Callable[[], AbstractContextManager[Any]] = BUGS[bug] if bug else nullcontext
    with planted():
        kinds = play(schedule).kinds

        def fails(steps: Any) -> bool:
            return bool(kinds & play(schedule.only(steps)).kinds)

        short = schedule.only(shrunk(schedule.steps, fails))
        return short, play(short)


def readable(schedule: Schedule, verdict: Verdict) -> Iterator[str]:
    """What a developer wants to read of a schedule that goes wrong."""
    yield str(schedule)
    yield from (f"  => {violation}" for violation in verdict.violations[:5])
