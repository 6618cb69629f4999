"""`voirie plans what-if`, `publish` and `history`: plans changed on paper first, then for good."""

import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.findings import language_of
from asset_model.numbers import shown
from asset_model.people import Person
from maintenance.due import TORONTO
from sync_server.acting import acting_person
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, new_id, opened_or_exit
from sync_server.cli.plans_ahead import DAYS_PER_MONTH
from sync_server.scenario_difference import difference, view
from sync_server.scenario_file import Scenario, read_scenario
from sync_server.scenarios import Publisher
from sync_server.stock import plan_called
from sync_server.tables import JournalEntry
from sync_server.upkeep_tables import PlanPublication

File = Annotated[Path, typer.Argument(metavar="SCENARIO.toml", help="What would change, and why.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides: a name, or an id.")]
Months = Annotated[int, typer.Option(min=1, max=60, help="How far ahead to compare.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]

WORDS = {
    "town": ("the whole town", "toute la ville"),
    "nothing": ("Nothing would come out otherwise.", "Rien ne changerait."),
    "looked": ("Nothing was written.", "Rien n’a été écrit."),
    "published": ("Published by {who}.", "Publié par {who}."),
    "full": ("too full", "trop pleine"),
    "week": ("week", "semaine"),
    "never": ("No change of this plan yet.", "Aucun changement de ce plan encore."),
}


class _Undone(Exception):
    """A look ends as if it had failed: all of it was done, and nothing stands."""


def what_if(
    file: File,
    by: By,
    months: Months = 12,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Show what moving, skipping or another rule would change: days that come and go, and hours."""
    _work(file, by, months, as_json, language, database, data, publish=False)


def publish(
    file: File,
    by: By,
    months: Months = 12,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Make those changes, in the name of who decides; the history keeps them with the reason."""
    _work(file, by, months, as_json, language, database, data, publish=True)


def _work(
    file: Path,
    by: str,
    months: int,
    as_json: bool,
    language: str | None,
    database: str | None,
    data: Any,
    *,
    publish: bool,
) -> None:
    spoken = language_of(language, os.environ)
    lines: list[dict[str, Any]] = []
    who = ""
    with opened_or_exit(database, data, spoken) as opened:
        try:
            scenario = read_scenario(file)
            with opened.writing() as session:
                columns = frozenset({"rule", "active"})
                person = acting_person(session, by, edits="maintenance_plan", columns=columns)
                who = person.name
                lines = _compared(session, scenario, person, months)
                if not publish:
                    raise _Undone
        except _Undone:
            pass
    for line in lines:
        typer.echo(json.dumps(line, ensure_ascii=False) if as_json else _row(line, spoken))
    if as_json:
        return
    if not lines:
        typer.echo(_say("nothing", spoken))
    typer.echo(_say("published" if publish else "looked", spoken).format(who=who))


def _compared(
    session: Session, scenario: Scenario, person: Person, months: int
) -> list[dict[str, Any]]:
    now = clock()
    until = now.astimezone(TORONTO).date() + timedelta(days=round(months * DAYS_PER_MONTH))
    before = view(session, now=now, until=until)
    Publisher(session, person, now, new_id).publish(scenario)
    return list(difference(before, view(session, now=now, until=until)))


def _row(line: dict[str, Any], spoken: str) -> str:
    if "shop" in line:
        hours = f"{shown(line['hours_before'], spoken)} → {shown(line['hours_after'], spoken)} h"
        full = f"  {_say('full', spoken)}" if line["too_full"] else ""
        return f"{line['shop']:<8} {_say('week', spoken)} {line['week']}  {hours}{full}"
    unit = line["unit"] or _say("town", spoken)
    days = [*(f"− {day}" for day in line["gone"]), *(f"+ {day}" for day in line["come"])]
    return f"{line['plan']:<8} {unit:<14} {'  '.join(days)}"


def history(
    plan: Annotated[str, typer.Argument(help="The plan's code.")],
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell every change of a plan: when, by whom, why, and each value before and after."""
    spoken = language_of(language, os.environ)
    with opened_or_exit(database, data, spoken) as opened, opened.reading() as session:
        lines = list(_changes(session, plan_called(session, plan).id))
    for line in lines:
        typer.echo(json.dumps(line, ensure_ascii=False) if as_json else _history_row(line))
    if not lines and not as_json:
        typer.echo(_say("never", spoken))


def _changes(session: Session, plan: str) -> Iterator[dict[str, Any]]:
    reasons = {
        change: published.why
        for published in session.scalars(select(PlanPublication))
        for change in published.changes
    }
    names = dict(session.execute(select(Person.id, Person.name)).all())
    query = select(JournalEntry).where(
        JournalEntry.table == "maintenance_plan",
        JournalEntry.row == plan,
        JournalEntry.op == "edit",
        JournalEntry.result.in_(("applied", "merged")),
    )
    for entry in session.scalars(query.order_by(JournalEntry.received_at, JournalEntry.id)):
        yield {
            "at": entry.received_at.isoformat(),
            "by": names.get(entry.person_id or ""),
            "why": reasons.get(entry.id),
            "changed": {name: [entry.before.get(name), to] for name, to in entry.after.items()},
        }


def _history_row(line: dict[str, Any]) -> str:
    moment = datetime.fromisoformat(line["at"]).astimezone(TORONTO)
    changed = ", ".join(f"{name} {was} → {now}" for name, (was, now) in line["changed"].items())
    why = f" ({line['why']})" if line["why"] else ""
    return f"{moment:%Y-%m-%d %H:%M}  {line['by'] or '–'}  {changed}{why}"


def _say(word: str, spoken: str) -> str:
    return WORDS[word][spoken == "fr"]
