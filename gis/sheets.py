"""Delimited text as a table: its encoding, its separator and its header found, and told."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from pandas import DataFrame

from gis.delimited import CutRow, cut, delimiter_of
from gis.mojibake import garbled
from gis.problems import Problem, refuse
from gis.shapes import looks_like_wkt
from gis.table import Table

SUFFIXES = (".csv", ".txt", ".tsv")
RAW = "_raw"

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
    rows = list(cut(text, delimiter=delimiter))
    if not rows:
        raise refuse("file_empty", path=path)
    if _is_generic(rows):
        notices.append(Problem("header_generic", details={"column": rows[0].cells[0]}))
        del rows[0]
    header = _header(rows[0], path=path)
    _check_header(header, rows)
    faults = _faults(rows[1:], wanted=len(header))
    frame = _frame(rows[1:], header=header, faults=faults)
    return Table(path, frame, faults, delimiter, tuple(notices))


def _faults(rows: Sequence[CutRow], *, wanted: int) -> dict[int, Problem]:
    faults: dict[int, Problem] = {}
    for row in rows:
        if not any(row.cells[wanted:]):
            del row.cells[wanted:]
        if problem := row.problem or _miscounted(row, wanted=wanted):
            faults[row.number] = problem
    return faults


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


def _header(row: CutRow, *, path: Path) -> list[str]:
    if row.problem:
        raise refuse("file_unreadable", path=path, why=row.problem.sentence())
    names = [name.strip() for name in row.cells]
    while names and not names[-1]:
        del names[-1]
    for name in names:
        if names.count(name) > 1:
            raise refuse("header_repeated", column=name)
    return names


def _check_header(header: list[str], rows: Sequence[CutRow]) -> None:
    """:raises ImportRefused: the first line is a title or data, and no header"""
    value = next((n for n in header if NUMBER.fullmatch(n) or looks_like_wkt(n)), None)
    if value is not None:
        raise refuse("header_is_data", value=value)
    widths = Counter(len(row.cells) for row in rows[1:] if not row.problem)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    if width > len(header) and count * 2 > len(rows):
        first = next(row.number for row in rows if len(row.cells) == width)
        raise refuse("header_late", found=len(header), wanted=width, first=first)


def _miscounted(row: CutRow, *, wanted: int) -> Problem | None:
    if len(row.cells) == wanted:
        return None
    return Problem("cell_count", row.number, {"found": len(row.cells), "wanted": wanted})


def _frame(
    rows: Sequence[CutRow], *, header: list[str], faults: Mapping[int, Problem]
) -> DataFrame:
    """Rows that could not be cut have empty cells, and their text in ``_raw``."""
    names = [*header, RAW] if faults and RAW not in header else header
    blank = [""] * len(header)
    cells = [blank if row.number in faults else row.cells for row in rows]
    frame = DataFrame(cells, columns=header, index=[row.number for row in rows], dtype=object)
    if faults:
        frame[RAW] = [row.raw if row.number in faults else "" for row in rows]
    return frame[names]
