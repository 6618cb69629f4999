"""A server that was told of what stands on the ground."""

from pathlib import Path

from asset_model.assets import Asset
from asset_model.database import Database, open_database
from sync_server import desk
from sync_server.schema import migrate
from tests.sync import town


def served(folder: Path, *assets: Asset) -> Database:
    """A server in its data folder, which was told of the assets."""
    folder.mkdir(exist_ok=True)
    database = open_database(f"sqlite:///{folder / 'server.sqlite'}")
    migrate(database)
    new_id = town.ids(5, town.Clock())
    with database.writing() as session:
        changes = [desk.inserted(asset, new_id=new_id) for asset in assets]
        desk.write(session, changes, now=town.START, new_id=new_id)
    return database
