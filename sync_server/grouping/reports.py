"""Rows of a city's file as sightings, and what its clerks decided of them."""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from asset_model.grouping.concepts import concepts_of, folded
from asset_model.grouping.sightings import Sighting
from gis.problems import ImportRefused, Problem
from gis.sheets import read_sheet
from gis.table import Table
from gis.values import number_of
from sync_server.grouping.mapping import ReportMapping, missing_columns
from sync_server.grouping.reasons import ReportProblem

Cells = Mapping[str, str]


@dataclass
class Reports:
    """Every row of a file: a sighting, or refused with its reason."""

    sightings: list[Sighting] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    twin_of: dict[str, str] = field(default_factory=dict)
    """By report: the report that a clerk closed it as a duplicate of."""

    @property
    def groups(self) -> dict[str, str]:
        """By report that clerks put together with others: the first of them.

        Decisions chain, and name reports that came later: what is linked either way is one.
        """
        order = {each.id: (each.at, each.id) for each in self.sightings}
        first: dict[str, str] = {}

        def founder(report: str) -> str:
            while report in first:
                report = first[report]
            return report

        linked = set()
        for report, other in self.twin_of.items():
            if report in order and other in order and report != other:
                linked |= {report, other}
                one, two = sorted((founder(report), founder(other)), key=order.__getitem__)
                if one != two:
                    first[two] = one
        return {report: founder(report) for report in linked}


class _Wrong(Exception):
    def __init__(self, code: str, **details: object) -> None:
        self.code, self.details = code, details
        super().__init__(code)


def read_reports(path: Path, mapping: ReportMapping) -> Reports:
    """The reports of a delimited file, plain or gzipped.

    :raises ImportRefused: the file cannot be read, or lacks a column of the mapping
    """
    return reports_of(_table(path), mapping)


def reports_of(table: Table, mapping: ReportMapping) -> Reports:
    """The same, of a table that has been read.

    :raises ImportRefused: it lacks a column of the mapping
    """
    if problems := list(missing_columns(table, mapping)):
        raise ImportRefused(problems)
    found = Reports(problems=list(table.faults.values()))
    seen: dict[str, int] = {}
    for row, cells in _rows(table):
        try:
            sighting = _sighting(cells, mapping)
            if sighting.id in seen:
                told = {"column": mapping.id, "value": sighting.id, "first": seen[sighting.id]}
                raise _Wrong("report_id_again", **told)
        except _Wrong as wrong:
            found.problems.append(ReportProblem(wrong.code, row=row, details=wrong.details))
            continue
        seen[sighting.id] = row
        found.sightings.append(sighting)
        if twin := _cell(cells, mapping.duplicate_of):
            found.twin_of[sighting.id] = twin
    return found


def _table(path: Path) -> Table:
    if path.suffix.lower() != ".gz" or not path.is_file():
        return read_sheet(path)
    with TemporaryDirectory() as folder:
        plain = Path(folder) / path.stem
        plain.write_bytes(gzip.decompress(path.read_bytes()))
        return read_sheet(plain)


def _rows(table: Table) -> Iterator[tuple[int, Cells]]:
    frame = table.frame.drop(index=list(table.faults))
    yield from zip(frame.index, frame.to_dict("records"), strict=True)


def _cell(cells: Cells, column: str | None) -> str | None:
    return (cells[column].strip() or None) if column else None


def _sighting(cells: Cells, mapping: ReportMapping) -> Sighting:
    category = cells[mapping.category].strip()
    number = _cell(cells, mapping.id)
    if number is None:
        raise _Wrong("report_id_missing", column=mapping.id)
    address = _cell(cells, mapping.address)
    return Sighting(
        id=number,
        at=_moment(cells[mapping.opened_at], mapping.opened_at, mapping),
        lon=_degrees(cells[mapping.longitude], mapping.longitude, 180),
        lat=_degrees(cells[mapping.latitude], mapping.latitude, 90),
        category=category,
        concepts=concepts_of(_cell(cells, mapping.words)),
        asset_id=_cell(cells, mapping.asset),
        address=folded(address) if address else None,
        reporter=_cell(cells, mapping.reporter),
        by_staff=_cell(cells, mapping.channel) in mapping.staff,
        closed_at=_closed_at(cells, mapping),
    )


def _closed_at(cells: Cells, mapping: ReportMapping) -> datetime | None:
    """When what was told of was over; a report closed as a duplicate says nothing of that."""
    text = _cell(cells, mapping.closed_at)
    if text is None or _cell(cells, mapping.closure) in mapping.closed_as_duplicate:
        return None
    return _moment(text, mapping.closed_at or "", mapping)


def _degrees(text: str, column: str, limit: int) -> float:
    try:
        degrees = number_of(text.strip())
    except ValueError:
        degrees = 999.0
    if not -limit <= degrees <= limit:
        raise _Wrong("report_place_unreadable", value=text, column=column)
    return degrees


def _moment(text: str, column: str, mapping: ReportMapping) -> datetime:
    """In UTC; a time without a zone is the mapping's."""
    plain = text.strip()
    try:
        if mapping.format:
            told = datetime.strptime(plain, mapping.format)  # noqa: DTZ007 -- given below
        else:
            told = datetime.fromisoformat(plain.replace("/", "-"))
    except ValueError:
        wanted = mapping.format or "2026-03-31 07:15"
        raise _Wrong("report_moment_unreadable", value=text, column=column, wanted=wanted) from None
    return (told if told.tzinfo else told.replace(tzinfo=mapping.zone)).astimezone(UTC)
