"""`make bench`: a table for people, and tests/bench/latest.json for whoever compares runs."""

import argparse
import json
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from os import cpu_count, getloadavg
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.bench import (
    capacity,
    director,
    floor,
    intake,
    layers,
    maps,
    ours,
    peers,
    plans,
    readings,
    report,
    screens,
    tiles,
    twins,
)
from tests.bench.contest import Figures

LATEST = Path(__file__).with_name("latest.json")
SUITES = (
    "ours",
    "floor",
    *peers.PEERS,
    "sqlite",
    "postgresql",
    "plans",
    "readings",
    "tiles",
    "maps",
    "screens",
    "geography",
    "intake",
    "twins",
    "director",
)


def main() -> int:
    asked = _asked()
    if sys.platform != "linux":
        _say("The figures come from /proc and the kernel's count of bytes: Linux only.")
        return 2
    with tempfile.TemporaryDirectory(prefix="voirie-bench-") as passing:
        folder = Path(passing)
        folder.chmod(0o755)  # PostgreSQL of our own may run as somebody else.
        sides = _contest(asked, folder)
        borne = _capacity(asked, folder)
    upkeep, metered = _plans(asked), _readings(asked)
    drawn = _tiles(asked)
    moved, ground = _maps(asked), _geography(asked)
    stood, taken, alike = _screens(asked), _intake(asked), _twins(asked)
    figured = _director(asked)
    told = {"told": _machine(), "options": vars(asked), "sides": sides, "capacity": borne,
            "plans": upkeep, "readings": metered, "tiles": drawn, "maps": moved,
            "geography": ground, "screens": stood, "intake": taken, "twins": alike,
            "director": figured}  # fmt: skip
    for line in (
        *report.contest_lines(sides),
        *report.capacity_lines(borne),
        *report.plan_lines(upkeep),
        *report.reading_lines(metered),
        *report.tile_lines(drawn),
        *report.map_lines(moved),
        *report.screen_lines(stood),
        *report.ground_lines(ground),
        *report.intake_lines(taken),
        *report.twin_lines(alike),
        *report.director_lines(figured),
    ):
        _say(line)
    for line in report.missed(sides.get(report.OURS, {})):
        _say(f"\nMissed: {line}")
    LATEST.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    _say(f"\nWritten to {LATEST.relative_to(Path.cwd())}")
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=SUITES, default=list(SUITES))
    parser.add_argument("--assets", type=int, default=50_000)
    parser.add_argument("--orders", type=int, default=20_000)
    parser.add_argument("--repeats", type=int, default=5, help="of our own stages")
    parser.add_argument("--peer-repeats", type=int, default=3)
    parser.add_argument("--tablets", type=int, default=500)
    parser.add_argument("--plan-assets", type=int, nargs="+", default=list(plans.SIZES))
    parser.add_argument("--requests", type=int, default=1_000, help="to 311 in one burst")
    parser.add_argument("--pages", action="store_true", help="a first copy as pages, too")
    return parser.parse_args()


def _contest(asked: argparse.Namespace, folder: Path) -> dict[str, Figures]:
    wanted = [name for name in ("ours", "floor", *peers.PEERS) if name in asked.only]
    if not wanted:
        return {}
    with _telling("the workload"):
        made = ours.prepare(folder, assets=asked.assets, orders=asked.orders)
    with _telling("Voirie"):
        figures = ours.measure(made, repeats=asked.repeats, by_pages=asked.pages)
    sides: dict[str, Figures] = {report.OURS: figures}
    if "floor" in wanted:
        with _telling("the floor"):
            sides["floor"] = floor.measure(
                ours.tablet_file(made),
                folder / "floor",
                down_bytes=figures["down"][0]["bytes"],
                up_bytes=figures["up"][0]["bytes"],
                repeats=asked.repeats,
            )
    return sides | _peers(asked, made)


def _peers(asked: argparse.Namespace, made: ours.Town) -> dict[str, Figures]:
    wanted = [name for name in peers.PEERS if name in asked.only]
    try:
        if wanted:
            peers.installed()
    except peers.NoPeers as reason:
        _say(f"No peers beside it: {reason}.")
        return {}
    sides = {}
    for peer in wanted:
        with _telling(peer):
            sides[peer] = peers.measure(peer, made, repeats=asked.peer_repeats)
    return sides


def _capacity(asked: argparse.Namespace, folder: Path) -> dict[str, dict[str, Any]]:
    borne = {}
    for kind in ("sqlite", "postgresql"):
        if kind in asked.only:
            with _telling(f"{asked.tablets} tablets on {kind}"):
                borne[kind] = capacity.measure(kind, folder / kind, tablets=asked.tablets)
    return borne


def _plans(asked: argparse.Namespace) -> list[dict[str, Any]]:
    if "plans" not in asked.only:
        return []
    with _telling("the plan engine"):
        return list(plans.lines(asked.plan_assets))


def _tiles(asked: argparse.Namespace) -> list[dict[str, Any]]:
    if "tiles" not in asked.only:
        return []
    with _telling("the base map"):
        return list(tiles.lines())


def _readings(asked: argparse.Namespace) -> list[dict[str, Any]]:
    if "readings" not in asked.only:
        return []
    with _telling("many readings of one meter"):
        return list(readings.lines(readings.SIZES))


def _maps(asked: argparse.Namespace) -> list[dict[str, Any]]:
    if "maps" not in asked.only:
        return []
    with _telling("the map of a tablet"):
        return list(maps.lines())


def _screens(asked: argparse.Namespace) -> list[dict[str, Any]]:
    if "screens" not in asked.only:
        return []
    with _telling("a tablet in a browser"):
        return list(screens.lines(asked.repeats))


def _geography(asked: argparse.Namespace) -> list[dict[str, Any]]:
    if "geography" not in asked.only:
        return []
    with _telling("networks, imports and layers"):
        return list(layers.lines())


def _intake(asked: argparse.Namespace) -> list[dict[str, Any]]:
    if "intake" not in asked.only:
        return []
    with _telling(f"{asked.requests:,} requests to 311 at once"):
        kinds = ("sqlite", "postgresql")
        return list(intake.lines(kinds, count=asked.requests, connections=intake.CONNECTIONS))


def _twins(asked: argparse.Namespace) -> list[dict[str, Any]]:
    if "twins" not in asked.only:
        return []
    with _telling("the search for duplicates"):
        return list(twins.lines())


def _director(asked: argparse.Namespace) -> list[dict[str, Any]]:
    if "director" not in asked.only:
        return []
    with _telling("the director's page"):
        return list(director.lines())


def _machine() -> dict[str, Any]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": cpu_count(),
        "load": getloadavg(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


@contextmanager
def _telling(what: str) -> Iterator[None]:
    _say(f"... {what}")
    began = perf_counter()
    yield
    _say(f"    {perf_counter() - began:.0f} s")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
