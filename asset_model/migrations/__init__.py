"""Migrations of the shared tables, and the way every database of ours is upgraded.

Shared tables are written once, in the branch `model` here; the tablet and the server each add a
branch for tables of their own. An upgrade brings all branches to their heads in one transaction.
"""

from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, func, select

from asset_model.base import Base

UPGRADING = 0x766F6972
"""The key of PostgreSQL's advisory lock, which no other program should use: "voir"."""


def configuration(own_versions: str) -> Config:
    """Alembic's settings for the shared branch and the one at `own_versions` (package:folder)."""
    package, folder = own_versions.split(":")
    places = [_folder("asset_model", "migrations/versions"), _folder(package, folder)]
    config = Config()
    config.set_main_option("script_location", str(_folder("asset_model", "migrations")))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, places)))
    return config


def upgrade(
    engine: Engine, own_versions: str, own_metadata: MetaData, *, to: str = "heads"
) -> None:
    """Upgrade the database to `to`, all or nothing."""
    with engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        upgrade_within(connection, own_versions, own_metadata, to=to)


def upgrade_within(
    connection: Connection, own_versions: str, own_metadata: MetaData, *, to: str = "heads"
) -> None:
    """Upgrade to `to` in the caller's transaction."""
    in_turn(connection)
    config = configuration(own_versions)
    config.attributes["metadata"] = [Base.metadata, own_metadata]
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def in_turn(connection: Connection) -> None:
    """Until this transaction ends, nobody else upgrades: several servers may start at once.

    SQLite's writers wait for each other by themselves.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(UPGRADING)))


def _folder(package: str, inner: str) -> Path:
    return Path(str(files(package))) / inner
