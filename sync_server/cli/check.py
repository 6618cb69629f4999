"""`voirie check network`: what is wrong with the inventory, where it is, and mending it."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from asset_model.database import Database
from asset_model.findings import Finding, language_of, sentence
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, new_id, settings_or_exit, stop, untouched_or_exit

if TYPE_CHECKING:
    from gis.faults import Fault

WELL, FOUND = 0, 1
SHOWN_MAX = 30
"""Faults of one kind that are shown; all of them are in the map and in the JSON."""


def network(
    mend: Annotated[bool, typer.Option("--mend", help="Mend what can be mended safely.")] = False,
    undo: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Take back the mends in this file.")
    ] = None,
    map_file: Annotated[
        Path | None, typer.Option("--map", metavar="FILE.geojson", help="Write where each is.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """List what is wrong with streets, mains and sewers: loose ends, doubles, islands, values.

    Exit codes: 0 nothing is wrong; 1 something was found; 2 it cannot be checked.
    """
    from sync_server.inventory import faults

    settings = settings_or_exit(database=database, data=data)
    spoken = language_of(language, os.environ)
    opened = untouched_or_exit(settings)
    try:
        if undo is not None:
            _undo(opened, undo, spoken)
            return
        with opened.reading() as session:
            found = list(faults(session))
        if map_file is not None:
            map_file.write_text(json.dumps(_collection(found, spoken), ensure_ascii=False))
        lines = [json.dumps(list(_told(found, spoken)), ensure_ascii=False)]
        typer.echo("\n".join(lines if as_json else _lines(found, spoken)))
        if mend:
            typer.echo(_mended(opened, found, spoken), err=as_json)
    finally:
        opened.close()
    raise typer.Exit(FOUND if found else WELL)


def _mended(database: Database, found: list["Fault"], language: str) -> str:
    from sync_server import desk, inventory

    with database.writing() as session:
        mends = list(inventory.mend(session, found, new_id=new_id))
        now = clock()
        file = Path(f"voirie-mended-{now:%Y%m%d-%H%M%S}.json")
        file.write_text(json.dumps([told for _, told in mends], ensure_ascii=False))
        desk.write(session, [change for change, _ in mends], now=now, new_id=new_id)
    return _say("mended", language, count=len(mends), file=file)


def _undo(database: Database, file: Path, language: str) -> None:
    from sync_server import desk, inventory

    try:
        mended = json.loads(file.read_text())
    except (OSError, ValueError) as error:
        raise stop(f"{file} cannot be read: {error}") from None
    with database.writing() as session:
        taken = list(inventory.undo(session, mended, new_id=new_id))
        changes = [one for one in taken if not isinstance(one, str)]
        desk.write(session, changes, now=clock(), new_id=new_id)
    for tag in (one for one in taken if isinstance(one, str)):
        typer.echo(_say("kept", language, tag=tag))
    typer.echo(_say("undone", language, count=len(changes)))


def _lines(found: list["Fault"], language: str) -> Iterator[str]:
    counts = Counter(fault.code for fault in found)
    if not found:
        yield _say("well", language)
    for code, count in sorted(counts.items()):
        yield _say("counts", language, code=code, count=count)
        for fault in [fault for fault in found if fault.code == code][:SHOWN_MAX]:
            yield f"  {_sentence(fault, language)}"
        if count > SHOWN_MAX:
            yield f"  … +{count - SHOWN_MAX}"
    if safe := sum(fault.mend is not None for fault in found):
        yield _say("mendable", language, count=safe)


def _told(found: Iterable["Fault"], language: str) -> Iterator[dict[str, Any]]:
    for fault in found:
        yield {
            "code": fault.code,
            "tags": fault.tags,
            "position": fault.position,
            "details": fault.details,
            "mend": fault.mend,
            "sentence": _sentence(fault, language),
        }


def _collection(found: Iterable["Fault"], language: str) -> dict[str, Any]:
    """A GeoJSON of points, which any GIS opens."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": told.pop("position")},
            "properties": {**told, "tags": ", ".join(told["tags"])},
        }
        for told in _told(found, language)
    ]
    return {"type": "FeatureCollection", "features": features}


def _sentence(fault: "Fault", language: str) -> str:
    from gis.problems import listed

    return _say(fault.code, language, tags=listed(fault.tags, most=6), **fault.details)


def _say(code: str, language: str, /, **details: Any) -> str:
    from gis.fault_words import WORDS

    return sentence(Finding(code, details), WORDS, language)
