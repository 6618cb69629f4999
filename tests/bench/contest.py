"""The stages that each side goes through, in the same order: ours, the floor, the peers."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.bench.meters import cpu_s
from tests.bench.processes import Side

Figures = dict[str, list[dict[str, Any]]]
"""By stage, what it cost each time."""

STAGES = ("copy", "down", "up", "idle")


def compete(
    side: Side, servers: Sequence[int], change: Callable[[], object], repeats: int
) -> Figures:
    """One tablet, from nothing held to a quiet day; `change` moves 1,000 rows of its server.

    `settle` brings both ends to rest between two stages: its cost is kept, and compared with none.
    """
    figures: Figures = {stage: [] for stage in (*STAGES, "settle")}

    def ask(word: str) -> None:
        before = cpu_s(servers)
        told = side.ask(word)
        figures[word].append({**told, "server_cpu_s": cpu_s(servers) - before})

    ask("copy")
    ask("settle")
    for _ in range(repeats):
        change()
        ask("down")
        side.ask("edit")
        ask("up")
        ask("settle")
        ask("idle")
    return figures


def copy_again(side: Side, servers: Sequence[int], figures: Figures, stage: str = "copy") -> None:
    """Another fresh tablet of the same town."""
    before = cpu_s(servers)
    told = side.ask("copy")
    figures.setdefault(stage, []).append({**told, "server_cpu_s": cpu_s(servers) - before})
