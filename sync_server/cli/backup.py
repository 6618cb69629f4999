"""`voirie backup`: one file from which the whole server can be had again."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import SQLAlchemyError

from sync_server.backup import back_up
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import (
    clock,
    depot_or_exit,
    settings_or_exit,
    stop,
    untouched_or_exit,
)
from sync_server.cli.saying import said, say
from sync_server.table_history import NewerVersion


def backup(
    destination: Annotated[
        Path,
        typer.Argument(metavar="DEST", help="The file to write, or the folder to write it in."),
    ],
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Back the server up into one file, while it works: database and photos.

    The file holds the hashes of tokens and PINs; only you may read it.
    Exit codes: 0 the file is whole; 2 it could not be written.
    """
    settings = settings_or_exit(database=database, data=data)
    opened = untouched_or_exit(settings)
    now = clock()
    target = destination
    if destination.is_dir():
        target = destination / f"voirie-{now:%Y%m%d-%H%M%S}.zip"
    if target.exists():
        raise stop(said("there_already", file=target))
    try:
        manifest = back_up(opened, target, now=now, photos=depot_or_exit(settings))
    except NewerVersion as newer:
        raise stop(said("newer", tables=newer)) from None
    except OSError as error:
        raise stop(said("unwritable", file=target, why=error.strerror)) from None
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise stop(said("not_whole", why=reason)) from None
    finally:
        opened.close()
    say(
        "backed_up", file=target, rows=sum(manifest.rows.values()), photos=len(manifest.photos),
        bytes=target.stat().st_size, position=manifest.position,
    )  # fmt: skip
