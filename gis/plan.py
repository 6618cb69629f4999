"""What importing a file comes to: the drafts that are ready, and the rows that are refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from gis.mapping import Mapping
from gis.problems import Problem, reasons, refused_rows
from gis.table import Table


@dataclass(frozen=True)
class AssetDraft:
    """One asset ready for the model. `geometry` is GeoJSON in WGS 84, `length_m` geodesic; without
    a place on the map, it has none.

    An attribute that is None is one of which the source says that nothing is known.
    """

    row: int
    tag: str
    class_code: str
    name: str
    address: str | None
    geometry: Any
    west: Any
    south: Any
    east: Any
    north: Any
    length_m: float | None
    attributes: dict[str, Any]
    source: str
    source_key: str
    status: str | None = None
    """None: the source does not say."""
    others: dict[str, Any] = field(default_factory=dict)
    """Further columns of the asset, as a file of ours tells them."""


@dataclass(frozen=True)
class ImportPlan:
    """Every row of the table is drafted, refused or left aside, and only one of these."""

    table: Table
    mapping: Mapping
    drafts: Sequence[AssetDraft]
    """On the disk: to be walked, not held."""
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...] = ()
    left_aside: int = 0
    """Rows that are of something else, by the mapping's `only`."""
    keys: frozenset[str] = frozenset()
    """The key of every row that has one, refused or not: an asset of another key is gone."""

    @property
    def notices(self) -> tuple[Problem, ...]:
        return self.table.notices + self.remarks

    @property
    def read(self) -> int:
        return len(self.table.frame)

    @property
    def refused_rows(self) -> tuple[int, ...]:
        return refused_rows(self.problems)

    def reasons(self, language: str) -> dict[int, str]:
        """For each refused row, everything that is wrong with it and how to mend it."""
        return reasons(self.problems, language)
