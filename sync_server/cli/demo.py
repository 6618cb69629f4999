"""`voirie demo`: a small town, the server and one tablet, on this machine."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from asset_model.database import Database
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.demo_processes import Fleet
from sync_server.cli.demo_words import WORDS
from sync_server.cli.opening import clock, database_or_exit, settings_or_exit, stop
from sync_server.cli.saying import said, say
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
    say("filling", of=WORDS)
    with _ended_at_once():
        opened = database_or_exit(settings, made=True)
        try:
            town = fill_town(opened, now=clock())
        except OtherTown:
            raise stop(said("other_town", of=WORDS)) from None
        say("ready", of=WORDS, name=town.name, url=settings.url_shown)
        code = None if generate_only else _tablet_code(opened, town, settings.data / "tablet")
        opened.close()
    if generate_only:
        return
    fleet = Fleet(settings, tablet_port, code)
    raise typer.Exit(fleet.run(announce=lambda: _say(town, fleet)))


@contextmanager
def _ended_at_once() -> Iterator[None]:
    """Ctrl-C ends it amid whichever statement: databases bear that, and nothing else runs yet."""
    heeded = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heeded)


def _free_or_exit(port: int, option: str) -> None:
    """Said before the town is filled; the processes would say it late, and each in its words."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            why = error.strerror
            raise stop(said("port", of=WORDS, port=port, why=why, option=option)) from None


def _tablet_code(database: Database, town: DemoTown, folder: Path) -> str | None:
    """A code for the demo's tablet, unless its folder is enrolled from an earlier run."""
    if (folder / "device.json").exists():
        return None
    with database.writing() as session:
        return new_code(session, town.tablet, now=clock(), lifetime=timedelta(hours=24))


def _say(town: DemoTown, fleet: Fleet) -> None:
    say("office", of=WORDS, at=fleet.office)
    say("tablet", of=WORDS, code=town.tablet.device_code, at=fleet.tablet)
    say("public", of=WORDS, at=fleet.public)
    say("mailbox", of=WORDS, at=fleet.mailbox)
    say("people", of=WORDS)
    for person in town.people:
        there = person.crew_name == town.people[0].crew_name
        where = said("both" if there else "office_only", of=WORDS)
        crew = person.crew_name or "–"
        typer.echo(f"    {person.pin}  {person.name:<24} {person.role:<14} {crew:<22} {where}")
    say("try", of=WORDS, pid=fleet.server_pid)
