"""`voirie tablet`: one tablet, in this machine's browser."""

import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from asset_model.errors import Refused
from asset_model.ids import uuid7
from field_app import tablet_commands

if TYPE_CHECKING:
    from socket import socket

    from field_app.settings import TabletSettings
    from field_app.station import Station

RANDOM = SystemRandom()
ENROL_TRIES, ENROL_PAUSE_S = 40, 0.5


def register(app: typer.Typer, asked: str = "") -> None:
    """Registers `voirie tablet`, unless another command is asked for."""
    if asked not in ("", "tablet"):
        return
    group = typer.Typer(callback=tablet, invoke_without_command=True)
    tablet_commands.add_to(group)
    app.add_typer(group, name="tablet")


def tablet(
    context: typer.Context,
    server: Annotated[
        str | None, typer.Option(help="The server's address (VOIRIE_SERVER).")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="The tablet's own folder (VOIRIE_TABLET_DATA).")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port of the screens, on loopback (VOIRIE_TABLET_PORT).")
    ] = None,
    enrol: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Enrol with this code first, or anew."),
    ] = None,
) -> None:
    """Run a tablet until Ctrl-C: it works with or without the server.

    Exit codes: 0 ended; 1 the server refused the enrolment; 2 the settings cannot be used.
    """
    if context.invoked_subcommand is not None:
        context.obj = tablet_commands.Surroundings(clock, os.environ)
        return
    from field_app.tablet import run

    settings, held = _held_or_exit({"server": server, "data": data, "port": port})
    with held, _listening_or_exit(settings.port) as listener:
        station = _opened_or_exit(settings)
        if enrol is not None:
            _enrol_or_exit(station, enrol)
        typer.echo(f"Voirie tablet: http://127.0.0.1:{listener.getsockname()[1]}/")
        run(station, listener)


def _held_or_exit(given: Mapping[str, Any]) -> tuple["TabletSettings", IO[Any]]:
    """The settings, and the hold on their data folder."""
    from field_app.settings import BadSettings, read_settings
    from field_app.store.holding import FolderInUse, hold

    try:
        settings = read_settings(given, os.environ)
        return settings, hold(settings.data)
    except BadSettings as error:
        raise _stop(f"The settings cannot be used:\n{error}") from None
    except FolderInUse as folder:
        raise _stop(
            f"A tablet is already running in {folder}."
            " Stop it, or choose another --data (VOIRIE_TABLET_DATA)."
        ) from None
    except OSError as error:
        raise _stop(
            f"The folder {error.filename} cannot be used: {error.strerror}."
            " Choose another --data (VOIRIE_TABLET_DATA)."
        ) from None


def _opened_or_exit(settings: "TabletSettings") -> "Station":
    from sqlalchemy.exc import SQLAlchemyError

    from field_app.tablet import open_station

    try:
        return open_station(settings, clock=clock, new_id=new_id, random=RANDOM)
    except (SQLAlchemyError, OSError, ValueError, TypeError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise _stop(
            f"The tablet's folder {settings.data} cannot be opened: {reason}.\n"
            f"Save what it has not sent yet: voirie tablet export --data {settings.data}\n"
            f"Then see what is wrong: voirie tablet doctor --data {settings.data}"
        ) from None


def _listening_or_exit(port: int) -> "socket":
    from field_app.tablet import listen

    try:
        return listen(port)
    except OSError as error:
        raise _stop(
            f"Cannot listen on 127.0.0.1:{port}: {error.strerror}."
            " Choose another --port (VOIRIE_TABLET_PORT)."
        ) from None


def _stop(words: str, *, code: int = 2) -> typer.Exit:
    """Say why, on the error stream, and end with `code`."""
    typer.echo(words, err=True)
    return typer.Exit(code)


def clock() -> datetime:
    return datetime.now(UTC)


def new_id() -> str:
    return uuid7(clock(), RANDOM)


def _enrol_or_exit(station: "Station", code: str) -> None:
    """Asks again for a while where nobody answers: the server may be starting as well.

    A tablet that was let in before asks once, and goes on as it was: the code may be the one that
    it came with.
    """
    for left in reversed(range(ENROL_TRIES)):
        try:
            station.enrol(code)
        except Refused as refused:
            if station.enrolled:
                typer.echo(f"Not enrolled anew: {refused.sentence('en')}", err=True)
                return
            if refused.code == "server_unreachable" and left:
                time.sleep(ENROL_PAUSE_S)
                continue
            station.stop()
            raise _stop(refused.sentence("en"), code=1) from None
        return
