"""`voirie plans templates` and `voirie plans adopt`: the plans that the law asks for."""

import json
import os
from datetime import datetime
from typing import Annotated

import typer
from sqlalchemy import select

from asset_model.findings import language_of
from asset_model.people import Crew
from asset_model.plans import MaintenancePlan
from maintenance.due import TORONTO
from maintenance.templates import STORAGE_NOTE, TEMPLATES
from sync_server import desk
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, new_id, opened_or_exit, stop
from sync_server.cli.plans import JsonOption

GRACE_DAYS = 0
CONFIRMED = {True: ("read in its source", "lu à la source"), False: ("to confirm", "à confirmer")}


def templates(as_json: JsonOption = False, language: LanguageOption = None) -> None:
    """List the plans that the law of Québec asks for: for whom, how often, and where it says so."""
    french = language_of(language, os.environ) == "fr"
    for each in TEMPLATES.values():
        row = {
            "code": each.code,
            "title": each.title_fr if french else each.title_en,
            "rule": each.rule,
            "filter": each.asset_filter,
            "source": each.basis,
            "confirmed": each.confirmed,
            "note": each.note_fr if french else each.note_en,
        }
        if as_json:
            typer.echo(json.dumps(row, ensure_ascii=False))
            continue
        typer.echo(f"{each.code:<9} {row['title']} ({each.basis}; "
                   f"{CONFIRMED[each.confirmed][french]})")  # fmt: skip
        typer.echo(f"          {row['note']}")
    if not as_json:
        typer.echo(STORAGE_NOTE[french])


def adopt(
    code: Annotated[str, typer.Argument(help="A template's code; see `plans templates`.")],
    starts_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="When a unit with no record is first due."),
    ] = None,
    crew: Annotated[str | None, typer.Option(help="The crew that gets the orders.")] = None,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Make a plan of a template. It counts from each unit's last sheet, where there is one.

    Exit codes: 0 adopted; 2 there is no such template or crew, it was adopted before, or no unit
    of the town is concerned.
    """
    if code not in TEMPLATES:
        raise stop(f"There is no template {code}. Known: {', '.join(TEMPLATES)}.")
    now = clock()
    with opened_or_exit(database, data) as opened:
        try:
            with opened.writing() as session:
                if session.scalar(select(MaintenancePlan.id).where(MaintenancePlan.code == code)):
                    raise stop(f"The plan {code} is there already.")
                found = (
                    session.scalars(select(Crew).where(Crew.code == crew)).first() if crew else None
                )
                if crew and found is None:
                    raise stop(f"There is no crew of the code {crew}.")
                day = starts_on.date() if starts_on else now.astimezone(TORONTO).date()
                plan = MaintenancePlan(
                    id=new_id(),
                    starts_on=day,
                    grace_days=GRACE_DAYS,
                    crew_id=found.id if found else None,
                    shop=found.shop if found else None,
                    triggers=[],
                    seasons=[],
                    priority=2,
                    active=True,
                    **TEMPLATES[code].columns(),
                )
                desk.write(session, [desk.inserted(plan, new_id=new_id)], now=now, new_id=new_id)
        except ValueError as refused:
            raise stop(str(refused)) from None
    typer.echo(code)
