"""`make simulate`: as many schedules as you have time for; one JSON line at the end.

python -m tests.simulation --seeds 200000     play them, then hunt every planted bug
python -m tests.simulation --seeds 200000 --minutes 60    as many of them as an hour allows
python -m tests.simulation --seed 4711        one seed, cut down to the steps that matter
python -m tests.simulation --bug no_ledger    the same of the first seed that finds a bug
"""

import argparse
import gc
import json
import logging
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from math import inf
from os import cpu_count
from typing import Any

from tests.simulation import kept
from tests.simulation.hunt import Find, hunt, played, readable, shortest
from tests.simulation.planted import BUGS
from tests.simulation.play import Verdict, play
from tests.simulation.swarm import drawn

CHUNK, PART = 20, 400
"""Schedules that one process plays before it tells; between two looks at the time."""

HUNT_MAX = 1_000
"""Schedules spent on one planted bug, at most; then its kept one must find it."""

SHRUNK_MAX = 3
"""Where much fails, the first few tell enough."""

PROGRESS: dict[str, Any] = {"end": "\r", "flush": True}

KINDS = ("lost", "doubled", "diverged", "stuck")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="how many schedules")
    parser.add_argument("--minutes", type=float, help="play no longer than this")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=cpu_count(), help="how many processes")
    parser.add_argument("--seed", type=int, help="one seed, cut down to the steps that matter")
    parser.add_argument("--bug", choices=BUGS, help="what is planted meanwhile; alone: find it")
    parser.add_argument("--keep", metavar="NAME", help="keep the short schedule for the tests")
    asked = parser.parse_args()
    logging.disable()
    if asked.seed is not None or asked.bug is not None:
        return _tell_of_one(asked.seed, asked.bug, asked.keep)
    with ProcessPoolExecutor(asked.jobs, initializer=_begin) as pool:
        seeds = range(asked.first, asked.first + asked.seeds)
        told = _play_all(pool, seeds, seconds_max=60 * (asked.minutes or inf))
        missed = _hunt_all(pool)
    hunted = {"bugs_planted": len(BUGS), "bugs_found": len(BUGS) - len(missed)}
    print(json.dumps({**told, **hunted}), flush=True)
    return 1 if missed or any(told[kind] for kind in KINDS) else 0


def _begin() -> None:
    """A process that plays thousands: what it has loaded by now is never looked through again."""
    logging.disable()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _tell_of_one(seed: int | None, bug: str | None, keep: str | None) -> int:
    """The shortest schedule that goes wrong as this seed's does; 1 if one does."""
    if seed is None and bug is not None:
        found = hunt(bug, budget=HUNT_MAX)
        seed = found.seed if found else None
    if seed is None:
        print(f"not found in {HUNT_MAX} schedules")
        return 0
    schedule, verdict = shortest(drawn(seed), bug)
    print(f"seed {seed}:", *readable(schedule, verdict), sep="\n")
    if keep and verdict.violations:
        kept.keep(keep, schedule)
    return 1 if verdict.violations else 0


def _play_all(pool: ProcessPoolExecutor, seeds: range, *, seconds_max: float) -> dict[str, int]:
    """Play them, tell how far it is, and shrink the first that fails."""
    counts: Counter[str] = Counter()
    begun, failed = time.monotonic(), 0
    for part in _parts(seeds, PART):
        for chunk in pool.map(_play_chunk, _parts(part, CHUNK)):
            for seed, verdict in chunk:
                counts.update(verdict.kinds, schedules=1, steps=verdict.steps)
                if verdict.violations:
                    failed += 1
                    told = shortest(drawn(seed)) if failed <= SHRUNK_MAX else (drawn(seed), verdict)
                    print(f"seed {seed} fails:", *readable(*told), sep="\n", flush=True)
        passed_s = time.monotonic() - begun
        rate = counts["schedules"] / passed_s
        print(f"{counts['schedules']}/{len(seeds)} schedules, {rate:.1f} a second", **PROGRESS)
        if passed_s > seconds_max:
            break
    return {name: counts[name] for name in ("schedules", "steps", *KINDS)}


def _parts(seeds: range, size: int) -> Iterator[range]:
    for start in range(0, len(seeds), size):
        yield seeds[start : start + size]


def _play_chunk(seeds: range) -> list[tuple[int, Verdict]]:
    return [(seed, play(drawn(seed))) for seed in seeds]


def _hunt_all(pool: ProcessPoolExecutor) -> list[str]:
    """Hunt each planted bug, tell how many schedules that took, and name those not found."""
    print("\nschedules until a planted bug is found, and as what:")
    hunts = {bug: pool.submit(hunt, bug, budget=HUNT_MAX) for bug in BUGS}
    missed: list[str] = []
    for bug, hunting in hunts.items():
        found: Find | None = hunting.result()
        verdict = found.verdict if found else played(kept.kept()[bug], bug)
        after = str(found.played) if found else "kept"
        kinds = ", ".join(sorted(verdict.kinds))
        print(f"  {bug:<34} {after:>5}  {kinds or 'NOT FOUND'}", flush=True)
        missed += [] if kinds else [bug]
    return missed


if __name__ == "__main__":
    raise SystemExit(main())
