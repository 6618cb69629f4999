"""Schedules that are kept for ever: each once found a defect, or finds one planted again.

They lie in `kept.json`, by the name of what they find, cut down to the steps that matter.
``python -m tests.simulation --bug NAME --keep NAME`` finds another one and keeps it.
"""

import json
from pathlib import Path

from tests.simulation.schedule import Schedule, as_json, from_json

FILE = Path(__file__).with_name("kept.json")


def kept() -> dict[str, Schedule]:
    return {name: from_json(data) for name, data in json.loads(FILE.read_text()).items()}


def keep(name: str, schedule: Schedule) -> None:
    every = {**kept(), name: schedule}
    lines = (f"{json.dumps(name)}: {json.dumps(as_json(every[name]))}" for name in sorted(every))
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n")
