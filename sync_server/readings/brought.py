"""What an import of readings has done, or would do."""

from dataclasses import dataclass, field
from datetime import datetime

from gis.problems import Problem, reasons, refused_rows
from gis.table import Table
from sync_server.readings.mapping import ReadingMapping


@dataclass(frozen=True)
class Queued:
    """A reading that waits for somebody's review: the code of why."""

    row: int
    tag: str
    measure: str
    value: float
    taken_at: datetime
    why: str


@dataclass
class Brought:
    """What an import has done, or would do."""

    table: Table
    mapping: ReadingMapping
    problems: list[Problem] = field(default_factory=list)
    left_aside: int = 0
    readings: int = 0
    fills: int = 0
    unchanged: int = 0
    unmetered: int = 0
    same_moment: int = 0
    meters: list[tuple[str, str]] = field(default_factory=list)
    """Tag and measure of each meter that was added."""
    queued: list[Queued] = field(default_factory=list)

    @property
    def refused_rows(self) -> tuple[int, ...]:
        return refused_rows(self.problems)

    def reasons(self, language: str) -> dict[int, str]:
        return reasons(self.problems, language)

    def counts(self) -> dict[str, int]:
        return {
            "read": len(self.table.frame),
            "readings": self.readings,
            "fills": self.fills,
            "unchanged": self.unchanged,
            "queued": len(self.queued),
            "refused": len(self.refused_rows),
            "left_aside": self.left_aside,
            "unmetered": self.unmetered,
            "same_moment": self.same_moment,
            "meters_added": len(self.meters),
        }
