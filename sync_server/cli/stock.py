"""`voirie stock` and `voirie plans parts`: what stores hold, and what plans take."""

import json
import os
from datetime import datetime
from typing import Annotated, Any

import typer
from sqlalchemy import select

from asset_model.catalogue import Part
from asset_model.errors import Refused
from asset_model.findings import language_of
from asset_model.numbers import shown
from maintenance.due import TORONTO
from sync_server import stock as store
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, new_id, opened_or_exit

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Quantities = Annotated[list[str], typer.Argument(metavar="CODE=QUANTITY...")]
Moment = Annotated[datetime | None, typer.Option("--at", help="When; else now.")]
Remark = Annotated[str | None, typer.Option("--note", help="Why, or from whom.")]

WORDS = {
    "below": ("below zero", "sous zéro"),
    "noted": ("{count} part(s) noted.", "{count} pièce(s) notée(s)."),
    "takes_none": ("{plan} takes no part.", "{plan} ne demande aucune pièce."),
}


def show(
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """List what is on hand of each part: the last count, and what came and was used since."""
    spoken = language_of(language, os.environ)
    with opened_or_exit(database, data, spoken) as opened, opened.reading() as session:
        on_hand = store.stock(session)
        parts = session.scalars(select(Part).order_by(Part.code)).all()
    for part in parts:
        line = {**_part(part, spoken), "on_hand": on_hand.get(part.id)}
        typer.echo(json.dumps(line, ensure_ascii=False) if as_json else _row(line, spoken))


def _part(part: Part, spoken: str) -> dict[str, Any]:
    label = part.label_fr if spoken == "fr" else part.label_en
    return {"part": part.code, "label": label, "unit": part.unit}


def _row(line: dict[str, Any], spoken: str) -> str:
    much = line["on_hand"]
    told = "–" if much is None else f"{shown(round(much, 3), spoken)} {line['unit']}"
    flag = f"  ({WORDS['below'][spoken == 'fr']})" if much is not None and much < 0 else ""
    return f"{line['part']:<14} {told:>12}  {line['label']}{flag}"


def count(
    quantities: Quantities,
    at: Moment = None,
    remark: Remark = None,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Note what was counted in the stores: it stands against all that is heard of days before."""
    _noted(store.COUNTED, quantities, at, remark, language, database, data)


def receive(
    quantities: Quantities,
    at: Moment = None,
    remark: Remark = None,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Note what came into the stores."""
    _noted(store.CAME, quantities, at, remark, language, database, data)


def take(
    quantities: Quantities,
    at: Moment = None,
    remark: Remark = None,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Note what left otherwise than by a work order: lost, broken, lent."""
    _noted(store.LEFT, quantities, at, remark, language, database, data)


def _noted(
    kind: str,
    quantities: list[str],
    at: datetime | None,
    remark: str | None,
    language: str | None,
    database: str | None,
    data: Any,
) -> None:
    spoken, now = language_of(language, os.environ), clock()
    moment = now if at is None else at if at.tzinfo else at.replace(tzinfo=TORONTO)
    with opened_or_exit(database, data, spoken) as opened:
        told = _quantities(quantities)
        with opened.writing() as session:
            store.note(session, kind, told, moved_at=moment, now=now, new_id=new_id, remark=remark)
    typer.echo(WORDS["noted"][spoken == "fr"].format(count=len(told)))


def _quantities(given: list[str]) -> dict[str, float]:
    """:raises Refused: ``quantity_unreadable``"""
    found: dict[str, float] = {}
    for text in given:
        code, equals, much = text.rpartition("=")
        try:
            quantity = float(much.replace(",", "."))
        except ValueError:
            quantity = -1.0
        if not equals or not code or not 0 <= quantity < 1e9:
            raise Refused("quantity_unreadable", value=text)
        found[code] = quantity
    return found


def parts(
    plan: Annotated[str, typer.Argument(help="The plan's code.")],
    quantities: Annotated[
        list[str] | None, typer.Argument(metavar="[CODE=QUANTITY...]", help="What it takes now on.")
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Show what an occurrence of a plan takes from the stores, or say it anew."""
    spoken = language_of(language, os.environ)
    with opened_or_exit(database, data, spoken) as opened, opened.writing() as session:
        wanted = store.plan_called(session, plan)
        if quantities:
            store.set_recipe(session, wanted, _quantities(quantities))
        taken = store.recipes(session).get(wanted.id, {})
        known = session.scalars(select(Part).where(Part.id.in_(list(taken)))).all()
        lines = [
            {"plan": wanted.code, **_part(part, spoken), "quantity": taken[part.id]}
            for part in sorted(known, key=lambda part: part.code)
        ]
    for line in lines:
        much = f"{shown(line['quantity'], spoken)} {line['unit']}"
        row = f"{line['plan']:<8} {line['part']:<14} {much:>12}  {line['label']}"
        typer.echo(json.dumps(line, ensure_ascii=False) if as_json else row)
    if not lines and not as_json:
        typer.echo(WORDS["takes_none"][spoken == "fr"].format(plan=plan))
