"""Cutting delimited text into rows, keeping the sound ones when others are broken."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO

from gis.problems import Problem, refuse

DELIMITERS = (",", ";", "\t", "|")
CELL_CHARACTERS_MAX = 2**24
"""A sector's outline as WKT passes the 131,072 characters that the csv module allows by itself."""

UNCLOSED = "unexpected end of data"


@dataclass(frozen=True)
class CutRow:
    """One row of the text. `number` counts the header as 1, as spreadsheets do."""

    number: int
    cells: list[str]
    raw: str
    problem: Problem | None = None


def cut(text: str, *, delimiter: str) -> Iterator[CutRow]:
    """Every row but blank ones, each with what is wrong with it if it cannot be cut cleanly.

    :raises ImportRefused: ``quote_unclosed``: the rest of the text is one cell
    """
    csv.field_size_limit(CELL_CHARACTERS_MAX)
    # Not splitlines(): that would also cut at form feeds and other marks inside a cell.
    lines = _Remembered(StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # The reader starts afresh at the next line, so one broken row costs only itself.
            if str(error) == UNCLOSED:
                raise refuse("quote_unclosed", first=number) from None
            problem = Problem("row_malformed", number, {"why": str(error)})
            yield CutRow(number, [], lines.taken(), problem)
            continue
        raw = lines.taken()
        if any(cell.strip() for cell in cells):
            yield CutRow(number, cells, raw)


def delimiter_of(header: str) -> str:
    """The separator that cuts the header into most columns."""
    return max(DELIMITERS, key=header.count)


class _Remembered:
    """Lines on their way to the reader, kept until the row they make is known."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)
        self.given: list[str] = []

    def __iter__(self) -> "_Remembered":
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.given.append(line)
        return line

    def taken(self) -> str:
        text = "".join(self.given).rstrip("\r\n")
        self.given.clear()
        return text
