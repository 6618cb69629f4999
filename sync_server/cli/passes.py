"""`voirie passes`: how often streets were cleared, treated or swept, and when last."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from asset_model.base import instant
from asset_model.errors import Refused
from asset_model.findings import Finding, Words, language_of, sentence
from asset_model.passes import PassKind
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, settings_or_exit, stop, untouched_or_exit

if TYPE_CHECKING:
    from sync_server.segments.passed import Passed

TOWN = ZoneInfo("America/Toronto")
WORDS: Words = {
    "line": (
        "{tag} {name}, {length} m: {times} pass(es), last {at} ({kind})",
        "{tag} {name}, {length} m\u00a0: {times} passage(s), le dernier {at} ({kind})",
    ),
    "never": ("{tag} {name}, {length} m: no pass", "{tag} {name}, {length} m\u00a0: aucun passage"),
    "total": (
        "{passed} of {count} segments passed, {km} km in all ({per_km} passes per km), {kg} kg",
        "{passed} tronçons passés sur {count}, {km} km en tout ({per_km} passages par km), {kg} kg",
    ),
}


def passes(
    tags: Annotated[list[str] | None, typer.Argument(help="Tags of streets; else all.")] = None,
    hours: Annotated[
        float | None, typer.Option("--hours", min=0, help="Of so many last hours only.")
    ] = None,
    kind: Annotated[
        list[PassKind] | None, typer.Option("--kind", help="May be repeated; else all.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Streets without a pass too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Tell how often each street was passed, and when last; what was taken back does not count.

    Exit codes: 0 told; 2 there is no such segment, or the database cannot be read.
    """
    from sync_server.segments.passed import passed, summed

    spoken = language_of(language, os.environ)
    since = clock() - timedelta(hours=hours) if hours is not None else None
    opened = untouched_or_exit(settings_or_exit(database=database, data=data))
    try:
        with opened.reading() as session:
            found = passed(session, tags=tags or (), since=since, kinds=kind or ())
    except Refused as refused:
        raise stop(refused.sentence(spoken)) from None
    finally:
        opened.close()
    total, shown = summed(found), [line for line in found if line.times or every or tags]
    if as_json:
        told = {"segments": [asdict(line) for line in shown], "total": total}
        typer.echo(json.dumps(told, ensure_ascii=False, default=_plain))
    else:
        typer.echo("\n".join(_lines(shown, total, spoken)))


def _lines(found: Sequence["Passed"], total: Mapping[str, Any], language: str) -> Iterator[str]:
    from gis.status_words import choices_of

    for line in found:
        told = {"tag": line.tag, "name": line.name, "length": round(line.length_m, 1)}
        if line.last_at is None or line.last_kind is None:
            yield _say("never", language, **told)
            continue
        (word,) = choices_of([line.last_kind])
        yield _say(
            "line", language, **told, times=line.times, at=_local(line.last_at),
            kind=getattr(word, f"label_{language}").lower(),
        )  # fmt: skip
    yield _say(
        "total", language, passed=total["passed_segments"], count=total["segments"],
        km=total["passed_km"], per_km=total["passes_per_km"] or 0.0, kg=total["spread_kg"],
    )  # fmt: skip


def _say(code: str, language: str, **details: Any) -> str:
    return sentence(Finding(code, details), WORDS, language)


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(TOWN):%Y-%m-%d %H:%M}"


def _plain(value: object) -> str:
    return instant(value) if isinstance(value, datetime) else str(value)
