"""`voirie closures`: the streets that are closed, will be or were; closing one, and lifting it."""

import json
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.closures import STANDING, Closure, ClosureCause, ClosureKind, ClosureStatus
from asset_model.codec import columns_of
from asset_model.errors import Refused
from asset_model.findings import Finding, Words, language_of, sentence
from asset_model.work_orders import WorkOrder
from gis.status_words import choices_of
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, new_id, opened_or_exit

TOWN = ZoneInfo("America/Toronto")
WORDS: Words = {
    "line": (
        "{id}  {tag} {place}, {from_m}–{to_m} m: {kind}, {status}, {cause}; {begins} to {ends}",
        "{id}  {tag} {place}, {from_m}–{to_m} m : {kind}, {status}, {cause} ; {begins} à {ends}",
    ),
    "none": ("No street is closed.", "Aucune rue n’est fermée."),
    "lifted": ("Lifted: {id}", "Levée : {id}"),
}
WhenOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%dT%H:%M"])]


def listed(
    every: Annotated[bool, typer.Option("--all", help="Those that were lifted too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """List closures by their beginning."""
    spoken = language_of(language, os.environ)
    with opened_or_exit(database, data, spoken) as opened, opened.reading() as session:
        query = select(Closure, Asset.tag).join(Asset, Asset.id == Closure.asset_id, isouter=True)
        if not every:
            query = query.where(Closure.status.in_(STANDING))
        rows = session.execute(query.order_by(Closure.begins_at, Closure.id)).all()
        typer.echo("\n".join(_lines(rows, spoken, as_json=as_json)) or _say("none", spoken))


def add(
    segment: Annotated[str, typer.Argument(help="Tag of the street's segment.")],
    from_m: Annotated[float, typer.Option("--from", metavar="METRES", min=0)],
    to_m: Annotated[float, typer.Option("--to", metavar="METRES", min=0)],
    kind: Annotated[ClosureKind, typer.Option()] = ClosureKind.CLOSED,
    cause: Annotated[ClosureCause, typer.Option()] = ClosureCause.WORKS,
    side: Annotated[str | None, typer.Option(metavar="left|right", help="Else both.")] = None,
    begins: WhenOption = None,
    ends: WhenOption = None,
    order: Annotated[str | None, typer.Option(help="Number of the work order.")] = None,
    detour: Annotated[str | None, typer.Option(help="Which way round, for the public.")] = None,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Close a stretch of a segment; times are the town's, as 2026-12-01T07:00. Prints its id.

    Exit codes: 0 done; 2 there is no such segment or order, or the closure cannot be.
    """
    from sync_server.desk import inserted, write

    spoken, now = language_of(language, os.environ), clock()
    since = _instant(begins) or now
    with opened_or_exit(database, data, spoken) as opened, opened.writing() as session:
        street = _one(session, Asset, Asset.tag == segment, "segment_unknown", tag=segment)
        known = WorkOrder.number == order
        work = _one(session, WorkOrder, known, "order_unknown", order=order) if order else None
        made = Closure(
            id=new_id(), asset_id=street.id, order_id=work.id if work else None, made_at=now,
            place=street.name, kind=kind, from_m=from_m, to_m=to_m, side=side, cause=cause,
            status=ClosureStatus.PLANNED if since > now else ClosureStatus.IN_FORCE,
            begins_at=since, ends_at=_instant(ends), detour=detour,
        )  # fmt: skip
        _check(made, street)
        write(session, [inserted(made, new_id=new_id)], now=now, new_id=new_id)
        typer.echo(made.id)


def lift(
    closure: Annotated[str, typer.Argument(help="Its id, or how that begins.")],
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Say that the street is open again.

    Exit codes: 0 done; 2 there is no such closure, or it has been lifted.
    """
    from sync_server.desk import edited, write

    spoken, now = language_of(language, os.environ), clock()
    with opened_or_exit(database, data, spoken) as opened, opened.writing() as session:
        known = Closure.id.startswith(closure, autoescape=True)
        found = _one(session, Closure, known, "closure_unknown", closure=closure)
        if found.status == ClosureStatus.LIFTED:
            raise Refused("closure_lifted")
        told = columns_of(found)
        after = columns_of(Closure(**{**told, "status": ClosureStatus.LIFTED, "lifted_at": now}))
        change = edited("closure", found.id, told, after, new_id=new_id)
        write(session, [change], now=now, new_id=new_id)
        typer.echo(_say("lifted", spoken, id=found.id))


def _one(session: Session, model: Any, condition: Any, code: str, **details: Any) -> Any:
    """The one row of which this is true.

    :raises Refused: `code`: there is none, or there are several
    """
    found = session.scalars(select(model).where(condition).limit(2)).all()
    if len(found) != 1:
        raise Refused(code, **details)
    return found[0]


def _check(made: Closure, street: Asset) -> None:
    """As the desk does, but in words instead of an error of the program's."""
    from sync_server.closure_desk import STREET, check

    if street.class_code != STREET or not street.geometry:
        raise Refused("closure_no_line", tag=street.tag)
    check(columns_of(made))


def _instant(local: datetime | None) -> datetime | None:
    return local.replace(tzinfo=TOWN).astimezone(UTC) if local else None


def _lines(rows: Sequence[Any], language: str, *, as_json: bool) -> Iterator[str]:
    for closure, tag in rows:
        told = {"id": closure.id, "segment": tag, **columns_of(closure)}
        if as_json:
            yield json.dumps(told, ensure_ascii=False)
            continue
        words = {
            name: getattr(choice, f"label_{language}").lower()
            for name in ("kind", "status", "cause")
            for choice in choices_of([told[name]])
        }
        yield _say(
            "line", language, id=closure.id, tag=tag, place=closure.place or "",
            from_m=f"{closure.from_m:g}", to_m=f"{closure.to_m:g}",
            begins=_local(closure.begins_at), ends=_local(closure.ends_at), **words,
        )  # fmt: skip


def _local(moment: datetime | None) -> str:
    return f"{moment.astimezone(TOWN):%Y-%m-%d %H:%M}" if moment else "?"


def _say(code: str, language: str, **details: Any) -> str:
    return sentence(Finding(code, details), WORDS, language)
