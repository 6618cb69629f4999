"""`voirie vin`: whether vehicles' numbers can be, and what they tell."""

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer
from sqlalchemy import select

from asset_model import vin
from asset_model.assets import Asset
from asset_model.errors import sentence
from asset_model.findings import language_of
from asset_model.units import VEHICLE, Doubt, doubts
from asset_model.vocabulary import AssetStatus
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import clock, opened_or_exit

SOUND, DOUBTFUL = 0, 1

WORDS = {
    "africa": ("Africa", "Afrique"),
    "asia": ("Asia", "Asie"),
    "europe": ("Europe", "Europe"),
    "north_america": ("North America", "Amérique du Nord"),
    "oceania": ("Oceania", "Océanie"),
    "south_america": ("South America", "Amérique du Sud"),
    "unknown": ("unknown region", "région inconnue"),
    "maker": ("maker unknown here", "fabricant inconnu ici"),
    "none": ("no number noted", "aucun NIV noté"),
    "sound": ("sound", "bon"),
}


def check(
    numbers: Annotated[
        list[str] | None,
        typer.Argument(help="Numbers to look at; without any, those of all units."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Check vehicle identification numbers: length, characters, check digit, year; tell the maker.

    Exit codes: 0 all are sound; 1 some are doubtful, and each says why.
    """
    spoken = language_of(language, os.environ)
    if numbers:
        units = [{"unit": None, "attributes": {"vin": number}} for number in numbers]
    else:
        units = _units(database, data)
    told = [_told(unit, spoken) for unit in units]
    told += _twins(units, spoken)
    for line in told:
        typer.echo(json.dumps(line, ensure_ascii=False) if as_json else _row(line, spoken))
    raise typer.Exit(DOUBTFUL if any(line["doubts"] for line in told) else SOUND)


def _units(database: str | None, data: Any) -> list[dict[str, Any]]:
    query = select(Asset.tag, Asset.attributes).where(
        Asset.class_code == VEHICLE, Asset.status != AssetStatus.RETIRED
    )
    with opened_or_exit(database, data) as opened, opened.reading() as session:
        rows = session.execute(query.order_by(Asset.tag)).all()
    return [{"unit": tag, "attributes": attributes} for tag, attributes in rows]


def _told(unit: dict[str, Any], spoken: str) -> dict[str, Any]:
    number = unit["attributes"].get("vin")
    found = list(doubts(unit["attributes"]))
    line: dict[str, Any] = {"unit": unit["unit"], "vin": vin.normal(number) if number else None}
    known = vin.decoded(number) if number and not list(vin.faults(number)) else None
    line |= {
        "region": known.region if known else None,
        "country": known.country if known else None,
        "maker": known.maker if known else None,
        "year": known.year(today=clock().year) if known else None,
        "years": list(known.years) if known else [],
    }
    return {**line, "doubts": [_said(doubt, spoken) for doubt in found]}


def _said(doubt: Doubt, spoken: str) -> dict[str, Any]:
    words = sentence(doubt.code, spoken, doubt.details)
    return {"code": doubt.code, "grave": doubt.grave, "sentence": words}


def _twins(units: Iterable[dict[str, Any]], spoken: str) -> Iterator[dict[str, Any]]:
    """Numbers that several units have."""
    tags = defaultdict(list)
    for unit in units:
        if unit["unit"] and unit["attributes"].get("vin"):
            tags[vin.normal(unit["attributes"]["vin"])].append(unit["unit"])
    for number, mine in sorted(tags.items()):
        if len(mine) > 1:
            doubt = Doubt("vin_twice", {"vin": number, "tags": ", ".join(mine)}, grave=True)
            yield {"unit": None, "vin": number, "doubts": [_said(doubt, spoken)]}


def _row(line: dict[str, Any], spoken: str) -> str:
    say = spoken == "fr"
    name = line["unit"] or ""
    if line["vin"] is None:
        return f"{name:<10} {WORDS['none'][say]}"
    if line["doubts"]:
        return f"{name:<10} {' '.join(doubt['sentence'] for doubt in line['doubts'])}"
    maker = line["maker"] or WORDS["maker"][say]
    where = WORDS[line["region"]][say]
    year = " / ".join(map(str, line["years"])) or "–"
    return f"{name:<10} {line['vin']}  {WORDS['sound'][say]}  {where}, {maker}, {year}"
