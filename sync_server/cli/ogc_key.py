"""`voirie ogc-key`: keys with which GIS programs read the town's layers at `/ogc`."""

from datetime import timedelta
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from asset_model.vocabulary import Role
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import clock, opened_or_exit, stop
from sync_server.tables import OgcKey


def ogc_key(
    name: Annotated[
        str | None, typer.Argument(help="Whose key it is; without it, keys are listed.")
    ] = None,
    layer: Annotated[
        list[str] | None,
        typer.Option("--layer", metavar="CODE", help="Only this layer; repeat it."),
    ] = None,
    role: Annotated[
        Role, typer.Option(help="What it may see: a foreman's shows the names of people.")
    ] = Role.AUDITOR,
    days: Annotated[int | None, typer.Option(min=1, help="It ends after so many days.")] = None,
    end: Annotated[bool, typer.Option("--end", help="End the key of this name.")] = False,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Make a key to read layers at /ogc, and show it once; one of the same name ends."""
    from sync_server.layers.sight import SEE_PEOPLE
    from sync_server.ogc import keys

    now = clock()
    with opened_or_exit(database, data) as opened, opened.writing() as session:
        if name is None:
            _list(keys.keys(session))
            return
        if end:
            if not keys.end_key(session, name):
                raise stop(f"There is no key {name!r}. `voirie ogc-key` lists them.")
            typer.echo(f"The key {name} has ended.")
            return
        _check_layers(session, layer)
        until = now + timedelta(days=days) if days else None
        secret = keys.make_key(session, name, role=role, layers=layer, now=now, expires_at=until)
    typer.echo(secret)
    if role in SEE_PEOPLE:
        typer.echo("It shows the names of people and what they wrote.", err=True)
    typer.echo("It is not shown again. In QGIS: WFS / OGC API, basic authentication.", err=True)


def _check_layers(session: Session, codes: list[str] | None) -> None:
    from sync_server.layers.every import layers_of
    from sync_server.layers.sight import Sight

    if codes is None:
        return
    known = [each.code for each in layers_of(session, Sight(people=False))]
    for code in codes:
        if code not in known:
            raise stop(f"There is no layer “{code}” here. There are: {', '.join(known) or '–'}.")


def _list(found: list[OgcKey]) -> None:
    if not found:
        typer.echo("No key yet. Make one: voirie ogc-key QGIS")
    for key in found:
        typer.echo(_row(key))


def _row(key: OgcKey) -> str:
    ends = f"  until {key.expires_at:%Y-%m-%d}" if key.expires_at else ""
    return f"{key.name:<20}  {key.role:<14}  {key.layers or '(all layers)'}{ends}"
