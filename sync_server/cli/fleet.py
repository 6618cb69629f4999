"""`voirie fleet`: what units owe, and the papers of each."""

import json
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from sqlalchemy import select

from asset_model.findings import language_of
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, opened_or_exit, stop

if TYPE_CHECKING:
    from maintenance.watch import Watched
    from sync_server.papers.printing import Content

WELL, AT_RISK = 0, 1
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def due(
    days: Annotated[int, typer.Option(min=1, max=730, help="How far ahead.")] = 60,
    unit: Annotated[str | None, typer.Option(help="One unit's number.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Also what no law asks for.")] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell the dates of the law within 60 days and those past, the ones at risk first, and why.

    Exit codes: 0 none is at risk; 1 one is; 2 there is no such unit.
    """
    from asset_model.assets import Asset
    from sync_server.watching import look_out

    spoken = language_of(language, os.environ)
    with opened_or_exit(database, data, spoken) as opened, opened.reading() as session:
        tags = dict(session.execute(select(Asset.id, Asset.tag)).all())
        found = look_out(session, now=clock(), days=days)
        numbers = _numbers(session, found)
    if unit is not None and unit not in tags.values():
        raise stop(f"There is no asset of the tag {unit}.")
    shown = [one for one in found if (every or one.plan.legal) and unit in (None, _tag(one, tags))]
    rows = list(_rows(shown, tags, numbers, spoken))
    for row in rows:
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))
    raise typer.Exit(AT_RISK if any(row["at_risk"] for row in rows) else WELL)


def unit_file(
    unit: Annotated[str, typer.Argument(help="The unit's number.")],
    output: Annotated[Path | None, typer.Option(help="Where; else `unit-201.pdf` here.")] = None,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Print the whole file of a unit as PDF: what an inspector may ask for.

    Exit codes: 0 written; 2 there is no such unit.
    """
    from sync_server.papers.unit_file import unit_file_content

    content = partial(unit_file_content, tag=unit)
    _print("unit_file", content, output or Path(f"unit-{unit}.pdf"), language, database, data)


def report(
    inspection: Annotated[str, typer.Argument(help="The id of the report.")],
    output: Annotated[Path | None, typer.Option(help="Where; else `report.pdf` here.")] = None,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Print the report of a circle check as PDF. Exit codes: 0 written; 2 there is none."""
    from sync_server.papers.report import report_content

    content = partial(report_content, inspection_id=inspection)
    _print("report", content, output or Path("report.pdf"), language, database, data)


def _print(
    layout: str,
    content: "Callable[..., Content]",
    output: Path,
    language: str | None,
    database: str | None,
    data: Path | None,
) -> None:
    from sync_server.papers.printing import print_pdf

    spoken, now = language_of(language, os.environ), clock()
    with opened_or_exit(database, data, spoken) as opened, opened.reading() as session:
        made = print_pdf(layout, content(session, language=spoken, now=now), now=now)
    output.write_bytes(made)
    typer.echo(str(output))


def _numbers(session: Any, found: list["Watched"]) -> dict[str, str]:
    from asset_model.work_orders import WorkOrder

    wanted = [one.order_id for one in found if one.order_id]
    query = select(WorkOrder.id, WorkOrder.number).where(WorkOrder.id.in_(wanted))
    return {id: number for id, number in session.execute(query) if number}


def _tag(one: "Watched", tags: dict[str, str]) -> str | None:
    return tags.get(one.asset_id or "")


def _rows(
    shown: list["Watched"], tags: dict[str, str], numbers: dict[str, str], spoken: str
) -> Iterator[dict[str, Any]]:
    from maintenance.watch import WORDS

    for one in shown:
        yield {
            "unit": _tag(one, tags),
            "plan": one.plan.code,
            "title": one.plan.title_fr if spoken == "fr" else one.plan.title_en,
            "due": one.due_on.isoformat() if one.due_on else None,
            "state": one.state,
            "at_risk": one.at_risk,
            "why": WORDS[one.state][spoken == "fr"],
            "order": numbers.get(one.order_id or ""),
            "planned": one.wanted_on.isoformat() if one.wanted_on else None,
            "hours_over": one.hours_over,
            "basis": one.plan.basis,
        }


def _line(row: dict[str, Any]) -> str:
    mark = "!" if row["at_risk"] else " "
    order = f" ({row['order']}, {row['planned']})" if row["order"] else ""
    unit, due_on = row["unit"] or "–", row["due"] or "–"
    return f"{mark} {due_on:<10}  {unit:<6} {row['plan']:<8} {row['title']:<40} {row['why']}{order}"
