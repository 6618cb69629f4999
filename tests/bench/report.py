"""The table that a person reads, from the figures of one run."""

from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from tests.bench.contest import Figures

TITLES = {
    "copy": "First copy",
    "copy_first": "First copy, asked for before one is ready",
    "copy_pages": "First copy as pages",
    "down": "1,000 changed rows down",
    "up": "1,000 edits up, each answered",
    "idle": "An idle round",
}
AIMS: dict[str, dict[str, float]] = {
    "copy": {"s": 1.0, "bytes": 9_000_000, "peak_mb": 100},
    "down": {"s": 0.15, "bytes": 60_000},
    "up": {"s": 0.25, "bytes": 60_000},
    "idle": {"bytes": 1_024},
}
OURS = "voirie"

Column = tuple[str, Callable[[list[dict[str, Any]], float], str]]


def _least(times: list[dict[str, Any]], name: str) -> float:
    return float(min(one[name] for one in times))


def _bytes(times: list[dict[str, Any]]) -> str:
    moved = median(one["bytes"] for one in times)
    return f"{moved / 1e6:.2f} MB" if moved >= 1e6 else f"{moved / 1e3:.1f} KB"


COLUMNS: tuple[Column, ...] = (
    ("s, least", lambda times, _: f"{_least(times, 's'):.3f}"),
    ("s, median", lambda times, _: f"{median(one['s'] for one in times):.3f}"),
    ("x ours", lambda times, ours: f"{_least(times, 's') / ours:.1f}" if ours else "–"),
    ("CPU s, tablet", lambda times, _: f"{_least(times, 'cpu_s'):.3f}"),
    ("CPU s, server", lambda times, _: f"{_least(times, 'server_cpu_s'):.2f}"),
    ("bytes", lambda times, _: _bytes(times)),
    ("peak MB", lambda times, _: f"{max(one['peak_mb'] for one in times)}"),
    ("runs", lambda times, _: str(len(times))),
)


def contest_lines(sides: dict[str, Figures]) -> Iterator[str]:
    """A table in Markdown for each stage: who, and what it cost."""
    for stage, title in TITLES.items():
        there = {name: figures[stage] for name, figures in sides.items() if figures.get(stage)}
        if not there:
            continue
        ours = _least(there[OURS], "s") if OURS in there else 0.0
        yield f"\n{title}{_aim(stage)}\n"
        yield from _table(
            ["", *(name for name, _ in COLUMNS)],
            [[name, *(tell(times, ours) for _, tell in COLUMNS)] for name, times in there.items()],
        )


def _aim(stage: str) -> str:
    aim = AIMS.get(stage)
    if not aim:
        return ""
    words = {"s": "{} s", "bytes": "{:,} bytes", "peak_mb": "{} MB of memory"}
    return f" (aim: {', '.join(words[name].format(value) for name, value in aim.items())})"


ROUNDS = {
    "idle": "idle, all at once",
    "idle_calm": "idle, one round each in 15 s",
    "work": "at work, all at once",
    "work_calm": "at work, one group each in 15 s",
}


def capacity_lines(capacity: dict[str, dict[str, Any]]) -> Iterator[str]:
    """What one server process bears, by database."""
    heads = ["", "rounds/s", "CPU ms, server", "CPU ms, database", "p50 ms", "p95 ms"]
    for kind, told in capacity.items():
        yield f"\n{told['tablets']} tablets on {kind}; the server took {told['peak_mb']} MB\n"
        names = ("per_s", "server_cpu_ms_per_round", "database_cpu_ms_per_round")
        rows = [
            [title, *(f"{told[word][name]:.1f}" for name in (*names, "p50_ms", "p95_ms"))]
            for word, title in ROUNDS.items()
        ]
        yield from _table(heads, rows)
        quiet = told["quiet"]
        each_second = 1000 * (quiet["server_cpu_s"] + quiet["database_cpu_s"]) / quiet["s"]
        yield f"\n{told['listen']['lines']} open live lines: {each_second:.1f} ms of CPU a second"


PLAN_STAGES = {
    "floor": "one SQL pass over the last times",
    "load": "what is known, read",
    "due": "what is due, worked out",
    "naive": "the same, object by object",
    "forecast": "12 months ahead, hours by week",
    "generate": "orders made of it",
}


def plan_lines(told: list[dict[str, Any]]) -> Iterator[str]:
    """Processor time of each stage at each size. The naive loop is told for all its assets."""
    rows = []
    for line in told:
        share = line["of"] / line["assets"] if "assets" in line else 1.0
        seconds = f"{line['s'] * share:.3f}" + (" (from a share)" if share != 1.0 else "")
        count = f"{line['count']:,}" if share == 1.0 else "–"
        stage = PLAN_STAGES[line["what"]]
        rows.append([f"{line['of']:,}", stage, seconds, count, f"{line['peak_mb']} MB"])
    if rows:
        yield ""
        heads = ["assets × 3 plans", "stage", "CPU s", "came to", "peak"]
        yield from _table(heads, rows)


TILE_SIDES = {
    "floor": "Pillow, hard edges, the same lines, no names",
    "ours": "all drawn, by day and by night",
    "changed": "one segment changed: found, drawn anew",
}


def tile_lines(told: list[dict[str, Any]]) -> Iterator[str]:
    """How fast the base map of a whole town is drawn, beside the floor of the same run."""
    floor_ms = next((1000 * t["s"] / t["tiles"] for t in told if t["what"] == "floor"), None)
    rows = []
    for line in told:
        each_ms = 1000 * line["s"] / line["tiles"]
        times = f"{each_ms / floor_ms:.1f}" if floor_ms else "–"
        rows.append(
            [
                TILE_SIDES[line["what"]],
                f"{line['tiles']:,}",
                f"{line['s']:.1f}",
                f"{line['tiles'] / line['s']:.0f}",
                times,
                f"{line['bytes'] / 1e6:.1f}",
                f"{line['peak_mb']} MB",
            ]
        )
    if rows:
        yield ""
        heads = ["base map, 19,800 segments", "tiles", "CPU s", "tiles/s", "x floor", "MB", "peak"]
        yield from _table(heads, rows)


