"""`voirie import`: what a town already knows, from a file into the database."""

import gc
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError

from asset_model.database import Database, open_database
from asset_model.findings import language_of
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.import_mapping import (
    FOLDER,
    Wanted,
    asked_mapping,
    found_mapping,
    given_mapping,
    read,
)
from sync_server.cli.opening import clock, database_or_exit, new_id, settings_or_exit, stop
from sync_server.settings import ServerSettings

if TYPE_CHECKING:
    from sync_server.import_comparison import Comparison

ClassCode = Annotated[
    str, typer.Option("--as", metavar="CLASS", help="Asset class, such as road_segment.")
]
Layer = Annotated[str | None, typer.Option(help="Which layer, when it has several.")]
Crs = Annotated[
    str | None, typer.Option(metavar="EPSG:N", help="What the file does not say itself.")
]
Elsewhere = Annotated[
    bool, typer.Option("--elsewhere", help="The rows are far from all that the town has.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell everything, write nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="End with one line of JSON.")]
District = Annotated[str | None, typer.Option(metavar="CODE", help="District of the new assets.")]
Language = Annotated[
    str | None,
    typer.Option(
        "--language", "--lang", metavar="fr|en", help="Of the report; else that of the terminal."
    ),
]

ALL_IN, SOME_REFUSED = 0, 3
"""Exit codes besides 2, with which nothing was imported."""


def import_file(
    file: Annotated[Path, typer.Argument(help="The file to read.", show_default=False)],
    class_code: ClassCode,
    mapping: Annotated[
        str | None,
        typer.Option(metavar="FILE.toml", help="What the columns mean; else found by the columns."),
    ] = None,
    wizard: Annotated[
        bool, typer.Option("--wizard", help="Propose a mapping, ask, and keep it.")
    ] = False,
    layer: Layer = None,
    crs: Crs = None,
    retire_missing: Annotated[
        bool, typer.Option("--retire-missing", help="Retire what the file no longer has.")
    ] = False,
    even_most: Annotated[
        bool, typer.Option("--even-most", help="With it: also where much is missing.")
    ] = False,
    elsewhere: Elsewhere = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    database: DatabaseOption = None,
    data: DataOption = None,
    district: District = None,
    language: Language = None,
) -> None:
    """Bring assets in from a file: CSV, GeoPackage, Shapefile, FileGDB, KML, DXF, EPANET.

    Rows that cannot be used are told one by one, and written beside the file
    to NAME.refused.csv: mend them there and import that file the same way.
    Importing a file twice changes nothing. What a newer file no longer has is told,
    and retired only when asked; nothing is ever deleted.

    Exit codes: 0 every row is in; 3 some rows were refused, the others are in;
    2 the call, the file or the database cannot be used: nothing was imported.
    """
    settings = settings_or_exit(database=database, data=data)
    if retire_missing and ".refused" in file.name:
        raise _stopped("refused_file", _language(language))
    wish = _Import(
        Wanted(file, class_code, mapping, layer, crs, settings.data / FOLDER),
        wizard=wizard,
        elsewhere=elsewhere,
        retire=("even_most" if even_most else "missing") if retire_missing else "no",
        dry_run=dry_run,
        as_json=as_json,
        district=district,
        language=_language(language),
    )
    wish.run(settings)


@dataclass(frozen=True)
class _Import:
    """What one run of the command was asked for."""

    wanted: Wanted
    wizard: bool
    elsewhere: bool
    retire: str
    dry_run: bool
    as_json: bool
    district: str | None
    language: str

    def run(self, settings: ServerSettings) -> NoReturn:
        # Geography takes a second to load, and is an extra: only this command asks for it.
        from gis.problems import ImportRefused
        from sync_server.cli.import_report import refusal_lines
        from sync_server.import_stopped import ImportStopped

        try:
            with _opened(settings, dry_run=self.dry_run) as database:
                comparison = self._imported(database)
        except ImportRefused as refusal:
            raise stop("\n".join(refusal_lines(refusal, language=self.language))) from None
        except ImportStopped as stopped:
            raise stop(stopped.told(self.language)) from None
        except IntegrityError:
            raise stop(ImportStopped("meanwhile").told(self.language)) from None
        except DBAPIError as error:
            raise stop(ImportStopped("database", why=error.orig).told(self.language)) from None
        self._told(comparison)

    def _imported(self, database: Database) -> "Comparison":
        from gis.planning import plan_import
        from sync_server.imports import bring_in, preview, town_box
        from sync_server.retirement import Retirement

        # What is loaded now stays to the end: gone through again and again for what may be let
        # go of, it would take a fifth of the time of a large import.
        gc.freeze()
        wanted, retire = self.wanted, Retirement(self.retire)
        asset_class = class_or_exit(database, wanted.class_code)
        given = given_mapping(wanted)
        table = read(wanted, given)
        if self.wizard:
            mapping = asked_mapping(table, wanted, asset_class)
        else:
            mapping = found_mapping(table, wanted, given, asset_class)
        with _progress() as steps:
            plan = plan_import(
                table,
                mapping=mapping,
                asset_class=asset_class,
                town=None if self.elsewhere else town_box(database),
                advance=steps("Reading rows", len(table.frame)),
            )
            if self.dry_run:
                return preview(database, plan, district_code=self.district, retire=retire)
            return bring_in(
                database,
                plan,
                now=clock(),
                new_id=new_id,
                district_code=self.district,
                retire=retire,
                advance=steps("Writing changes", None),
            )

    def _told(self, comparison: "Comparison") -> NoReturn:
        from gis.files import write_refused
        from sync_server.cli.import_report import report_lines

        plan, refused_file = comparison.plan, None
        if plan.refused_rows and not self.dry_run:
            reasons = plan.reasons(self.language)
            refused_file = write_refused(plan.table, reasons, fallback=Path.cwd())
        for line in report_lines(
            comparison,
            language=self.language,
            refused_file=refused_file,
            dry_run=self.dry_run,
        ):
            typer.echo(line, err=self.as_json)
        if self.as_json:
            named = str(refused_file) if refused_file else None
            typer.echo(json.dumps({**comparison.counts(), "refused_file": named}))
        raise typer.Exit(SOME_REFUSED if plan.refused_rows else ALL_IN)


def _stopped(code: str, language: str) -> typer.Exit:
    from sync_server.import_stopped import ImportStopped

    return stop(ImportStopped(code).told(language))


def class_or_exit(database: Database, code: str) -> dict[str, Any]:
    from gis.problems import nearest
    from sync_server.import_stopped import NameUnknown
    from sync_server.imports import asset_class_called, class_codes

    found = asset_class_called(database, code)
    if found is None:
        known = class_codes(database)
        guess = nearest(code, among=known)
        raise NameUnknown("no_class", code=code, known=", ".join(known), nearest=guess)
    return found


@contextmanager
def _opened(settings: ServerSettings, *, dry_run: bool) -> Iterator[Database]:
    """The database, brought to this version's tables; a dry run neither makes nor changes one."""
    url = as_it_stands(settings.url)
    database = open_database(url) if dry_run else database_or_exit(settings, made=True)
    try:
        yield database
    finally:
        database.close()


def as_it_stands(url: str) -> str:
    """The database, or an empty one in memory where there is none: neither made nor changed."""
    parsed = make_url(url)
    there = parsed.get_backend_name() != "sqlite" or Path(parsed.database or "").exists()
    return url if there else "sqlite://"


@contextmanager
def _progress() -> Iterator[Any]:
    """Progress on a terminal, on the error channel; silent elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:

        def steps(description: str, total: int | None) -> Any:
            task = progress.add_task(description, total=total)
            return lambda: progress.advance(task)

        yield steps


def _language(asked: str | None) -> str:
    if asked not in (None, "fr", "en"):
        raise typer.BadParameter("fr or en / fr ou en", param_hint="--language")
    return language_of(asked, os.environ)
