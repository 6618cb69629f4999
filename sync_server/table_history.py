"""The tables of a database that may be of an earlier version: which they are, and their columns."""

from collections.abc import Iterable
from typing import Any

from alembic.script import ScriptDirectory
from alembic.util import CommandError, to_tuple
from sqlalchemy import Column, Connection, MetaData, String, Table, column, inspect, select, table

from asset_model.base import Base
from asset_model.database import open_database
from asset_model.migrations import configuration, upgrade_within
from sync_server.schema import VERSIONS
from sync_server.tables import ServerBase

REVISIONS_TABLE = "alembic_version"


class NewerVersion(Exception):
    """The tables are of a revision that this version does not know."""


def our_tables() -> list[Table]:
    """Every table of a server of this version, the shared ones and its own."""
    return [*Base.metadata.sorted_tables, *ServerBase.metadata.sorted_tables]


def newest_revisions() -> tuple[str, ...]:
    """Those that a database of today stands at. What another one depends on goes unsaid: Alembic
    leaves it out.
    """
    scripts = _scripts()
    implied = {n for each in scripts.walk_revisions() for n in to_tuple(each.dependencies, ())}
    return tuple(sorted(set(scripts.get_heads()) - implied))


def revisions_of(connection: Connection) -> tuple[str, ...]:
    """The revisions the database stands at; none where it was never made."""
    if not inspect(connection).has_table(REVISIONS_TABLE):
        return ()
    told = connection.scalars(
        select(column("version_num", String)).select_from(table(REVISIONS_TABLE))
    )
    return tuple(sorted(told))


def check_known(revisions: Iterable[str]) -> None:
    """:raises NewerVersion: naming the first revision that is not ours"""
    scripts = _scripts()
    for revision in revisions:
        try:
            scripts.get_revision(revision)
        except CommandError:
            raise NewerVersion(revision) from None


def bring_to(connection: Connection, revisions: Iterable[str] = ("heads",)) -> None:
    """Upgrade to these revisions in the caller's transaction."""
    for revision in revisions:
        upgrade_within(connection, VERSIONS, ServerBase.metadata, to=revision)


def table_names_at(revisions: Iterable[str]) -> list[str]:
    """What a database of these revisions holds, learnt by making one."""
    model = open_database("sqlite://")
    try:
        with model.engine.begin() as connection:
            bring_to(connection, revisions)
            return sorted(set(inspect(connection).get_table_names()) - {REVISIONS_TABLE})
    finally:
        model.close()


def as_it_stands(connection: Connection, name: str) -> Table:
    """The table's columns, with our types for them: a database tells less of these than we know."""
    ours = {made.name: made for made in our_tables()}
    types: dict[str, Any] = {
        told["name"]: told["type"] for told in inspect(connection).get_columns(name)
    }
    if name in ours:
        types |= {each.name: each.type for each in ours[name].columns if each.name in types}
    return Table(name, MetaData(), *(Column(each, kind) for each, kind in types.items()))


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(configuration(VERSIONS))
