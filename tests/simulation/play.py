"""One schedule played to its end, and the verdict: it depends on nothing but the schedule."""

from dataclasses import dataclass

from tests.simulation.at_rest import violations
from tests.simulation.schedule import Schedule
from tests.simulation.violation import Violation
from tests.simulation.world import World


@dataclass(frozen=True)
class Verdict:
    """What was wrong at the first step at which anything was, or at rest. Nothing: all is well."""

    steps: int
    violations: tuple[Violation, ...]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(violation.kind for violation in self.violations)

    def __str__(self) -> str:
        return "\n".join(map(str, self.violations[:8]))


def play(schedule: Schedule) -> Verdict:
    world = World(schedule)
    played = 0
    try:
        with world.sizes():
            for step in schedule.steps:
                played += 1
                world.step(step)
                if world.watch.found:
                    break
            else:
                world.heal()
        found = world.watch.found or list(violations(world))
    except Exception as error:  # noqa: BLE001 -- whatever it is, no schedule may bring it about
        found = [Violation("stuck", f"{type(error).__name__}: {error}")]
    return Verdict(played, tuple(found))
