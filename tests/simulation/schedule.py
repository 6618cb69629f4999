"""A schedule as data: what happens, to which tablet, and the seed of each step's own chance.

So a schedule can be kept, cut down to the steps that matter, and read by a person. No step takes
its chance from another one: leaving one out changes nothing of what the others draw.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from asset_model.sync.wire import PROTOCOL


@dataclass(frozen=True)
class Step:
    """One happening. `trouble` is what goes wrong while it happens; nothing, mostly."""

    name: str
    tablet: str
    draw: int
    trouble: str = ""

    def __str__(self) -> str:
        return f"{self.tablet}: {self.name}" + (f", while {self.trouble}" if self.trouble else "")


@dataclass(frozen=True)
class Schedule:
    """All that decides how a simulated world goes."""

    steps: tuple[Step, ...]
    apps: tuple[tuple[str, int], ...] = (("B1", PROTOCOL), ("T1", PROTOCOL), ("T2", PROTOCOL))
    """The tablets, each with the protocol that its app speaks."""
    server_protocol: int = PROTOCOL
    rows_per_page: int = 9
    changes_per_push: int = 5
    """Small, so that copies take several pages and outboxes several messages."""

    def only(self, steps: Iterable[Step]) -> "Schedule":
        return replace(self, steps=tuple(steps))

    def __str__(self) -> str:
        apps = ", ".join(f"{code} speaks {protocol}" for code, protocol in self.apps)
        setting = f"{apps}; the server speaks {self.server_protocol};"
        sizes = f" {self.rows_per_page} rows a page, {self.changes_per_push} changes a push"
        return "\n".join((setting + sizes, *(f"  {step}" for step in self.steps)))


def as_json(schedule: Schedule) -> dict[str, Any]:
    return {
        "apps": schedule.apps,
        "server_protocol": schedule.server_protocol,
        "rows_per_page": schedule.rows_per_page,
        "changes_per_push": schedule.changes_per_push,
        "steps": [[step.name, step.tablet, step.draw, step.trouble] for step in schedule.steps],
    }


def from_json(data: dict[str, Any]) -> Schedule:
    steps = tuple(Step(*step) for step in data["steps"])
    apps = tuple((code, protocol) for code, protocol in data["apps"])
    return Schedule(**{**data, "steps": steps, "apps": apps})
