"""`voirie plans`: the group of its commands."""

import typer

from sync_server.cli import plan_templates, plans, plans_ahead, plans_whatif, stock


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Maintenance plans: what is due, and why.")
    group.command("run")(plans.run)
    group.command("list")(plans.show)
    group.command("forecast")(plans_ahead.forecast)
    group.command("feed")(plans_ahead.feed)
    group.command("parts")(stock.parts)
    group.command("what-if")(plans_whatif.what_if)
    group.command("publish")(plans_whatif.publish)
    group.command("history")(plans_whatif.history)
    group.command("templates")(plan_templates.templates)
    group.command("adopt")(plan_templates.adopt)
    app.add_typer(group, name="plans")
