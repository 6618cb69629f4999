"""`voirie plans`: what maintenance plans ask for, and why; and making the orders of it."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Annotated, Any

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.database import Database
from asset_model.findings import language_of
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.vocabulary import OccurrenceStatus as S
from maintenance.due import TORONTO
from maintenance.reasons import clause, rhythm
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import clock, new_id, opened_or_exit
from sync_server.generation import Worked, generate, work_out

PROBLEMS = 1

LanguageOption = Annotated[
    str | None, typer.Option("--lang", metavar="fr|en", help="Else that of the terminal.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]

WORDS = {
    S.GENERATED: ("order", "bon"),
    S.ABSORBED: ("within", "inclus"),
    S.MISSED: ("missed", "manqué"),
    "broken": ("cannot be read", "illisible"),
    "empty": ("concerns no asset", "ne concerne aucun actif"),
    "unread": ("cannot be told", "indéterminé"),
    "made": ("Occurrences written: {count}.", "Échéances inscrites : {count}."),
    "dry": (
        "Occurrences: {count}; nothing was written.",
        "Échéances : {count} ; rien n’a été inscrit.",
    ),
    "whole_town": ("the whole town", "toute la ville"),
}


def run(
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="What will be asked for by that day."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Explain, and write nothing.")] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Make the orders that plans ask for, or say which and why. Running it twice does no harm.

    Exit codes: 0 all plans were worked out; 1 a plan cannot be read, and is named.
    """
    spoken = language_of(language, os.environ)
    end = None if until is None else datetime.combine(until.date(), time(23, 59), tzinfo=TORONTO)
    with opened_or_exit(database, data, spoken) as opened:
        worked = _work(opened, end, dry_run=dry_run)
        with opened.reading() as session:
            tags = _tags(session)
    lines = list(_lines(worked, tags, spoken))
    for line in lines:
        typer.echo(json.dumps(line, ensure_ascii=False) if as_json else _shown(line, spoken))
    if not as_json:
        count = len(worked.found) if dry_run else worked.written
        typer.echo(_say("dry" if dry_run else "made", spoken).format(count=count))
    raise typer.Exit(PROBLEMS if worked.broken else 0)


def _work(database: Database, until: datetime | None, *, dry_run: bool) -> Worked:
    if not dry_run:
        return generate(database, now=clock(), new_id=new_id, until=until)
    with database.reading() as session:
        return work_out(session, now=clock(), until=until)


def _tags(session: Session) -> dict[str, str]:
    return dict(session.execute(select(Asset.id, Asset.tag)).all())


def _lines(worked: Worked, tags: dict[str, str], spoken: str) -> Iterator[dict[str, Any]]:
    """One object for each occurrence, then for each thing that could not be worked out."""
    for each in worked.found:
        yield {
            "plan": each.plan.code,
            "asset": tags.get(each.asset_id or ""),
            "due": each.due_on.isoformat(),
            "wanted": each.wanted_on.isoformat(),
            "state": each.state.value,
            "reason": clause(each.reasons, spoken),
            "codes": [reason.code for reason in each.reasons],
            "id": each.id,
            "absorbed_by": each.absorbed_by,
        }
    for plan, why in worked.broken:
        yield _problem(plan, "broken", why.sentence(spoken))
    for plan in worked.empty:
        yield _problem(plan, "empty", _say("empty", spoken))
    for plan, asset, reason in worked.unread:
        line = _problem(plan, "unread", clause([reason], spoken))
        yield {**line, "asset": tags.get(asset or "")}


def _problem(plan: MaintenancePlan, state: str, why: str) -> dict[str, Any]:
    return {"plan": plan.code, "asset": None, "due": None, "state": state, "reason": why}


def _shown(line: dict[str, Any], spoken: str) -> str:
    asset = line["asset"] or _say("whole_town", spoken)
    state = _say(line["state"], spoken)
    return f"{line['due'] or '–':<10}  {line['plan']:<8} {asset:<14} {state:<8} {line['reason']}"


def _say(word: str, spoken: str) -> str:
    return WORDS[word][spoken == "fr"]


def show(
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """List the plans: how often each comes back, and how many occurrences stand how."""
    spoken = language_of(language, os.environ)
    with opened_or_exit(database, data, spoken) as opened, opened.reading() as session:
        listed = [_listed(session, plan, spoken) for plan in _every(session)]
    write: Callable[[dict[str, Any]], str] = json.dumps if as_json else _row
    for each in listed:
        typer.echo(write(each))


def _every(session: Session) -> list[MaintenancePlan]:
    return list(session.scalars(select(MaintenancePlan).order_by(MaintenancePlan.code)))


def _listed(session: Session, plan: MaintenancePlan, spoken: str) -> dict[str, Any]:
    statuses = session.scalars(select(Occurrence.status).where(Occurrence.plan_id == plan.id)).all()
    french, english = rhythm(plan.rule)
    return {
        "plan": plan.code,
        "title": plan.title_fr if spoken == "fr" else plan.title_en,
        "rhythm": (french if spoken == "fr" else english) if plan.rule else "",
        "triggers": [trigger["kind"] for trigger in plan.triggers],
        "legal": plan.legal,
        "active": plan.active,
        "occurrences": {status: statuses.count(status) for status in sorted(set(statuses))},
    }


def _row(each: dict[str, Any]) -> str:
    how = " / ".join(filter(None, [each["rhythm"], *each["triggers"]]))
    counts = ", ".join(f"{status} {count}" for status, count in each["occurrences"].items())
    return f"{each['plan']:<8} {each['title']:<44} {how:<28} {counts}"
