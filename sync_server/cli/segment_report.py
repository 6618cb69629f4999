"""`voirie segment events` and `report`: what is along a segment, and what segments cost."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from asset_model.errors import Refused
from asset_model.findings import language_of
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, settings_or_exit, stop, untouched_or_exit

if TYPE_CHECKING:
    from sync_server.segments.events import Event
    from sync_server.segments.report import Line

TOWN = ZoneInfo("America/Toronto")
FIRST_DAY = date(1900, 1, 1)
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def events(
    tag: Annotated[str, typer.Argument(help="Tag of the street or pipe.")],
    from_m: Annotated[float, typer.Option("--from", metavar="METRES", min=0)] = 0.0,
    to_m: Annotated[float | None, typer.Option("--to", metavar="METRES", min=0)] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell what is along a segment by measure: work, passes, signs; also from before its edits.

    Exit codes: 0 told; 2 there is no such segment, or the database cannot be read.
    """
    from sync_server.segments.events import events as events_of
    from sync_server.segments.telling import say

    spoken = language_of(language, os.environ)
    opened = untouched_or_exit(settings_or_exit(database=database, data=data))
    try:
        with opened.reading() as session:
            end = float("inf") if to_m is None else to_m
            found = events_of(session, tag, from_m=from_m, to_m=end)
    except Refused as refused:
        raise stop(refused.sentence(spoken)) from None
    finally:
        opened.close()
    if as_json:
        listed = [asdict(each) for each in found]
        told = {"segment": tag, "events": listed}
        typer.echo(json.dumps(told, ensure_ascii=False, default=_plain))
    else:
        lines = [_event(each, tag, spoken) for each in found]
        typer.echo("\n".join(lines or [say("no_events", spoken, tag=tag)]))


def report(
    tags: Annotated[
        list[str] | None, typer.Argument(help="Tags of streets or pipes; else all of a class.")
    ] = None,
    class_code: Annotated[
        str, typer.Option("--class", metavar="CLASS", help="Such as pipe.")
    ] = "road_segment",
    since: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day.")
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell what was done on each segment, what it cost and its condition; and per km of all.

    Exit codes: 0 told; 2 there is no such segment, or the database cannot be read.
    """
    from maintenance.figures.spans import Period
    from sync_server.segments.report import lines, summed

    spoken = language_of(language, os.environ)
    last = until.date() if until else clock().astimezone(TOWN).date()
    period = Period(since.date() if since else FIRST_DAY, last, TOWN)
    opened = untouched_or_exit(settings_or_exit(database=database, data=data))
    try:
        with opened.reading() as session:
            found = lines(session, period, class_code=class_code, tags=tags or ())
    except Refused as refused:
        raise stop(refused.sentence(spoken)) from None
    finally:
        opened.close()
    all_of_them = summed(found)
    if as_json:
        listed = [{**asdict(line), "cost_per_km": line.cost_per_km} for line in found]
        told = {"segments": listed, "total": all_of_them}
        typer.echo(json.dumps(told, ensure_ascii=False, default=_plain))
    else:
        typer.echo("\n".join(_lines(found, all_of_them, spoken)))


def _event(event: "Event", tag: str, language: str) -> str:
    from sync_server.segments.telling import say

    ref = "" if event.kind == "pass" else event.ref  # An id, which tells nobody anything.
    told = [say(event.kind, language), ref, _what(event, language)]
    if event.at is not None:
        told.append(event.at.astimezone(TOWN).date().isoformat())
    if event.segment != tag:
        told.append(event.segment)
    ends = {name: round(getattr(event, name), 1) for name in ("from_m", "to_m")}
    side = say(event.side if event.direction is None else event.direction, language)
    return say("event", language, **ends, side=side, what=" · ".join(filter(None, told)))


def _what(event: "Event", language: str) -> str:
    """Closures and passes are told by codes: here in words, with a closure's detour after them.

    An asset's class is in the name of most; its code would say nothing to a person.
    """
    if event.kind == "asset":
        return event.what.partition(" ")[2]
    if event.kind not in ("closure", "pass"):
        return event.what
    from gis.status_words import choices_of

    if event.kind == "pass":
        return " ".join(getattr(w, f"label_{language}") for w in choices_of(event.what.split(" ")))
    kind, status, cause, *detour = event.what.split(" ", 3)
    words = [getattr(w, f"label_{language}").lower() for w in choices_of((kind, status, cause))]
    return ", ".join([*words, *detour])


def _lines(found: Sequence["Line"], total: Mapping[str, Any], language: str) -> Iterator[str]:
    from sync_server.segments.telling import say

    for line in found:
        if not (line.orders or line.conditions) and len(found) > 1:
            continue  # Hundreds of streets of which there is nothing to tell; the total has them.
        condition = ", ".join(
            say("read", language, measure=c.measure, value=c.value, day=c.read_on.isoformat())
            for c in line.conditions
        )
        yield say(
            "line",
            language,
            tag=line.tag,
            name=line.name,
            length=round(line.length_m, 1),
            orders=line.orders,
            open=line.open,
            hours=line.hours,
            cost=line.cost,
            per_km=line.cost_per_km,
            unpriced=_unpriced(line.unpriced, language),
            condition=condition or say("no_condition", language),
        )
    means = ", ".join(
        say("mean", language, measure=m["measure"], value=m["mean"],
            share=round(m["share_of_length"] * 100, 1))
        for m in total["conditions"]
    )  # fmt: skip
    yield say(
        "total",
        language,
        count=total["segments"],
        length=total["length_km"],
        orders=total["orders"],
        orders_per_km=total["orders_per_km"] or 0.0,
        hours=total["hours"],
        cost=total["cost"],
        per_km=total["cost_per_km"] or 0.0,
        unpriced=_unpriced(total["unpriced"], language),
        condition=means or say("no_condition", language),
    )


def _unpriced(count: int, language: str) -> str:
    from sync_server.segments.telling import say

    return say("unpriced", language, count=count) if count else ""


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
