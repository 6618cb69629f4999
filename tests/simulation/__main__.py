"""`make simulate`: as many schedules as you have time for; one JSON line at the end."""

import argparse
import json
import logging
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from os import cpu_count

from tests.simulation.planted import BUGS, hunt
from tests.simulation.schedule import Verdict, play

CHUNK = 50
HUNT_MAX = 5_000
"""Schedules spent on one planted bug, at most."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="how many schedules")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.seeds)
    verdicts: list[Verdict] = []
    for done in _played(seeds):
        verdicts += done
        failed = [verdict for verdict in done if verdict.violations]
        for verdict in failed:
            print(f"seed {verdict.seed}: {'; '.join(verdict.violations[:3])}", flush=True)
        print(f"{len(verdicts)}/{asked.seeds}", end="\r", flush=True)
    found = _hunted(min(asked.seeds, HUNT_MAX))
    hunted = {"bugs_planted": len(BUGS), "bugs_found": found}
    print(json.dumps({**_summary(verdicts), **hunted}))
    return 1 if any(verdict.violations for verdict in verdicts) else 0


def _played(seeds: range) -> Iterator[list[Verdict]]:
    chunks = [seeds[start : start + CHUNK] for start in range(0, len(seeds), CHUNK)]
    with ProcessPoolExecutor(cpu_count(), initializer=logging.disable) as pool:
        yield from pool.map(_play_all, chunks)


def _hunted(budget: int) -> int:
    """How many of the planted bugs are found, each within so many schedules."""
    with ProcessPoolExecutor(cpu_count(), initializer=logging.disable) as pool:
        hunts = {bug: pool.submit(hunt, bug, budget=budget) for bug in BUGS}
        for bug, hunting in hunts.items():
            played = hunting.result()
            words = f"found in {played}" if played else f"not found in {budget}"
            print(f"{bug}: {words} schedule(s)", flush=True)
        return sum(hunting.result() is not None for hunting in hunts.values())


def _play_all(seeds: range) -> list[Verdict]:
    return [play(seed) for seed in seeds]


def _summary(verdicts: list[Verdict]) -> dict[str, int]:
    def failed(kind: str) -> int:
        return sum(kind in verdict.kinds for verdict in verdicts)

    return {
        "schedules": len(verdicts),
        "steps": sum(verdict.steps for verdict in verdicts),
        "lost": failed("lost"),
        "doubled": failed("doubled"),
        "diverged": failed("diverged"),
        "stuck": failed("stuck"),
    }


if __name__ == "__main__":
    raise SystemExit(main())
