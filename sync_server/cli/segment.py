"""`voirie segment`: cutting a street or a pipe, and what a piece was part of."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from asset_model.errors import Refused
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import clock, database_or_exit, new_id, settings_or_exit, stop


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Cut streets and pipes.", no_args_is_help=True)
    group.command("split")(split)
    group.command("past")(past)
    app.add_typer(group, name="segment")


def split(
    tag: Annotated[str, typer.Argument(help="The street or pipe to cut.")],
    at: Annotated[list[float], typer.Option(metavar="METRES", help="Where; repeat it.")],
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Cut an asset at measures from its start: it is retired, and its pieces know what they were.

    Exit codes: 0 done; 2 there is no such asset, or a piece would have no length.
    """
    from sync_server import desk, segments

    opened = database_or_exit(settings_or_exit(database=database, data=data))
    try:
        with opened.writing() as session:
            changes = list(segments.split(session, tag, at, new_id=new_id))
            desk.write(session, changes, now=clock(), new_id=new_id)
    except Refused as refused:
        raise stop(refused.sentence("en")) from None
    finally:
        opened.close()
    for change in changes:
        if change.op == "insert":
            typer.echo(change.after["tag"])


def past(
    tag: Annotated[str, typer.Argument(help="The piece.")],
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell what an asset was part of, which stretch of it, and the work that was done there."""
    from sync_server import segments

    opened = database_or_exit(settings_or_exit(database=database, data=data))
    with opened.reading() as session:
        for older in segments.past(session, tag):
            typer.echo(json.dumps(asdict(older), ensure_ascii=False))
    opened.close()
