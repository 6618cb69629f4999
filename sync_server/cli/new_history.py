"""`voirie new-history`: say that the database is not what the tablets have known."""

from uuid import uuid4

import typer

from sync_server import feed, high_water
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import database_or_exit, settings_or_exit


def new_history(database: DatabaseOption = None, data: DataOption = None) -> None:
    """Begin a new history, after an older copy of the database was put back by hand.

    Tablets offer again what they sent in the last month, and read everything anew. Nothing is
    doubled; it may be done while the server runs.
    """
    settings = settings_or_exit(database=database, data=data)
    opened = database_or_exit(settings)
    with opened.writing() as session:
        feed.begin_history(session, str(uuid4()))
    high_water.note(opened, settings.data)
    opened.close()
    typer.echo("A new history begins. Each tablet hears of it at its next round.")
