"""`voirie doctor`: what is wrong with this server, in plain words, and mending what can be."""

import json
import os
from typing import Annotated

import typer

from asset_model.findings import language_of, sentence, told
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, depot_or_exit, settings_or_exit, untouched_or_exit
from sync_server.doctor import examine
from sync_server.doctor_words import WORDS

HEALTHY, FINDINGS = 0, 1


def doctor(
    mend: Annotated[bool, typer.Option("--mend", help="Mend what can be mended.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Examine the server: its database, what waits, its devices, its disk. It may be running.

    Exit codes: 0 healthy; 1 something was found; 2 it cannot be examined.
    """
    settings = settings_or_exit(database=database, data=data)
    spoken = language_of(language, os.environ)
    opened = untouched_or_exit(settings)
    try:
        depot = depot_or_exit(settings)
        found = list(examine(opened, settings.data, now=clock(), depot=depot, mend=mend))
    finally:
        opened.close()
    if as_json:
        typer.echo(json.dumps(told(found, WORDS, spoken), ensure_ascii=False))
    else:
        for finding in found:
            typer.echo(("! " if finding.grave else "  ") + sentence(finding, WORDS, spoken))
        if not any(finding.grave for finding in found):
            typer.echo(WORDS["well"][spoken == "fr"])
    raise typer.Exit(FINDINGS if any(finding.grave for finding in found) else HEALTHY)
