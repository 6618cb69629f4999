"""Bringing the server's database to this version's tables."""

from uuid import uuid4

from sqlalchemy import select

import sync_server.intake.tables
import sync_server.notices.tables
import sync_server.retention_table
import sync_server.routing.tables
import sync_server.upkeep_tables  # noqa: F401 -- as of intake: the server's as well
from asset_model import bounds
from asset_model.database import Database
from asset_model.migrations import in_turn, upgrade
from sync_server.feed import begin_history
from sync_server.older_matters import raise_missing
from sync_server.tables import ServerBase, ServerState

VERSIONS = "sync_server:migrations"


def migrate(database: Database) -> None:
    """Upgrade the tables, shared ones and the server's own; a new database begins its history."""
    upgrade(database.engine, VERSIONS, ServerBase.metadata)
    with database.writing() as session:
        in_turn(session.connection())
        bounds.lay(session.connection())
        bounds.lay_unplaced(session.connection())
        if session.scalars(select(ServerState)).first() is None:
            begin_history(session, str(uuid4()))
        raise_missing(session)
