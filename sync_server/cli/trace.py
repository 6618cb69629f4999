"""`voirie trace`: what drains to a place of the sewers, or where its water goes."""

import json
import os
from dataclasses import asdict
from typing import Annotated

import typer

from asset_model.errors import Refused
from asset_model.findings import language_of
from asset_model.network.sewers import course
from asset_model.network.stored import SEWERS, read_network
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import settings_or_exit, stop, untouched_or_exit


def trace(
    asset: Annotated[str, typer.Argument(help="Tag of the pipe or node.")],
    upstream: Annotated[
        bool, typer.Option("--upstream/--downstream", help="What drains here, or where it goes.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    language: Annotated[
        str | None, typer.Option("--lang", metavar="fr|en", help="Of refusals.")
    ] = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Trace the sewers from a pipe or a node: pipes in order, then the nodes where it ends.

    Exit codes: 0 told; 2 the tag is not of the sewers, or the database cannot be read.
    """
    settings = settings_or_exit(database=database, data=data)
    opened = untouched_or_exit(settings)
    try:
        with opened.reading() as session:
            network = read_network(session, systems=SEWERS).network
        found = course(network, asset, "upstream" if upstream else "downstream")
    except Refused as refused:
        raise stop(refused.sentence(language_of(language, os.environ))) from None
    finally:
        opened.close()
    if as_json:
        typer.echo(json.dumps({"asset": asset, **asdict(found)}, ensure_ascii=False))
        return
    for pipe in found.pipes:
        typer.echo(pipe)
    typer.echo(f"→ {', '.join(found.ends)}")
