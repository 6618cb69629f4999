"""`voirie webhooks`: other systems that are called when something happens to a report."""

import json
from typing import Annotated

import typer

from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import clock, opened_or_exit

Private = Annotated[
    bool, typer.Option("--private", help="It may be inside the town's own network.")
]
Name = Annotated[str, typer.Argument(help="Whose it is, in a word.")]


def add(
    name: Name,
    url: Annotated[str, typer.Argument(help="https://…")],
    event: Annotated[
        list[str] | None, typer.Option(help="Only this type; as often as wished. Else all.")
    ] = None,
    private: Private = False,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Call an address from now on, and show once the secret that signs each call."""
    from sync_server.notices import endpoints

    with opened_or_exit(database, data) as opened, opened.writing() as session:
        secret = endpoints.add(session, name, url, event or [], private=private, now=clock())
    typer.echo(secret)
    typer.echo("It is not shown again. Calls are signed as Standard Webhooks says.", err=True)


def answer_to(
    name: Annotated[str, typer.Argument(help="That of its key (`voirie open311-key`).")],
    url: Annotated[str, typer.Argument(help="Where its GeoReport begins: https://…/open311/v2")],
    jurisdiction: Annotated[
        str | None, typer.Option(help="Its jurisdiction_id, if it has one.")
    ] = None,
    private: Private = False,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell the system that hands reports on to us what becomes of them (servicerequestupdates).

    The api_key that it gave us is asked for, and stands in no history of commands.
    """
    from sync_server.notices import endpoints

    api_key = typer.prompt("api_key", hide_input=True, err=True).strip()
    with opened_or_exit(database, data) as opened, opened.writing() as session:
        endpoints.answer_to(
            session, name, url, api_key, jurisdiction=jurisdiction, private=private, now=clock()
        )
    typer.echo(f"{name} is told of the reports that it hands on.")


def listed(database: DatabaseOption = None, data: DataOption = None) -> None:
    """List the endpoints: what each is told, since when it fails, why it is called no more."""
    from sync_server.notices import endpoints

    with opened_or_exit(database, data) as opened, opened.reading() as session:
        for one in endpoints.every(session):
            state = "called"
            if one.disabled_at is not None:
                state = f"off since {one.disabled_at:%Y-%m-%d} {one.disabled_code or ''}".strip()
            elif one.failing_since is not None:
                state = f"failing since {one.failing_since:%Y-%m-%d %H:%M}"
            what = "Open311 updates" if one.open311 else one.events or "all events"
            typer.echo(f"{one.name:<20}  {one.url}  {what}  {state}")


def disable(name: Name, database: DatabaseOption = None, data: DataOption = None) -> None:
    """Call it no more. What waited for it is given up."""
    from sync_server.notices import endpoints

    with opened_or_exit(database, data) as opened, opened.writing() as session:
        endpoints.disable(session, name, code=None, now=clock())
    typer.echo(f"{name} is called no more.")


def enable(name: Name, database: DatabaseOption = None, data: DataOption = None) -> None:
    """Call it again. `voirie notices retry` sends what was given up meanwhile."""
    from sync_server.notices import endpoints

    with opened_or_exit(database, data) as opened, opened.writing() as session:
        endpoints.enable(session, name)
    typer.echo(f"{name} is called again.")


def rotate(name: Name, database: DatabaseOption = None, data: DataOption = None) -> None:
    """Make a new secret, and show it once; for a day the old one signs beside it."""
    from sync_server.notices import endpoints

    with opened_or_exit(database, data) as opened, opened.writing() as session:
        secret = endpoints.rotate(session, name, now=clock())
    typer.echo(secret)


def try_out(name: Name, database: DatabaseOption = None, data: DataOption = None) -> None:
    """Queue an event that says nothing; the running server sends it within seconds."""
    from sync_server.notices import endpoints

    with opened_or_exit(database, data) as opened, opened.writing() as session:
        endpoints.try_out(session, name, now=clock())
    typer.echo("Queued. `voirie notices list --all` says what became of it.")


def schema() -> None:
    """Print the JSON schema of what is sent."""
    from sync_server.notices.events import schema as known

    typer.echo(json.dumps(known(), ensure_ascii=False, indent=2))
