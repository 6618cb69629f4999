"""`voirie tiles`: draw the base map that tablets carry."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from asset_model.findings import language_of
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, opened_or_exit, settings_or_exit, stop

if TYPE_CHECKING:
    from sync_server.basemap.building import Report, Told


def build(
    district: Annotated[
        str | None, typer.Option(metavar="CODE", help="The packs of this district alone.")
    ] = None,
    anew: Annotated[bool, typer.Option("--all", help="Draw also what has not changed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Draw what has changed on the map, and make the packs that tablets fetch.

    Exit codes: 0 made; 2 there is no such district, what draws is not installed, or the database
    cannot be opened.
    """
    try:
        from sync_server.basemap.building import build as build_packs
    except ModuleNotFoundError as missing:
        raise stop(
            f"Drawing tiles needs {missing.name}: install the extra tiles (voirie[tiles])."
        ) from None
    folder = settings_or_exit(database=database, data=data).base_map
    spoken = language_of(language, os.environ)
    with opened_or_exit(database, data, spoken) as opened, _progress() as told:
        report = build_packs(opened, folder, now=clock(), district=district, anew=anew, told=told)
    if as_json:
        typer.echo(json.dumps(asdict(report), ensure_ascii=False))
    else:
        _say(report)


def _say(report: "Report") -> None:
    typer.echo(
        f"{report.tiles_drawn} tiles drawn ({report.blocks_drawn} of {report.blocks} blocks);"
        f" {len(report.packs)} packs made, {report.packs_same} as they were"
    )
    for pack in report.packs:
        typer.echo(f"  {pack}")


@contextmanager
def _progress() -> Iterator["Told"]:
    """A bar where somebody watches; blocks of 4 by 4 tiles."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("blocks", total=None)
        yield lambda step: progress.update(task, completed=step.done, total=step.total)
