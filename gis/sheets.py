"""Delimited text as a table: its encoding, its separator and its header found, and told."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path

from pandas import DataFrame

from gis.delimited import CutRow, cut, delimiter_of
from gis.mojibake import garbled
from gis.problems import Problem, refuse
from gis.shapes import looks_like_wkt
from gis.table import Table

SUFFIXES = (".csv", ".txt", ".tsv")
RAW = "_raw"
KNOWN_CELLS_MAX = 1_000
"""Of a column; those that occur again are kept once. With more, they are rather all different."""

SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""What spreadsheets write first to say which separator they use."""
GENERIC_NAME = re.compile(r"(field|column|col|champ|colonne|unnamed: ?)_?\d+", re.IGNORECASE)
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def read_sheet(path: Path) -> Table:
    """The file as a table of text.

    :raises ImportRefused: it is empty or unreadable as a whole, or its header is not one
    """
    try:
        text, notices = _decoded(path.read_bytes())
    except OSError as error:
        raise refuse("file_unreadable", path=path, why=error.strerror) from None
    if "\x00" in text:
        raise refuse("file_unreadable", path=path, why="NUL")
    said = SEPARATOR_LINE.match(text)
    text = text[said.end() :] if said else text
    delimiter = said[1] if said else delimiter_of(text.partition("\n")[0])
    rows = cut(text, delimiter=delimiter)
    first = list(islice(rows, 2))
    if not first:
        raise refuse("file_empty", path=path)
    if _is_generic(first):
        notices.append(Problem("header_generic", details={"column": first[0].cells[0]}))
        del first[0]
    names = _names(first[0])
    body = _Body(len(names))
    for row in chain(first[1:], rows):
        body.add(row)
    _check_header(first[0], names, body, path=path)
    return Table(path, body.frame(names), body.faults, delimiter, tuple(notices))


class _Body:
    """The rows under the header, kept as columns: of a row as it was cut, nothing stays."""

    def __init__(self, wanted: int) -> None:
        self.faults: dict[int, Problem] = {}
        self.widths: Counter[int] = Counter()
        self.first: dict[int, int] = {}
        """By how many cells a row has, the first that has so many."""
        self._wanted = wanted
        self._numbers: list[int] = []
        self._columns: list[list[str]] = [[] for _ in range(wanted)]
        self._known: list[dict[str, str]] = [{} for _ in range(wanted)]
        self._raw: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, row: CutRow) -> None:
        width = len(row.cells)
        self.first.setdefault(width, row.number)
        if not row.problem:
            self.widths[width] += 1
        if not any(row.cells[self._wanted :]):
            del row.cells[self._wanted :]
        cells = row.cells
        if problem := row.problem or _miscounted(row, wanted=self._wanted):
            self.faults[row.number] = problem
            self._raw[row.number] = row.raw
            cells = [""] * self._wanted
        self._numbers.append(row.number)
        for column, known, cell in zip(self._columns, self._known, cells, strict=True):
            column.append(known.get(cell, cell))
            if len(known) < KNOWN_CELLS_MAX:
                known.setdefault(cell, cell)

    def frame(self, header: list[str]) -> DataFrame:
        """Rows that could not be cut have empty cells, and their text in ``_raw``."""
        columns = dict(zip(header, self._columns, strict=True))
        frame = DataFrame(columns, columns=header, index=self._numbers, dtype=object)
        if self._raw:
            frame[RAW] = [self._raw.get(number, "") for number in self._numbers]
        return frame


def _decoded(content: bytes) -> tuple[str, list[Problem]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), [_read_as("UTF-16")]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        # What Windows programs of Québec towns write when they do not write UTF-8.
        text = content.decode("cp1252", errors="replace")
    if not garbled(text):
        return text, [_read_as("Windows-1252")]
    # Mostly UTF-8 after all: a few broken bytes must not cost all the other accents.
    return content.decode("utf-8-sig", errors="replace"), [Problem("encoding_broken")]


def _read_as(encoding: str) -> Problem:
    return Problem("encoding_guessed", details={"encoding": encoding})


def _is_generic(rows: Sequence[CutRow]) -> bool:
    """Whether a program made up the column names, and the true header is the first row."""
    names = [name.strip() for name in rows[0].cells]
    return len(rows) > 1 and all(GENERIC_NAME.fullmatch(name) for name in names)


def _names(row: CutRow) -> list[str]:
    names = [name.strip() for name in row.cells]
    while names and not names[-1]:
        del names[-1]
    return names


def _check_header(row: CutRow, names: list[str], body: _Body, *, path: Path) -> None:
    """:raises ImportRefused: the first line is broken, or a title or data, and no header"""
    if row.problem:
        raise refuse("file_unreadable", path=path, why=row.problem.sentence())
    for name in names:
        if names.count(name) > 1:
            raise refuse("header_repeated", column=name)
    value = next((n for n in names if NUMBER.fullmatch(n) or looks_like_wkt(n)), None)
    if value is not None:
        raise refuse("header_is_data", value=value)
    width, count = body.widths.most_common(1)[0] if body.widths else (0, 0)
    if width > len(names) and count * 2 > len(body) + 1:
        first = body.first[width]
        raise refuse("header_late", found=len(names), wanted=width, first=first)


def _miscounted(row: CutRow, *, wanted: int) -> Problem | None:
    if len(row.cells) == wanted:
        return None
    return Problem("cell_count", row.number, {"found": len(row.cells), "wanted": wanted})
