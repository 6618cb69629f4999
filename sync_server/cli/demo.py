"""`voirie demo`: a small town, the server and one tablet, on this machine."""

import socket
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from asset_model.database import Database
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.demo_processes import Fleet
from sync_server.cli.opening import clock, database_or_exit, settings_or_exit, stop
from sync_server.demo import DemoTown, OtherTown, fill_town
from sync_server.enrolment import new_code


def demo(
    generate_only: Annotated[
        bool, typer.Option("--generate-only", help="Fill the database and stop.")
    ] = False,
    database: DatabaseOption = None,
    data: DataOption = None,
    port: Annotated[
        int | None, typer.Option(help="The server's port (VOIRIE_PORT); else 8000.")
    ] = None,
    tablet_port: Annotated[int, typer.Option(help="The tablet's port.")] = 8501,
) -> None:
    """Fill a small town, run the server and one tablet, and say where to look. Ctrl-C stops all."""
    settings = settings_or_exit(database=database, data=data, port=port)
    if not generate_only:
        _free_or_exit(settings.port, "--port (VOIRIE_PORT)")
        _free_or_exit(tablet_port, "--tablet-port")
    typer.echo("Filling the town, or finding it filled…")
    opened = database_or_exit(settings, made=True)
    try:
        town = fill_town(opened, now=clock())
    except OtherTown as other:
        raise stop(str(other)) from None
    typer.echo(f"The town of {town.name} is ready: {settings.url_shown}")
    if generate_only:
        return
    code = _tablet_code(opened, town, settings.data / "tablet")
    opened.close()
    fleet = Fleet(settings, tablet_port, code)
    raise typer.Exit(fleet.run(announce=lambda: _say(town, fleet)))


def _free_or_exit(port: int, option: str) -> None:
    """Said before the town is filled; the processes would say it late, and each in its words."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise stop(
                f"Port {port} cannot be used: {error.strerror}. Choose another {option}."
            ) from None


def _tablet_code(database: Database, town: DemoTown, folder: Path) -> str | None:
    """A code for the demo's tablet, unless its folder is enrolled from an earlier run."""
    if (folder / "device.json").exists():
        return None
    with database.writing() as session:
        return new_code(session, town.tablet, now=clock(), lifetime=timedelta(hours=24))


def _say(town: DemoTown, fleet: Fleet) -> None:
    typer.echo(f"\n  The office (foremen): {fleet.office}")
    typer.echo(f"  The tablet ({town.tablet.device_code}): {fleet.tablet}")
    typer.echo(f"  The citizens' page: {fleet.public}")
    typer.echo(f"  Letters to citizens, which go no further: {fleet.mailbox}\n")
    typer.echo("  Who can sign in, and their PIN:")
    for person in town.people:
        there = person.crew_name == town.people[0].crew_name
        where = "office and tablet" if there else "office"
        crew = person.crew_name or "–"
        typer.echo(f"    {person.pin}  {person.name:<24} {person.role:<14} {crew:<22} {where}")
    typer.echo(
        "\n  To try: as a foreman at the office, dispatch an order to the tablet's crew; see it"
        f"\n  arrive on the tablet. Stop the server alone: kill {fleet.server_pid}"
        "\n  The tablet works on: finish the order. Ctrl-C, `make demo` again: it arrives, once."
        "\n  Ctrl-C stops everything.\n"
    )
