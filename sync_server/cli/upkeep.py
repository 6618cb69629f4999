"""`voirie readings`: the groups of commands of upkeep."""

import typer

from sync_server.cli import readings, readings_review


def register(app: typer.Typer) -> None:
    of_readings = typer.Typer(no_args_is_help=True, help="Readings of meters: imports and review.")
    of_readings.command("import")(readings.import_readings)
    of_readings.command("queue")(readings_review.queue)
    of_readings.command("review")(readings_review.review)
    app.add_typer(of_readings, name="readings")
