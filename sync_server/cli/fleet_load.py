"""`voirie fleet load`: the garage's and the office's lists, from CSV files."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from asset_model.findings import language_of
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, new_id, opened_or_exit, stop

SOME_REFUSED = 1
WORDS = {
    "done": (
        "{new} new, {changed} changed, {there} there already, {refused} refused.",
        "{new} nouveau(x), {changed} modifié(s), {there} déjà là, {refused} refusé(s).",
    ),
    "line": ("line {line}: {why}", "ligne {line}\u00a0: {why}"),
}


def load(
    kind: Annotated[str, typer.Argument(help="rates, invoices, storage, brakes or sheets.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV file.")],
    author: Annotated[str, typer.Option("--by", help="Whose word it is: a person's name.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check it, and keep nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Keep what a list says; a file that is loaded twice makes nothing twice.

    Exit codes: 0 every row was kept; 1 some were refused, and are named; 2 the file, its kind or
    the person cannot be used.
    """
    from sync_server.fleet_load import loading
    from sync_server.fleet_load.lists import LISTS

    spoken = language_of(language, os.environ)
    if kind not in LISTS:
        raise stop(f"There is no list of the kind {kind}. Known: {', '.join(LISTS)}.")
    with opened_or_exit(database, data, spoken) as opened:
        try:
            told = loading.load(
                opened, kind, file.read_bytes(), author=author, now=clock(), new_id=new_id,
                dry_run=dry_run,
            )  # fmt: skip
        except LookupError:
            raise stop(f"Nobody named {author} works here.") from None
    refused = [{"line": line, "why": why.sentence(spoken)} for line, why in told.refused]
    counts = {"new": told.new, "changed": told.changed, "there": told.there}
    if as_json:
        typer.echo(json.dumps({**counts, "refused": refused}, ensure_ascii=False))
    else:
        french = spoken == "fr"
        for each in refused:
            typer.echo(WORDS["line"][french].format(**each))
        typer.echo(WORDS["done"][french].format(**counts, refused=len(refused)))
    raise typer.Exit(SOME_REFUSED if refused else 0)
