"""One seed played to its end, and the verdict: nothing in it depends on anything but the seed."""

from dataclasses import dataclass

from tests.simulation.invariants import reads_its_writes, violations
from tests.simulation.world import World


@dataclass(frozen=True)
class Verdict:
    """What was wrong when a schedule had come to rest; nothing, if all is well."""

    seed: int
    steps: int
    kinds: frozenset[str]
    violations: tuple[str, ...]
    log: tuple[str, ...]


def play(seed: int) -> Verdict:
    world = World(seed)
    found = [violation for tablet in world.run() for violation in reads_its_writes(tablet)]
    found += violations(world.server.database, world.tablets.values())
    return Verdict(
        seed,
        world.steps,
        frozenset(violation.kind for violation in found),
        tuple(str(violation) for violation in found),
        tuple(world.log),
    )
