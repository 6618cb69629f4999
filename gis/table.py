"""A table: one file as it was read, every cell as text, rows counted as a person counts them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pandas import DataFrame

from gis.problems import Problem


@dataclass(frozen=True)
class Table:
    """`frame` is indexed by row number. A CSV's header is row 1; a layer's first shape is row 1.

    A layer's shapes are in ``_wkt``, and its coordinate system in ``_crs``, like in the file of
    refused rows, so that one path reads both. `faults` are rows that could not be cut into cells;
    their text is in ``_raw``.
    """

    path: Path
    frame: DataFrame
    faults: Mapping[int, Problem] = field(default_factory=dict)
    delimiter: str = ","
    notices: tuple[Problem, ...] = ()
    """What had to be guessed or put right to read it: nothing is refused for it, and it is told."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that mean something to a mapping; those with ``_`` are this importer's."""
        return tuple(name for name in self.frame.columns if not name.startswith("_"))
