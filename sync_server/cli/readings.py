"""`voirie readings import`: what meters showed, out of telematics, fuel cards and sheets."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy.exc import DBAPIError

from asset_model.database import Database
from asset_model.findings import language_of
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.importing import ALL_IN, SOME_REFUSED, AsJson, DryRun
from sync_server.cli.opening import clock, database_or_exit, new_id, settings_or_exit, stop
from sync_server.settings import ServerSettings

if TYPE_CHECKING:
    from gis.table import Table
    from sync_server.readings.brought import Brought
    from sync_server.readings.mapping import ReadingMapping

SNAPSHOTS = (".json",)


class _Undone(Exception):
    """A dry run ends as if it had failed: everything was done, and nothing stands."""


def import_readings(
    file: Annotated[Path, typer.Argument(help="CSV, or a fleet's snapshot (ISO 15143-3 JSON).")],
    mapping: Annotated[
        str | None,
        typer.Option(metavar="FILE.toml", help="What the columns mean; else found by the columns."),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep that mapping for the next files of its source.")
    ] = False,
    add_meters: Annotated[
        bool, typer.Option("--add-meters", help="Give a unit the meter that it lacks.")
    ] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Bring in readings of meters, and fuel: a garage's sheet, fuel cards, telematics (AEMP 2.0).

    Rows that cannot be used are told one by one, and written beside the file
    to NAME.refused.csv: mend them there and import that file the same way.
    What cannot be (a counter that falls) comes in and waits for review: voirie readings queue.
    Importing a file twice brings nothing new.

    Exit codes: 0 every row is in; 3 some rows were refused, the others are in;
    2 the call, the file or the database cannot be used: nothing was imported.
    """
    from gis.problems import ImportRefused
    from sync_server.cli.import_report import refusal_lines

    spoken = language_of(language, os.environ)
    settings = settings_or_exit(database=database, data=data)
    try:
        table, known = _table_and_mapping(file, mapping, settings, keep=keep and not dry_run)
        brought = _brought(settings, table, known, add_meters=add_meters, dry_run=dry_run)
    except ImportRefused as refusal:
        raise stop("\n".join(refusal_lines(refusal, language=spoken))) from None
    except DBAPIError as error:
        raise stop(f"The database failed; nothing was imported. {error.orig}") from None
    _tell(brought, spoken, dry_run=dry_run, as_json=as_json)


def _table_and_mapping(
    file: Path, named: str | None, settings: ServerSettings, *, keep: bool
) -> "tuple[Table, ReadingMapping]":
    from gis.problems import ImportRefused, refuse
    from gis.sheets import SUFFIXES, read_sheet
    from gis.toml_files import no_file
    from sync_server.readings.aemp import read_snapshot
    from sync_server.readings.mapping import (
        FOLDER,
        column_problems,
        keep_reading_mapping,
        known_reading_mappings,
        read_reading_mapping,
        reading_mapping_for,
    )

    suffix = file.suffix.lower()
    if not file.is_file():
        raise no_file(file)
    if suffix not in (*SUFFIXES, *SNAPSHOTS):
        raise refuse("file_kind", suffix=suffix, known=", ".join((*SUFFIXES, *SNAPSHOTS)))
    table = read_snapshot(file) if suffix in SNAPSHOTS else read_sheet(file)
    folder = settings.data / FOLDER
    known = known_reading_mappings(folder)
    if named is None:
        return table, reading_mapping_for(table, known)
    titles = {each.title: each for each in known}
    found = titles.get(named) or titles.get(f"{named}.toml")
    mapping = read_reading_mapping(Path(named)) if found is None else found
    if problems := list(column_problems(table, mapping)):
        raise ImportRefused(problems)
    if keep and found is None:
        keep_reading_mapping(Path(named), folder)
    return table, mapping


def _brought(
    settings: ServerSettings,
    table: "Table",
    mapping: "ReadingMapping",
    *,
    add_meters: bool,
    dry_run: bool,
) -> "Brought":
    from sync_server.readings.bringing import bring_in

    database: Database = database_or_exit(settings)
    brought = None
    try:
        with database.writing() as session:
            brought = bring_in(
                session, table, mapping, now=clock(), new_id=new_id, add_meters=add_meters
            )
            if dry_run:
                raise _Undone
    except _Undone:
        pass
    finally:
        database.close()
    assert brought is not None, "else an exception is on its way"
    return brought


def _tell(brought: "Brought", spoken: str, *, dry_run: bool, as_json: bool) -> None:
    from gis.files import write_refused
    from sync_server.cli.readings_report import report_lines

    refused_file = None
    if brought.refused_rows and not dry_run:
        reasons = brought.reasons(spoken)
        refused_file = write_refused(brought.table, reasons, fallback=Path.cwd())
    for line in report_lines(brought, spoken, refused_file=refused_file, dry_run=dry_run):
        typer.echo(line, err=as_json)
    if as_json:
        named = str(refused_file) if refused_file else None
        typer.echo(json.dumps({**brought.counts(), "refused_file": named, "dry_run": dry_run}))
    raise typer.Exit(SOME_REFUSED if brought.refused_rows else ALL_IN)
