"""What every server command begins with: settings, an upgraded database, a clock, ids."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from typing import Any

import typer
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from asset_model.database import Database, open_database
from asset_model.errors import Refused
from asset_model.ids import uuid7
from sync_server import feed
from sync_server.cli.saying import said, terminal_language
from sync_server.photo_depot import Depot, open_depot
from sync_server.schema import migrate
from sync_server.settings import BadSettings, ServerSettings, read_settings

BAD_USAGE = 2

_chance = SystemRandom()


def clock() -> datetime:
    return datetime.now(UTC)


def new_id() -> str:
    return uuid7(clock(), _chance)


def settings_or_exit(**given: Any) -> ServerSettings:
    try:
        return read_settings(**given)
    except BadSettings as error:
        raise stop(said("settings", why=error)) from None


def is_no_ctrl_c(record: logging.LogRecord) -> bool:
    """SQLAlchemy logs Ctrl-C amid the closing of a connection as an error, and passes it on."""
    return not (record.exc_info and record.exc_info[0] is KeyboardInterrupt)


def database_or_exit(settings: ServerSettings, *, made: bool = False) -> Database:
    """The database of the settings, upgraded; a plain word and exit code 2 where it cannot be.

    `made`: where there is none, it is. Else a slip in the name of a folder would look like a town
    without work.
    """
    told = logging.StreamHandler()
    told.addFilter(is_no_ctrl_c)
    form = "%(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.WARNING, format=form, handlers=[told])
    if not made:
        _there_or_exit(settings)
    try:
        if settings.url.startswith("sqlite") and not settings.database:
            settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        database = open_database(settings.url)
        migrate(database)
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise stop(said("database", url=settings.url_shown, why=reason)) from None
    return database


@contextmanager
def opened_or_exit(
    database: str | None, data: Path | None, spoken: str | None = None
) -> Iterator[Database]:
    """The upgraded database while a command works; a refusal ends the command in its own words."""
    opened = database_or_exit(settings_or_exit(database=database, data=data))
    try:
        yield opened
    except Refused as refused:
        raise stop(refused.sentence(spoken or terminal_language())) from None
    finally:
        opened.close()


def untouched_or_exit(settings: ServerSettings) -> Database:
    """The database as it stands, not upgraded; exit code 2 where there is none."""
    _there_or_exit(settings)
    database = open_database(settings.url)
    try:
        with database.reading() as session:
            feed.state(session)
    except (SQLAlchemyError, sqlite3.Error) as error:
        database.close()
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise stop(said("not_ours", url=settings.url_shown, why=reason)) from None
    return database


def _there_or_exit(settings: ServerSettings) -> None:
    file = make_url(settings.url).database or ""
    if settings.url.startswith("sqlite") and not Path(file).is_file():
        raise stop(said("no_database", url=settings.url_shown))


def depot_or_exit(settings: ServerSettings) -> Depot:
    """Where the settings say that photos are kept; a plain word and exit code 2 where it cannot."""
    try:
        return open_depot(settings.photos, settings.data)
    except ModuleNotFoundError as missing:
        raise stop(said("no_bucket", name=missing.name)) from None
    except OSError as error:
        raise stop(said("photos", why=error)) from None


def stop(words: str, *, code: int = BAD_USAGE) -> typer.Exit:
    """Say why, on the error stream, and end with `code`."""
    typer.secho(words, fg=typer.colors.RED, err=True)
    return typer.Exit(code)
