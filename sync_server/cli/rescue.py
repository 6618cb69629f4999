"""`voirie import-rescue`: what a tablet could not send, brought in from its file."""

import os
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from asset_model.database import Database
from asset_model.errors import sentence
from asset_model.people import Person
from asset_model.sync.wire import Group
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import clock, opened_or_exit, stop
from sync_server.rescue import BadRescue, Brought, NoDevice, Rescued, bring_in, read_rescue
from sync_server.rescue_words import KINDS, WORDS

ALL_IN, SOME_LEFT = 0, 1


def import_rescue(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Made by `voirie tablet export`.")],
    as_device: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Under this device's rights; else that which made it."),
    ] = None,
    incomplete: Annotated[
        bool,
        typer.Option("--incomplete", help="Acts that may lack a part, for damage, as well."),
    ] = False,
    language: Annotated[
        str | None, typer.Option("--lang", metavar="fr|en", help="Else that of the terminal.")
    ] = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Bring in the work that a tablet could not send. Doing it twice makes nothing twice.

    Exit codes: 0 all of it is on the server; 1 some was refused, waits, or was left out;
    2 the file or the database cannot be used.
    """
    from asset_model.findings import language_of

    spoken = language_of(language, os.environ)
    try:
        rescued = read_rescue(file)
    except BadRescue as bad:
        raise stop(str(bad)) from None
    counts: Counter[str] = Counter()
    with opened_or_exit(database, data, spoken) as opened:
        try:
            for brought in bring_in(
                opened, rescued, as_device=as_device, now=clock(), incomplete=incomplete
            ):
                kind = _kind(brought)
                counts[kind] += 1
                typer.echo(
                    f"{_act(opened, brought.group, spoken)} → {_outcome(brought, kind, spoken)}"
                )
        except NoDevice as nobody:
            raise stop(str(nobody)) from None
    left = _tell_rest(rescued, counts, spoken, incomplete=incomplete)
    raise typer.Exit(SOME_LEFT if left else ALL_IN)


def _kind(brought: Brought) -> str:
    if brought.landed:
        merged = any(outcome.result == "merged" for outcome in brought.outcomes)
        return "before" if brought.before else "merged" if merged else "in"
    parked = any(outcome.result == "parked" for outcome in brought.outcomes)
    return "parked" if parked else "refused"


def _act(database: Database, group: Group, language: str) -> str:
    """When, who, what: ``2026-11-23T08:00 Luc Tremblay, comment``."""
    with database.reading() as session:
        person = session.get(Person, group.person)
        name = person.name if person else "?"
    kinds = dict.fromkeys(
        KINDS.get(change.table, (change.table, change.table))[language == "fr"]
        for change in group.changes
    )
    return f"{group.made_at[:16]} {name}, {', '.join(kinds)}"


def _outcome(brought: Brought, kind: str, language: str) -> str:
    words = WORDS[kind][language == "fr"]
    reasons = [
        sentence(outcome.code, language, outcome.details)
        for outcome in brought.outcomes
        if outcome.code not in (None, "group_refused")
    ]
    aside = sorted({name for outcome in brought.outcomes for name in outcome.set_aside})
    return " ".join([words.format(columns=", ".join(aside)), *reasons])


def _tell_rest(rescued: Rescued, counts: Counter[str], language: str, *, incomplete: bool) -> bool:
    """The sums, and whether anything is left to a person."""
    doubtful = 0 if incomplete else len(rescued.doubtful)
    rest = {
        "doubtful": doubtful,
        "garbled": len(rescued.garbled),
        "unread": rescued.unread,
        "photos": rescued.photos,
    }
    for name, count in rest.items():
        if count:
            typer.echo(WORDS[name][language == "fr"].format(count=count), err=True)
    sums = {"in": counts["in"] + counts["merged"], "before": counts["before"]}
    left = counts["parked"] + counts["refused"] + doubtful + len(rescued.garbled)
    typer.echo(WORDS["sum"][language == "fr"].format(**sums, left=left, into=sums["in"]))
    return left > 0
