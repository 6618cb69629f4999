"""Rows of a table to lines: what was read on which unit, and when; and what is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import partial
from typing import TypeVar

from asset_model.base import instant
from gis.problems import Problem
from gis.table import Table
from gis.values import number_of
from sync_server.readings.fleet import Fleet
from sync_server.readings.mapping import ReadingMapping, ReadingRule
from sync_server.readings.reasons import ReadingProblem

NOON = time(12)
"""When a day alone is taken to be, unless that is still to come: in the middle of its work."""

Cells = Mapping[str, str]
T = TypeVar("T")


@dataclass(frozen=True)
class Moment:
    """When something was read. `said` is what makes it the same in another file: day or instant."""

    at: datetime
    said: str


@dataclass(frozen=True)
class Read:
    """One value that a row tells: of a measure, in the meter's own unit."""

    measure: str
    value: float
    moment: Moment

    @property
    def taken_at(self) -> datetime:
        return self.moment.at


@dataclass(frozen=True)
class Fill:
    litres: float
    cost: float | None
    reference: str | None
    card: str | None


@dataclass(frozen=True)
class Line:
    """What one sound row says."""

    row: int
    asset_id: str
    taken_at: datetime
    reads: tuple[Read, ...]
    fill: Fill | None = None


@dataclass
class Lines:
    """Every row of the table is a line, refused, or says nothing."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_aside: int = 0


class _Wrong(Exception):
    def __init__(self, code: str, **details: object) -> None:
        self.code, self.details = code, details
        super().__init__(code)


def lines_of(table: Table, mapping: ReadingMapping, fleet: Fleet, *, now: datetime) -> Lines:
    """Each row, cut and sound, as what it says of a unit of the fleet."""
    found = Lines(problems=list(table.faults.values()))
    frame = table.frame.drop(index=list(table.faults))
    for row, cells in zip(frame.index, frame.to_dict("records"), strict=True):
        whole = {**dict.fromkeys(mapping.optional, ""), **{k: str(v) for k, v in cells.items()}}
        if any(whole[column].strip() not in only for column, only in mapping.only.items()):
            found.left_aside += 1
            continue
        told = _Row(row, whole, mapping, now)
        line = told.line(fleet)
        found.problems += told.problems
        if line is not None:
            found.lines.append(line)
        elif not told.problems:
            found.left_aside += 1
    return found


class _Row:
    """One row's cells, and everything that is wrong with them."""

    def __init__(self, row: int, cells: Cells, mapping: ReadingMapping, now: datetime) -> None:
        self.row, self.cells, self.mapping, self.now = row, cells, mapping, now
        self.problems: list[Problem] = []

    def line(self, fleet: Fleet) -> Line | None:
        """None where something is wrong, or where no cell that holds a figure has one."""
        if _silent(self.cells, self.mapping):
            return None
        asset = self._unit(fleet)
        every = [self._told(partial(self._read, rule)) for rule in self.mapping.readings]
        fill = self._told(self._fill)
        reads = tuple(read for read in every if read is not None)
        moment = reads[0].moment if reads and fill is None else self._told(self._moment)
        if self.problems or asset is None or moment is None:
            return None
        return Line(self.row, asset, moment.at, reads, fill)

    def _unit(self, fleet: Fleet) -> str | None:
        said = {w: (c, self.cells.get(c, "")) for w, c in self.mapping.units.items()}
        try:
            return fleet.named(said)
        except LookupError as wrong:
            code, details = wrong.args
            self._wrong(code, details)
            return None

    def _told(self, reading: Callable[[], T]) -> T | None:
        try:
            return reading()
        except _Wrong as wrong:
            self._wrong(wrong.code, wrong.details)
            return None

    def _wrong(self, code: str, details: dict[str, object]) -> None:
        problem = ReadingProblem(code, self.row, details)
        if problem not in self.problems:
            self.problems.append(problem)

    def _read(self, rule: ReadingRule) -> Read | None:
        cell = self.cells.get(rule.column, "").strip()
        if not cell or cell in rule.none:
            return None
        own = self.cells.get(rule.taken_at, "").strip() if rule.taken_at else ""
        moment = self._told(partial(_moment, own, rule.taken_at or "", self) if own
                            else self._moment)  # fmt: skip
        value = _figure(cell, rule.column)
        if value is None or moment is None:
            return None
        return Read(rule.measure, round(value * rule.factor, 3), moment)

    def _moment(self) -> Moment:
        pattern = self.mapping.taken_at
        return _moment(pattern.filled(dict(self.cells)), ", ".join(pattern.columns), self)

    def _fill(self) -> Fill | None:
        rule = self.mapping.fuel
        if rule is None:
            return None
        told = self.cells.get(rule.cost or "", "").replace("$", "")
        cost = self._told(partial(_figure, told, rule.cost or ""))
        litres = _figure(self.cells.get(rule.litres, ""), rule.litres)
        if litres is None:
            return None
        card = self.cells.get(self.mapping.units.get("card", ""), "").strip() or None
        reference = self.cells.get(rule.reference or "", "").strip() or None
        return Fill(round(litres * rule.factor, 3), cost, reference, card)


def _silent(cells: Cells, mapping: ReadingMapping) -> bool:
    """Whether no cell that holds a figure has one: a unit that was not read, a subtotal."""
    none = {rule.column: rule.none for rule in mapping.readings}
    figures = [*none, *([mapping.fuel.litres] if mapping.fuel else [])]
    told = {column: cells.get(column, "").strip() for column in figures}
    return all(not text or text in none.get(column, ()) for column, text in told.items())


def _figure(cell: str, column: str) -> float | None:
    """:raises _Wrong: ``reading_unreadable``"""
    text = cell.strip()
    if not text:
        return None
    try:
        number = number_of(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e12:
        raise _Wrong("reading_unreadable", value=text, column=column)
    return number


def _moment(text: str, column: str, row: _Row) -> Moment:
    """The moment in UTC; a day alone is its noon, a time without zone the mapping's.

    :raises _Wrong: ``moment_unreadable``
    """
    plain, mapping, now = text.strip(), row.mapping, row.now
    try:
        if mapping.format:
            told = datetime.strptime(plain, mapping.format)  # noqa: DTZ007 -- given below
            day_alone = not any(part in mapping.format for part in ("%H", "%I", "%X", "%T", "%c"))
        else:
            told = datetime.fromisoformat(plain.replace("/", "-"))
            day_alone = len(plain) <= len("2026-03-31")
    except ValueError:
        wanted = mapping.format or "2026-03-31 07:15"
        raise _Wrong("moment_unreadable", value=text, column=column, wanted=wanted) from None
    if day_alone:
        noon = datetime.combine(told.date(), NOON, tzinfo=mapping.zone).astimezone(UTC)
        today = told.date() == now.astimezone(mapping.zone).date()
        return Moment(min(noon, now) if today else noon, told.date().isoformat())
    at = (told if told.tzinfo else told.replace(tzinfo=mapping.zone)).astimezone(UTC)
    return Moment(at, instant(at))
