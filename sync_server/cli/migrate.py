"""`voirie migrate`: bring the server's database to this version."""

from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import database_or_exit, settings_or_exit
from sync_server.cli.saying import say


def migrate(database: DatabaseOption = None, data: DataOption = None) -> None:
    """Create or upgrade the server's tables, all or nothing."""
    settings = settings_or_exit(database=database, data=data)
    database_or_exit(settings, made=True).close()
    say("up_to_date")
