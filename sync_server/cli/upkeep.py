"""`voirie readings`, `stock` and `campaign`: the groups of commands of upkeep."""

import typer

from sync_server.cli import campaign, readings, readings_review, stock


def register(app: typer.Typer) -> None:
    of_readings = typer.Typer(no_args_is_help=True, help="Readings of meters: imports and review.")
    of_readings.command("import")(readings.import_readings)
    of_readings.command("queue")(readings_review.queue)
    of_readings.command("review")(readings_review.review)
    app.add_typer(of_readings, name="readings")
    of_stock = typer.Typer(no_args_is_help=True, help="Parts in the stores.")
    of_stock.command("list")(stock.show)
    of_stock.command("count")(stock.count)
    of_stock.command("receive")(stock.receive)
    of_stock.command("take")(stock.take)
    app.add_typer(of_stock, name="stock")
    of_campaigns = typer.Typer(no_args_is_help=True, help="A fleet made ready before a day.")
    of_campaigns.command("plan")(campaign.plan)
    of_campaigns.command("make")(campaign.make)
    of_campaigns.command("ready")(campaign.ready)
    app.add_typer(of_campaigns, name="campaign")
