"""`voirie readings`, `stock` and `campaign`: the groups of commands of upkeep."""

import typer

from sync_server.cli import campaign, readings, readings_review, stock


def register_readings(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Readings of meters: imports and review.")
    group.command("import")(readings.import_readings)
    group.command("queue")(readings_review.queue)
    group.command("review")(readings_review.review)
    app.add_typer(group, name="readings")


def register_stock(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Parts in the stores.")
    group.command("list")(stock.show)
    group.command("count")(stock.count)
    group.command("receive")(stock.receive)
    group.command("take")(stock.take)
    app.add_typer(group, name="stock")


def register_campaigns(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="A fleet made ready before a day.")
    group.command("plan")(campaign.plan)
    group.command("make")(campaign.make)
    group.command("ready")(campaign.ready)
    app.add_typer(group, name="campaign")
