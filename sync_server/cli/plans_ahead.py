"""`voirie plans forecast` and `voirie plans feed`: the months to come, and a shop's calendar."""

import json
import os
import secrets
from datetime import timedelta
from typing import Annotated, Any

import typer
from sqlalchemy import select

from asset_model.assets import Asset
from asset_model.findings import language_of
from maintenance.due import TORONTO
from maintenance.forecast import Foreseen, hours_by_week, next_of, too_full
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import clock, opened_or_exit, stop
from sync_server.cli.parts_ahead import part_row, parts_of
from sync_server.cli.plans import JsonOption, LanguageOption
from sync_server.foresight import WHY, Ahead, look_ahead, open_feed

DAYS_PER_MONTH = 30.44
SECRET_BYTES = 32


def forecast(
    months: Annotated[int, typer.Option(min=1, max=60, help="How far ahead.")] = 12,
    asset: Annotated[
        str | None, typer.Option(help="A unit's tag: what is next on it, and why.")
    ] = None,
    parts: Annotated[
        bool, typer.Option("--parts", help="Parts that plans take, against what is on hand.")
    ] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell the hours of each shop, week by week, against what it has; or what is next on a unit.

    With --parts: what each part comes to, how much is to be bought, and by when.
    """
    spoken = language_of(language, os.environ)
    now = clock()
    until = now.astimezone(TORONTO).date() + timedelta(days=round(months * DAYS_PER_MONTH))
    with opened_or_exit(database, data, spoken) as opened, opened.reading() as session:
        ahead = look_ahead(session, now=now, until=until)
        unit = session.scalar(select(Asset.id).where(Asset.tag == asset)) if asset else None
        needed = parts_of(session, ahead, now, spoken) if parts else []
    if asset is not None and unit is None:
        raise stop(f"There is no asset of the tag {asset}.")
    lines = _next(ahead, unit, spoken) if unit else _weeks(ahead)
    write = part_row if parts else _row
    for line in needed if parts else lines:
        typer.echo(json.dumps(line, ensure_ascii=False) if as_json else write(line, spoken))


def _next(ahead: Ahead, unit: str, spoken: str) -> list[dict[str, Any]]:
    return [_told(each, spoken) for each in next_of(ahead.foreseen, unit)]


def _told(each: Foreseen, spoken: str) -> dict[str, Any]:
    return {
        "plan": each.plan.code,
        "title": each.plan.title_fr if spoken == "fr" else each.plan.title_en,
        "due": each.due_on.isoformat(),
        "earliest": each.earliest.isoformat(),
        "latest": each.latest.isoformat() if each.latest else None,
        "why": WHY[each.why][spoken == "fr"],
    }


def _weeks(ahead: Ahead) -> list[dict[str, Any]]:
    hours = hours_by_week(ahead.foreseen)
    over = {(shop, week): by for shop, week, by in too_full(hours, ahead.weekly_hours)}
    return [
        {
            "shop": shop,
            "week": f"{week[0]}-W{week[1]:02d}",
            "hours": asked,
            "capacity": ahead.weekly_hours.get(shop),
            "over": over.get((shop, week), 0.0),
        }
        for shop, weeks in hours.items()
        for week, asked in weeks.items()
    ]


def _row(line: dict[str, Any], spoken: str) -> str:
    return "  ".join(f"{'–' if value is None else value!s:<10}" for value in line.values()).rstrip()


def feed(
    shop: Annotated[str, typer.Argument(help="The shop's code.")],
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Give a shop's calendar a secret address to subscribe to; one it had before ends."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with opened_or_exit(database, data) as opened:
        try:
            with opened.writing() as session:
                open_feed(session, shop, secret=secret, now=clock())
        except LookupError:
            raise stop(f"There is no shop of the code {shop}.") from None
    typer.echo(f"/calendars/{secret}.ics")
