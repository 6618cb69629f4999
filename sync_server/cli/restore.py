"""`voirie restore`: an archive of `voirie backup` becomes the server's database."""

import sqlite3
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from asset_model.database import open_database
from sync_server import high_water
from sync_server.archive import Archive, BadArchive, open_archive
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import clock, depot_or_exit, settings_or_exit, stop
from sync_server.cli.saying import said, say, terminal_language
from sync_server.restore import NotEmpty
from sync_server.restore import restore as fill
from sync_server.settings import ServerSettings

ASIDE = ("", "-wal", "-shm")
"""What belongs to a SQLite file."""


def restore(
    file: Annotated[Path, typer.Argument(metavar="ARCHIVE", help="Made by `voirie backup`.")],
    database: DatabaseOption = None,
    data: DataOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace what the database holds. It is gone then.")
    ] = False,
) -> None:
    """Fill the database from a backup, all or nothing. Stop the server first.

    The archive is checked to its last byte before anything is touched. It may come from SQLite and
    go to PostgreSQL, or the reverse. Tablets then bring back, by themselves and once, what they had
    sent since the backup was made.

    Exit codes: 0 restored; 2 nothing was changed.
    """
    settings = settings_or_exit(database=database, data=data)
    try:
        archive = open_archive(file)
        _restore(archive, settings, force=force)
    except BadArchive as bad:
        raise stop(said("unchanged", why=f"{bad.told(terminal_language())}.")) from None
    except NotEmpty:
        raise stop(said("in_use", url=settings.url_shown)) from None
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise stop(said("unchanged", why=reason)) from None
    _told(archive)


def _restore(archive: Archive, settings: ServerSettings, *, force: bool) -> None:
    aside = _damaged_file_aside(settings, force=force)
    try:
        opened = open_database(settings.url)
        try:
            photos = depot_or_exit(settings)
            fill(archive, opened, epoch=str(uuid4()), force=force, photos=photos)
            high_water.note(opened, settings.data)
        finally:
            opened.close()
    except BaseException:
        _put_back(aside)
        raise
    if aside:
        say("kept_aside", file=next(iter(aside)), err=True)


def _damaged_file_aside(settings: ServerSettings, *, force: bool) -> dict[Path, Path]:
    """Where a file that SQLite cannot use was put, by where it was; it may be asked for later."""
    url = make_url(settings.url)
    if url.get_backend_name() != "sqlite":
        return {}
    place = Path(url.database or "")
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not place.exists() or not force or not _damaged(place):
        return {}
    stamp = f"damaged-{clock():%Y%m%d-%H%M%S}"
    moved = {}
    for ending in ASIDE:
        part = place.with_name(place.name + ending)
        if part.exists():
            kept = place.with_name(f"{place.name}.{stamp}{ending}")
            moved[part.replace(kept)] = part
    return moved


def _put_back(aside: dict[Path, Path]) -> None:
    """As it was, without what the failed attempt left beside it: a log belongs to one file."""
    for place in aside.values():
        for ending in ASIDE[1:]:
            place.with_name(place.name + ending).unlink(missing_ok=True)
    for kept, place in aside.items():
        kept.replace(place)


def _damaged(file: Path) -> bool:
    connection = sqlite3.connect(file)
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)])
    except sqlite3.DatabaseError:
        return True
    finally:
        connection.close()


def _told(archive: Archive) -> None:
    told = archive.manifest
    say(
        "restored", made_at=told.made_at, position=told.position, rows=sum(told.rows.values()),
        photos=len(told.photos),
    )  # fmt: skip
    say("history")