READING_STAGES = {"import": "brought in at once", "alone": "one by one"}


def reading_lines(told: list[dict[str, Any]]) -> Iterator[str]:
    """What each of many readings of one meter takes."""
    rows = [
        [READING_STAGES[line["what"]], f"{line['of']:,}", f"{line['each_ms']:.2f}",
         f"{line['looked_at']:,}"]
        for line in told
    ]  # fmt: skip
    if rows:
        yield ""
        yield from _table(["readings of one meter", "has", "CPU ms each", "opened"], rows)


def map_lines(told: list[dict[str, Any]]) -> Iterator[str]:
    """What a move of the map asks of the database, and what all of it costs."""
    rows = [
        [str(line["zoom"]), line["what"], str(line["p50_ms"]), str(line["p95_ms"])] for line in told
    ]
    if rows:
        yield ""
        yield from _table(["zoom", "of one move", "CPU p50 ms", "CPU p95 ms"], rows)


COUNTED = ("pipes", "rows", "lines", "segments")


def screen_lines(told: list[dict[str, Any]]) -> Iterator[str]:
    """What a person in front of a tablet waits for, beside an empty page and the bare SQL."""
    rows = []
    for line in told:
        waits = f"{line['s']:.2f} s" if "s" in line else ""
        waits = f"{line['p50_ms']:.1f} ms" if "p50_ms" in line else waits
        worst = f"{line['p95_ms']:.1f} ms (p95)" if "p95_ms" in line else ""
        least = f"{line['least_s']:.2f} s" if "least_s" in line else worst
        took = f"{line['cpu_ms']:.1f} ms" if "cpu_ms" in line else ""
        rows.append([line["what"], waits, least, took])
    if rows:
        yield ""
        yield from _table(["tablet in a browser", "median", "least", "CPU, tablet"], rows)


def ground_lines(told: list[dict[str, Any]]) -> Iterator[str]:
    """Networks, imports, nearest streets, pages and exports: ours and the plain tools' lines."""
    rows = []
    for line in told:
        size = next((f"{line[name]:,}" for name in COUNTED if name in line), "")
        took = f"{line['p50_ms']:.2f} ms" if "p50_ms" in line else ""
        took = f"{line['s']:.3f} s" if "s" in line else took
        slow = f"{line['p95_ms']:.2f} ms" if "p95_ms" in line else ""
        peak = f"{line['peak_mb']} MB" if "peak_mb" in line else ""
        rows.append([line["what"], size, took, slow, peak])
    if rows:
        yield ""
        yield from _table(["geography", "of", "CPU, median", "p95", "peak"], rows)


def intake_lines(told: list[dict[str, Any]]) -> Iterator[str]:
    """A tablet's rounds are those of the same minutes, first without the burst."""
    if not told:
        return
    yield "\n**What 311 takes in**\n"
    heads = ["", "taken in a second", "floor", "lost", "doubled", "refused", "wait p50 / p95, ms",
             "a tablet's round, ms", "with nobody sending"]  # fmt: skip
    rows = []
    for each in told:
        ours, floor = each["ours"], each["floor"]
        wait, busy, quiet = ours["wait_ms"], ours["round_ms"], each["quiet"]["round_ms"]
        rows.append(
            [
                f"{each['engine']}, {ours['sent']:,} requests",
                f"{ours['per_second']:.0f}",
                f"{floor['per_second']:.0f}",
                *(f"{number}" for number in (each["lost"], each["doubled"], ours["failed"])),
                f"{wait['p50']:.0f} / {wait['p95']:.0f}",
                f"{busy['p50']:.0f}, most {busy['most']:.0f}",
                f"{quiet['p50']:.0f}, most {quiet['most']:.0f}",
            ]
        )
    yield from _table(heads, rows)


def twin_lines(told: list[dict[str, Any]]) -> Iterator[str]:
    """The search for duplicates, and the rule of distance alone beside it."""
    rows = [
        [each["engine"], each["what"], f"{each['p50_ms']:.2f}", f"{each['p99_ms']:.2f}"]
        for each in told
    ]
    if rows:
        yield f"\n**Duplicates among {told[0]['open']:,} open reports**\n"
        yield from _table(["engine", "way", "median, ms", "99 of 100"], rows)


def director_lines(told: list[dict[str, Any]]) -> Iterator[str]:
    """What is worked out for the director's page, and for a list behind a figure of it."""
    rows = [
        [each["engine"], each["what"], f"{each['p50_ms']:.0f}", f"{each['cpu_ms']:.0f}"]
        for each in told
    ]
    if rows:
        yield f"\n**The director's page of a town of {told[0]['orders']:,} orders**\n"
        yield from _table(["engine", "what is opened", "median, ms", "CPU, ms"], rows)


def _table(heads: list[str], rows: list[list[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for cells in (heads, ["-" * width for width in widths], *rows):
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        yield f"| {' | '.join(padded)} |"


def missed(figures: Figures) -> list[str]:
    """The aims that our best run of a stage does not keep, in words."""
    return [
        f"{TITLES[stage]}: {name} {_least(figures[stage], name):g}, aim {aim:g}"
        for stage, aims in AIMS.items()
        for name, aim in aims.items()
        if figures.get(stage) and _least(figures[stage], name) > aim
    ]
