"""A fleet's snapshot by AEMP 2.0 (ISO 15143-3, JSON), laid out as a table: one row per equipment.

Makers agree on the names and on little else: capitals differ, a list may be one object, the whole
may be wrapped in `Fleet`, moments are text or milliseconds since 1970, an id says `PIN:` first.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pandas import DataFrame

from asset_model.vocabulary import Measure
from gis.problems import Problem, refuse
from gis.table import Table
from sync_server.readings.mapping import FACTORS
from sync_server.readings.reasons import ReadingProblem, refuse_reading

HEADER = {
    "equipment_id": ("equipmentid",),
    "pin": ("pin", "vin"),
    "serial_number": ("serialnumber", "serial"),
    "oem": ("oemname", "oem"),
    "model": ("model",),
}
# Column: (measure, names of the element, of its value, of its unit).
COUNTERS = {
    "hours": (Measure.ENGINE_HOURS, ("cumulativeoperatinghours",), ("hour", "hours"), ()),
    "odometer_km": (Measure.ODOMETER, ("distance",), ("odometer",), ("odometerunits",)),
    "fuel_used_l": (Measure.FUEL_USED, ("fuelused",), ("fuelconsumed",), ("fuelunits",)),
}
MOMENTS = {"hours": "hours_at", "odometer_km": "odometer_at", "fuel_used_l": "fuel_used_at"}
COLUMNS = (*HEADER, "snapshot_at", *(name for pair in MOMENTS.items() for name in pair))
SPELT = {
    "km": "km", "kilometre": "km", "kilometer": "km", "mi": "mi", "mile": "mi", "m": "m",
    "meter": "m", "metre": "m", "l": "L", "litre": "L", "liter": "L", "gallon": "gal",
    "usgallon": "gal", "imperialgallon": "gal_imp", "ml": "mL", "millilitre": "mL",
    "milliliter": "mL",
}  # fmt: skip
"""How units are spelt, plural apart; a snapshot that names none is in kilometres and litres."""

Node = Mapping[str, Any]


def read_snapshot(path: Path) -> Table:
    """The snapshot with all its pages that lie beside the file, as `Links` names them.

    :raises ImportRefused: it is no JSON, or no snapshot
    """
    rows: list[dict[str, str]] = []
    faults: dict[int, Problem] = {}
    notices: list[Problem] = []
    seen: set[Path] = set()
    page: Path | None = path
    while page is not None and page not in seen:
        seen.add(page)
        document = _document(page)
        for equipment in _equipment(document, page):
            number = len(rows) + 1
            row, problem = _row(equipment, document, number)
            rows.append(row)
            if problem:
                faults[number] = problem
        page, missing = _next(document, page)
        if missing:
            notices.append(ReadingProblem("aemp_goes_on", details={"href": missing}))
    if not rows:
        raise refuse("file_empty", path=path)
    frame = DataFrame(rows, columns=list(COLUMNS), index=range(1, len(rows) + 1), dtype=object)
    return Table(path, frame, faults, ",", tuple(notices))


def _document(path: Path) -> Node:
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise refuse("file_unreadable", path=path, why=str(error)[:80]) from None
    if isinstance(document, list):
        document = (
            document[0]
            if len(document) == 1 and _has(document[0], "equipment")
            else {"equipment": document}
        )
    wrapped = _first(document, "fleet") if isinstance(document, dict) else None
    return wrapped if isinstance(wrapped, dict) else document


def _has(node: Any, name: str) -> bool:
    return isinstance(node, dict) and _first(node, name) is not None


def _equipment(document: Node, path: Path) -> list[Node]:
    found = _first(document, "equipment") if isinstance(document, dict) else None
    listed = [found] if isinstance(found, dict) else found
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise refuse_reading("aemp_none", path=path)
    return listed


def _row(equipment: Node, document: Node, number: int) -> tuple[dict[str, str], Problem | None]:
    header = _first(equipment, "equipmentheader")
    header = header if isinstance(header, dict) else equipment
    row: dict[str, str] = {name: _plain(_first(header, *told)) for name, told in HEADER.items()}
    kind, _, rest = row["equipment_id"].partition(":")
    if kind.upper() in ("PIN", "VIN") and rest:
        row |= {"equipment_id": "", "pin": row["pin"] or rest}
    row["snapshot_at"] = _moment(_first(document, "snapshottime"))
    problem = None
    for column, (measure, names, values, units) in COUNTERS.items():
        told = _first(equipment, *names)
        node = told[-1] if isinstance(told, list) and told else told
        if not isinstance(node, dict):
            continue
        factor, wrong = _factor(node, units, measure)
        if wrong and problem is None:
            problem = _unknown_unit(wrong, measure, number)
        row[column] = _counted(_first(node, *values), factor)
        row[MOMENTS[column]] = _moment(_first(node, "datetime"))
    return {**dict.fromkeys(COLUMNS, ""), **row}, problem


def _factor(node: Node, units: tuple[str, ...], measure: Measure) -> tuple[float, str | None]:
    said = _plain(_first(node, *units)) if units else ""
    if not said:
        return 1.0, None
    plain = "".join(said.casefold().split())
    unit = SPELT.get(plain) or SPELT.get(plain.removesuffix("s"))
    known = FACTORS[measure]
    return (known[unit], None) if unit in known else (1.0, said)


def _unknown_unit(said: str, measure: Measure, number: int) -> Problem:
    known = ", ".join(FACTORS[measure])
    return ReadingProblem(
        "unit_of_measure", number, {"value": said, "measure": measure.value, "known": known}
    )


def _counted(value: Any, factor: float) -> str:
    """In the meter's own unit where it is a number; else as it came, for the row to be refused."""
    text = "" if isinstance(value, bool) else _plain(value)
    try:
        return f"{float(text) * factor:.10g}"
    except ValueError:
        return text or (_plain(str(value)) if value else "")


def _moment(value: Any) -> str:
    """Text of ISO 8601 as it came; milliseconds since 1970 as such a text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value / 1_000, UTC).isoformat()
        except (OverflowError, OSError, ValueError):
            return str(value)
    return _plain(value)


def _plain(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def _first(node: Node, *names: str) -> Any:
    """The value of the first of these names, whatever its capitals, `@`, dash or prefix."""
    plain = {key.rpartition(":")[2].casefold().lstrip("@_").replace("_", ""): value
             for key, value in node.items()}  # fmt: skip
    return next((plain[name] for name in names if plain.get(name) is not None), None)


def _next(document: Node, page: Path) -> tuple[Path | None, str | None]:
    """The file of the next page, or the address of one that is not here."""
    links = _first(document, "links")
    for link in [links] if isinstance(links, dict) else links or ():
        if isinstance(link, dict) and _plain(_first(link, "rel")).casefold() == "next":
            href = _plain(_first(link, "href"))
            return _beside(page, href)
    return None, None


def _beside(page: Path, href: str) -> tuple[Path | None, str | None]:
    """A page may lie beside this one under the last part of its address, with or without .json."""
    name = href.partition("?")[0].rstrip("/").rpartition("/")[2]
    for candidate in _names(name):
        if (page.parent / candidate).is_file():
            return page.parent / candidate, None
    return None, href or "?"


def _names(name: str) -> Iterator[str]:
    if name:
        yield name
        yield f"{name}.json"
