"""Bringing a tablet's database to this version's tables, with its outbox kept."""

from asset_model import bounds
from asset_model.database import Database
from asset_model.migrations import upgrade
from field_app.store import asset_words
from field_app.store.local import LocalBase

VERSIONS = "field_app:store/migrations"


def migrate(database: Database, *, to: str = "heads") -> None:
    upgrade(database.engine, VERSIONS, LocalBase.metadata, to=to)
    with database.writing() as session:
        bounds.lay(session.connection())
        asset_words.lay(session.connection())
