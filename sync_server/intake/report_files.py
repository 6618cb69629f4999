"""Reports out of another system's file, each taken in like any other, and only once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.catalogue import Service
from asset_model.grouping.sightings import Sighting
from asset_model.ids import derived_id
from asset_model.incident_vocabulary import ReportSource
from gis.mapping_document import Section
from gis.problems import ImportRefused, Problem
from gis.sheets import read_sheet
from gis.table import Table
from gis.toml_files import read_document
from sync_server.grouping.mapping import OF_IMPORT, ReportMapping, report_mapping_from
from sync_server.grouping.reasons import ReportProblem
from sync_server.grouping.reports import reports_of
from sync_server.intake.contacts import Contact, contact_of
from sync_server.intake.desk import WORDS_MAX
from sync_server.intake.receiving import Sent, receive


@dataclass(frozen=True)
class FileMapping:
    """What the columns mean, which service each category is, and which cells reach somebody."""

    reports: ReportMapping
    source: str
    language: str
    services: Mapping[str, str]
    contact: Mapping[str, str]


@dataclass
class Taken:
    """What became of a file's rows."""

    table: Table
    new: int = 0
    known: int = 0
    closed: int = 0
    problems: list[Problem] = field(default_factory=list)


def read_file_mapping(path: Path) -> FileMapping:
    """:raises ImportRefused: with everything that is wrong in it"""
    document = read_document(path)
    problems: list[Problem] = []
    top = Section(path.name, "", {key: document.pop(key, None) for key in OF_IMPORT}, problems)
    source, language = top.required_text("source"), top.text("language") or "fr"
    services, contact = top.section("services"), top.section("contact")
    codes = {category: code for code in list(services.content) for category in services.texts(code)}
    columns = {name: contact.text(name) for name in Contact.__dataclass_fields__}
    contact.finish()
    try:
        reports = report_mapping_from(document, title=path.name, folder=path.parent)
    except ImportRefused as refused:
        raise ImportRefused([*problems, *refused.problems]) from None
    if problems:
        raise ImportRefused(problems)
    known = {name: column for name, column in columns.items() if column}
    return FileMapping(reports, source, language, codes, known)


def take_file(
    session: Session,
    path: Path,
    mapping: FileMapping,
    *,
    now: datetime,
    new_id: Callable[[], str],
) -> Taken:
    """Take in what is open and has not come before; what the file calls closed is left aside.

    :raises ImportRefused: the file cannot be used as a whole
    """
    table = read_sheet(path)
    found = reports_of(table, mapping.reports)
    taken = Taken(table, problems=list(found.problems))
    services = {service.code: service for service in session.scalars(select(Service))}
    refused = {problem.row for problem in found.problems}
    rows = [each for each in table.frame.to_dict("index").items() if each[0] not in refused]
    for sighting, (row, cells) in zip(found.sightings, rows, strict=True):
        code = mapping.services.get(sighting.category, sighting.category)
        if code not in services:
            told = {"column": mapping.reports.category, "value": sighting.category}
            taken.problems.append(ReportProblem("report_service_unknown", row=row, details=told))
        elif sighting.closed_at is not None:
            taken.closed += 1
        else:
            sent = _sent(sighting, cells, services[code], mapping)
            again = receive(session, sent, now=now, new_id=new_id).again
            taken.known, taken.new = taken.known + again, taken.new + (not again)
    return taken


def _sent(
    sighting: Sighting, cells: Mapping[Any, Any], service: Service, mapping: FileMapping
) -> Sent:
    columns = mapping.reports
    return Sent(
        row_id=derived_id("report of a file", mapping.source, sighting.id),
        service_id=service.id,
        source=ReportSource.IMPORT,
        source_name=mapping.source,
        external_id=sighting.id,
        language=mapping.language,
        description=_cell(cells, columns.words, WORDS_MAX),
        place=_cell(cells, columns.address, WORDS_MAX),
        longitude=sighting.lon,
        latitude=sighting.lat,
        contact=contact_of({name: cells[column] for name, column in mapping.contact.items()}),
        reported_at=sighting.at,
    )


def _cell(cells: Mapping[Any, Any], column: str | None, most: int) -> str | None:
    return (str(cells[column]).strip()[:most] or None) if column else None
