"""`voirie campaign`: one order for each unit of a fleet before a day, and who is ready on it."""

import json
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from asset_model.findings import language_of
from asset_model.numbers import shown
from maintenance.campaigns import hours_of
from maintenance.readiness import Readiness
from maintenance.reasons import in_english, in_french
from sync_server import campaigns
from sync_server.acting import acting_person
from sync_server.campaign_file import CampaignFile, read_campaign
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, new_id, opened_or_exit
from sync_server.generation import write_down
from sync_server.readiness import readiness

ALL_READY, SOME_HELD = 0, 1

File = Annotated[Path, typer.Argument(metavar="CAMPAIGN.toml", help="What, when, which units.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]

WORDS = {
    "order": ("{unit:<8} {day}  {plans} ({hours} h)", "{unit:<8} {day}  {plans} ({hours} h)"),
    "legal": (", by law no later than {day}", ", au plus tard le {day} selon la loi"),
    "over": (", the week is full", ", la semaine est pleine"),
    "open": ("{unit:<8} already ordered: {open}", "{unit:<8} déjà commandé : {open}"),
    "nothing": (
        "{unit:<8} nothing due in the campaign, next {day}",
        "{unit:<8} rien à faire dans la campagne, prochain le {day}",
    ),
    "unknown": (
        "{unit:<8} nothing tells when it is due",
        "{unit:<8} rien ne dit quand ce sera à faire",
    ),
    "dry": ("{count} order(s) would be made; nothing was written.",
            "{count} bon(s) seraient faits ; rien n’a été écrit."),
    "made": ("{count} order(s) made.", "{count} bon(s) fait(s)."),
    "ready": ("{ready} ready, {held} held back on {day}",
              "{ready} prête(s), {held} retenue(s) le {day}"),
    "is_ready": ("ready", "prête"),
    "week": ("week {week}: {hours} h", "semaine {week} : {hours} h"),
}  # fmt: skip


def plan(
    file: File,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell what the campaign would make: for each unit its order, the plans in it, and the day."""
    _lay_out(file, None, as_json, language, database, data)


def make(
    file: File,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides: a name, or an id.")],
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Make the campaign's orders. Making them twice makes nothing twice."""
    _lay_out(file, by, as_json, language, database, data)


def _lay_out(
    file: Path,
    by: str | None,
    as_json: bool,
    language: str | None,
    database: str | None,
    data: Any,
) -> None:
    """`by`: who makes the orders; None where they are only to be told."""
    spoken, now = language_of(language, os.environ), clock()
    with opened_or_exit(database, data, spoken) as opened:
        transaction: Callable[[], Any] = opened.reading if by is None else opened.writing
        wanted = read_campaign(file)
        with transaction() as session:
            fleet = campaigns.the_fleet(session, wanted, now=now)
            slots = campaigns.lay_out(fleet, wanted)
            numbers = campaigns.numbers_of(session, slots)
            lines = [campaigns.told_slot(slot, fleet, numbers) for slot in slots]
            if by is not None:
                columns = frozenset({"due_at"})
                person = acting_person(session, by, edits="work_order", columns=columns)
                found = [each for slot in slots for each in slot.found]
                write_down(session, found, now=now, new_id=new_id, person_id=person.id)
    weeks = {f"{y}-W{w:02d}": hours for (y, w), hours in hours_of(slots).items()}
    _tell(lines, weeks, spoken, "dry" if by is None else "made", as_json=as_json)


def _tell(
    lines: list[dict[str, Any]], weeks: dict[str, float], spoken: str, end: str, *, as_json: bool
) -> None:
    for line in lines:
        typer.echo(json.dumps(line, ensure_ascii=False) if as_json else _row(line, spoken))
    if as_json:
        return
    for week, hours in weeks.items():
        typer.echo(_say("week", spoken).format(week=week, hours=shown(hours, spoken)))
    count = sum(line["state"] == "order" for line in lines)
    typer.echo(_say(end, spoken).format(count=count))


def _row(line: dict[str, Any], spoken: str) -> str:
    if line["state"] == "open":
        return _say("open", spoken).format(unit=line["unit"], open=", ".join(line["open"]))
    if line["state"] == "nothing":
        word = "nothing" if line["next_on"] else "unknown"
        return _say(word, spoken).format(unit=line["unit"], day=_day(line["next_on"], spoken))
    told = _say("order", spoken).format(
        unit=line["unit"],
        day=line["day"],
        plans=" + ".join(line["plans"]),
        hours=shown(line["hours"], spoken),
    )
    if line["legal_by"]:
        told += _say("legal", spoken).format(day=_day(line["legal_by"], spoken))
    return told + (_say("over", spoken) if line["over_capacity"] else "")


def ready(
    file: File,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Else the file's ready_on.")
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """List the units that are ready on the day, and of each other one what holds it back.

    Exit codes: 0 all are ready; 1 some are held back.
    """
    spoken = language_of(language, os.environ)
    with opened_or_exit(database, data, spoken) as opened:
        wanted: CampaignFile = read_campaign(file)
        day = on.date() if on else wanted.ready_on
        with opened.reading() as session:
            now = clock()
            fleet = campaigns.the_fleet(session, wanted, now=now)
            units = readiness(session, fleet, wanted, on=day, now=now)
    for unit in units:
        line = _told(unit, spoken)
        typer.echo(json.dumps(line, ensure_ascii=False) if as_json else _ready_row(line, spoken))
    held = sum(not unit.ready for unit in units)
    if not as_json:
        told = {"ready": len(units) - held, "held": held, "day": _day(day.isoformat(), spoken)}
        typer.echo(_say("ready", spoken).format(**told))
    raise typer.Exit(SOME_HELD if held else ALL_READY)


def _told(unit: Readiness, spoken: str) -> dict[str, Any]:
    holds = [{"code": hold.code, "reason": hold.sentence(spoken)} for hold in unit.holds]
    return {"unit": unit.tag, "name": unit.name, "ready": unit.ready, "holds": holds}


def _ready_row(line: dict[str, Any], spoken: str) -> str:
    reasons = "\u00a0; " if spoken == "fr" else "; "
    why = reasons.join(hold["reason"] for hold in line["holds"]) or _say("is_ready", spoken)
    return f"{line['unit']:<8} {why}"


def _day(text: str | None, spoken: str) -> str:
    if text is None:
        return "–"
    day = date.fromisoformat(text)
    return in_french(day) if spoken == "fr" else in_english(day)


def _say(word: str, spoken: str) -> str:
    return WORDS[word][spoken == "fr"]
