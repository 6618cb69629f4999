"""How a process of the benchmark is spoken to: a word a line, and a line of JSON for each."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any


def answer(words: Mapping[str, Callable[[], dict[str, Any]]]) -> None:
    """Say that it is ready, then do what each word on the input means."""
    say({"ready": True})
    for line in sys.stdin:
        say(words[line.strip()]())


def say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
