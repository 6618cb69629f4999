"""`voirie isolate`: the valves to close around a break, and who is then without water."""

import json
import os
from typing import Annotated

import typer

from asset_model.errors import Refused
from asset_model.findings import language_of
from asset_model.network.printed import isolation_lines
from asset_model.network.report import Question, isolation_report
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import settings_or_exit, stop, untouched_or_exit


def isolate(
    asset: Annotated[str, typer.Argument(help="Tag of the pipe, valve, hydrant or node.")],
    at_m: Annotated[
        float | None,
        typer.Option("--at", metavar="METRES", min=0, help="Where on the pipe, from its start."),
    ] = None,
    broken_valve: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="A valve that does not hold or is not found; repeat it."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell which valves to close for a break, in order, and who is without water; change nothing.

    A valve that is broken or not found is no barrier: the next ring is told instead.

    Exit codes: 0 told; 2 a tag is not of the network, or the database cannot be read.
    """
    settings = settings_or_exit(database=database, data=data)
    spoken = language_of(language, os.environ)
    opened = untouched_or_exit(settings)
    question = Question(asset, at_m, tuple(broken_valve or ()))
    try:
        with opened.reading() as session:
            report = isolation_report(session, question)
    except Refused as refused:
        raise stop(refused.sentence(spoken)) from None
    finally:
        opened.close()
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        typer.echo("\n".join(isolation_lines(report, spoken)))
