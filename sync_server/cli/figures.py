"""`voirie figures`: what units cost and how well they are kept, down to the records."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asset_model.findings import language_of
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, opened_or_exit, stop

if TYPE_CHECKING:
    from maintenance.figures.spans import Period


def figures(
    figure: Annotated[
        str | None, typer.Argument(help="Open this one: the records that make it.")
    ] = None,
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"])] = None,
    unit: Annotated[str | None, typer.Option(help="A unit's number; else the whole fleet.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Comma-separated, with a heading.")] = False,
    as_xml: Annotated[bool, typer.Option("--xml")] = False,
    output: Annotated[Path | None, typer.Option(help="A file instead of the screen.")] = None,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell cost, availability, MTBF, MTTR and plan compliance, each with its rule.

    Without dates it is the twelve months until yesterday. Exit codes: 0 told; 2 there is no such
    figure or unit, or the period cannot be used.
    """
    from sync_server.figures.giving import check_figure, given
    from sync_server.figures.sheet import work_out
    from sync_server.figures.table import record_lines, table

    spoken, now = language_of(language, os.environ), clock()
    forms = [name for name, on in (("json", as_json), ("csv", as_csv), ("xml", as_xml)) if on]
    if len(forms) > 1:
        raise stop("Choose one of --json, --csv and --xml.")
    with opened_or_exit(database, data, spoken) as opened:
        check_figure(figure)
        with opened.reading() as session:
            sheet = work_out(session, _period(first, last, now), now=now, unit=unit)
    if forms:
        text = given(sheet, forms[0], spoken, figure=figure)
    else:
        lines = record_lines(sheet, figure, spoken) if figure else table(sheet, spoken)
        text = "".join(f"{line}\n" for line in lines)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="")


def _period(first: datetime | None, last: datetime | None, now: datetime) -> "Period":
    from maintenance.due import TORONTO
    from maintenance.figures.spans import Period

    yesterday = now.astimezone(TORONTO).date() - timedelta(days=1)
    end = last.date() if last else yesterday
    return Period(first.date() if first else end - timedelta(days=364), end, TORONTO)
