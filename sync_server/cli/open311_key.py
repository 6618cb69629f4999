"""`voirie open311-key`: keys with which programs hand in reports at `/open311/v2`."""

from datetime import timedelta
from typing import Annotated

import typer

from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import clock, opened_or_exit, stop


def open311_key(
    name: Annotated[
        str | None, typer.Argument(help="Whose key it is; without it, keys are listed.")
    ] = None,
    days: Annotated[int | None, typer.Option(min=1, help="It ends after so many days.")] = None,
    end: Annotated[bool, typer.Option("--end", help="End the key of this name.")] = False,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Make a key to send requests at /open311/v2, and show it once; one of the same name ends."""
    from sync_server.open311 import keys

    now = clock()
    with opened_or_exit(database, data) as opened, opened.writing() as session:
        if name is None:
            for key in keys.keys(session):
                ends = f"  until {key.expires_at:%Y-%m-%d}" if key.expires_at else ""
                typer.echo(f"{key.name:<24}  since {key.made_at:%Y-%m-%d}{ends}")
            return
        if end:
            if not keys.end_key(session, name):
                raise stop(f"There is no key {name!r}. `voirie open311-key` lists them.")
            typer.echo(f"The key {name} has ended.")
            return
        until = now + timedelta(days=days) if days else None
        secret = keys.make_key(session, name, now=now, expires_at=until)
    typer.echo(secret)
    typer.echo("It is not shown again. Requests are sent with it as api_key.", err=True)
