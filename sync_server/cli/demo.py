"""`voirie demo`: a small town, the server and one tablet, on this machine."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from asset_model.database import Database
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import clock, database_or_exit, settings_or_exit
from sync_server.demo import DemoTown, fill_town
from sync_server.enrolment import new_code
from sync_server.settings import ServerSettings


def demo(
    generate_only: Annotated[
        bool, typer.Option("--generate-only", help="Fill the database and stop.")
    ] = False,
    database: DatabaseOption = None,
    data: DataOption = None,
    port: Annotated[int | None, typer.Option(help="The server's port.")] = None,
    tablet_port: Annotated[int, typer.Option(help="The tablet's port.")] = 8501,
) -> None:
    """Fill a small town, run the server and one tablet, and say where to look. Ctrl-C stops all."""
    settings = settings_or_exit(database=database, data=data, port=port)
    opened = database_or_exit(settings)
    town = fill_town(opened, now=clock())
    typer.echo(f"The town of {town.name} is ready: {settings.url_shown}")
    if generate_only:
        return
    code = _tablet_code(opened, town, settings.data / "tablet")
    opened.close()
    raise typer.Exit(_run_both(settings, town, code, tablet_port))


def _tablet_code(database: Database, town: DemoTown, folder: Path) -> str | None:
    """A code for the demo's tablet, unless its folder is enrolled from an earlier run."""
    if (folder / "device.json").exists():
        return None
    with database.writing() as session:
        return new_code(session, town.tablet, now=clock(), lifetime=timedelta(hours=24))


def _run_both(settings: ServerSettings, town: DemoTown, code: str | None, tablet_port: int) -> int:
    """Both processes until either ends or Ctrl-C; neither outlives this one."""
    address = f"http://{settings.host}:{settings.port}"
    own = ["--data", str(settings.data)]
    server = _voirie("serve", *own, "--database", settings.url, "--port", str(settings.port))
    enrol = ["--enrol", code] if code else []
    tablet_folder = ["--data", str(settings.data / "tablet")]
    tablet = _voirie(
        "tablet", "--server", address, *tablet_folder, "--port", str(tablet_port), *enrol
    )
    _say(town, address, f"http://127.0.0.1:{tablet_port}")
    processes = (server, tablet)
    try:
        return _first_to_end(processes)
    except KeyboardInterrupt:
        return 0
    finally:
        _end(processes)
        typer.echo("Stopped. The town stays in " + str(settings.data))


def _voirie(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "asset_model.command_line", *arguments])


def _first_to_end(processes: tuple[subprocess.Popen[bytes], ...]) -> int:
    while True:
        for process in processes:
            try:
                return process.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                continue


def _end(processes: tuple[subprocess.Popen[bytes], ...]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _say(town: DemoTown, office: str, tablet: str) -> None:
    typer.echo(f"\n  The office (foremen): {office}/office/")
    typer.echo(f"  The tablet ({town.tablet.device_code}): {tablet}/\n")
    typer.echo("  Who can sign in, and their PIN:")
    for person in town.people:
        there = person.crew is not None and person.crew == town.tablet.crew_id
        where = "office and tablet" if there else "office"
        crew = person.crew_name or "–"
        typer.echo(f"    {person.pin}  {person.name:<24} {person.role:<14} {crew:<22} {where}")
    typer.echo(
        "\n  To try: dispatch an order to the tablet's crew at the office; see it arrive on the"
        "\n  tablet; stop the server (the tablet works on); finish the order; start again with"
        "\n  `make demo`: the work arrives, once. Ctrl-C stops everything.\n"
    )
