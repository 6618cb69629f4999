"""`voirie segment`: editing streets and pipes, and what edits leave behind."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from asset_model.errors import Refused
from asset_model.findings import language_of
from asset_model.sync.wire import Change
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import (
    clock,
    database_or_exit,
    new_id,
    opened_or_exit,
    settings_or_exit,
)

TagArgument = Annotated[str, typer.Argument(help="Tag of the street or pipe.")]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Tell what would change, and change nothing.")
]


def split(
    tag: TagArgument,
    at: Annotated[list[float], typer.Option(metavar="METRES", help="Where; repeat it.")],
    dry_run: DryRunOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Cut an asset at measures from its start: it is retired, and its pieces know what they were.

    Exit codes: 0 done; 2 there is no such asset, or a piece would have no length.
    """
    from sync_server.segments.cutting import split as cut

    def edit(session: Session) -> Iterator[Change]:
        return cut(session, tag, at, new_id=new_id)

    _edit(edit, dry_run, language, database, data)


def merge(
    tags: Annotated[list[str], typer.Argument(help="In the order in which they follow on.")],
    into: Annotated[
        str | None, typer.Option(metavar="TAG", help="The tag of the new one; else TAG-1.")
    ] = None,
    like: Annotated[
        str | None, typer.Option(metavar="TAG", help="Whose name and attributes stay.")
    ] = None,
    dry_run: DryRunOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Join assets end to end into one that runs as the first; they are retired.

    Exit codes: 0 done; 2 they do not touch, differ, or meet a third one where they would be joined.
    """
    from sync_server.segments.joining import merge as join

    def edit(session: Session) -> Iterator[Change]:
        return join(session, tags, new_id=new_id, into=into, like=like)

    _edit(edit, dry_run, language, database, data)


def reverse(
    tag: TagArgument,
    traffic_too: Annotated[
        bool, typer.Option("--traffic-too", help="A one-way street runs the other way.")
    ] = False,
    dry_run: DryRunOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Draw an asset from its other end; measures, sides, numbers and nodes turn with it.

    Exit codes: 0 done; 2 there is no such asset, or it is one-way.
    """
    from sync_server.segments.redrawing import reverse as turn

    def edit(session: Session) -> Iterator[Change]:
        return turn(session, tag, new_id=new_id, traffic_too=traffic_too)

    _edit(edit, dry_run, language, database, data)


def realign(
    tag: TagArgument,
    line: Annotated[Path, typer.Argument(help="GeoJSON with one LineString, in WGS 84.")],
    dry_run: DryRunOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Draw an asset along a new line; what was measured along the old one is re-anchored.

    Exit codes: 0 done; 2 there is no such asset, or the line cannot be used or is far away.
    """
    from sync_server.segments.redrawing import realign as redraw

    def edit(session: Session) -> Iterator[Change]:
        return redraw(session, tag, _line(line), new_id=new_id)

    _edit(edit, dry_run, language, database, data)


def undo(
    file: Annotated[Path, typer.Argument(help="What an edit has written: voirie-segment-….json")],
    dry_run: DryRunOption = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Take an edit back: what came since goes with it, by measure.

    Exit codes: 0 done; 2 somebody has changed an asset of it since, or it is no such file.
    """
    from sync_server.segments.undoing import undo as take_back

    def edit(session: Session) -> Iterator[Change]:
        return take_back(session, _read(file), new_id=new_id)

    _edit(edit, dry_run, language, database, data, keep=False)


def past(tag: TagArgument, database: DatabaseOption = None, data: DataOption = None) -> None:
    """Tell what an asset was part of, which stretch of it, and the work that was done there."""
    from sync_server.segments.heirs import past as past_of

    opened = database_or_exit(settings_or_exit(database=database, data=data))
    with opened.reading() as session:
        for older in past_of(session, tag):
            typer.echo(json.dumps(asdict(older), ensure_ascii=False))
    opened.close()


def _edit(
    edit: Callable[[Session], Iterator[Change]],
    dry_run: bool,
    language: str | None,
    database: str | None,
    data: Path | None,
    *,
    keep: bool = True,
) -> None:
    """Work the changes out; tell them; write them, and the file that takes them back."""
    from sync_server import desk
    from sync_server.segments.telling import say, told
    from sync_server.segments.undoing import kept

    spoken = language_of(language, os.environ)
    with opened_or_exit(database, data, spoken) as opened, opened.writing() as session:
        changes = list(edit(session))
        sentences, back = list(told(session, changes, spoken)), kept(session, changes)
        if not dry_run:
            desk.write(session, changes, now=clock(), new_id=new_id)
    typer.echo("\n".join(sentences))
    if dry_run:
        typer.echo(say("dry_run", spoken))
    elif keep:
        file = Path(f"voirie-segment-{clock():%Y%m%d-%H%M%S-%f}.json")
        file.write_text(json.dumps(back, ensure_ascii=False), "utf-8")
        typer.echo(say("undo_file", spoken, file=file))


def _line(file: Path) -> list[Any]:
    """The positions of the one line of a GeoJSON; a height is left out.

    :raises Refused: ``realign_unreadable``
    """
    told = _read(file, code="realign_unreadable")
    if told.get("type") == "FeatureCollection" and len(told.get("features", ())) == 1:
        told = told["features"][0]
    if told.get("type") == "Feature":
        told = told.get("geometry") or {}
    if told.get("type") != "LineString":
        raise Refused("realign_unreadable", why="LineString")
    try:
        return [(float(at[0]), float(at[1])) for at in told["coordinates"]]
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise Refused("realign_unreadable", why=type(error).__name__) from None


def _read(file: Path, *, code: str = "undo_unreadable") -> dict[str, Any]:
    try:
        told = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(code, why=f"{file}: {error}") from None
    if not isinstance(told, dict):
        raise Refused(code, why=f"{file}")
    return told
