"""What the columns of a file of readings mean: a mapping, read from TOML as strictly as others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from asset_model.vocabulary import Measure, ReadingSource
from gis.mapping import Pattern
from gis.mapping_document import Section
from gis.problems import ImportRefused, Problem, nearest, refuse
from gis.table import Table
from gis.toml_files import document_of, read_document
from sync_server.readings.reasons import ReadingProblem, refuse_reading

FOLDER = Path("mappings") / "readings"
"""Where a town's own are kept, in its data folder; beside those of assets, and never among them."""

WAYS = ("tag", "vin", "serial", "plate", "card")
"""How a column may name a unit; a `card` only through the mapping's [units]."""

MILE_KM, US_GALLON_L, IMPERIAL_GALLON_L = 1.609344, 3.785411784, 4.54609
FACTORS: dict[str, dict[str, float]] = {
    Measure.ODOMETER: {"km": 1.0, "mi": MILE_KM, "m": 0.001},
    Measure.ENGINE_HOURS: {"h": 1.0, "min": 1 / 60, "s": 1 / 3_600},
    Measure.PLOW_HOURS: {"h": 1.0, "min": 1 / 60, "s": 1 / 3_600},
    Measure.FUEL_USED: {"L": 1.0, "gal": US_GALLON_L, "gal_imp": IMPERIAL_GALLON_L, "mL": 0.001},
}
"""By measure: what each unit comes to in the meter's own, which is the first."""


@dataclass(frozen=True)
class ReadingRule:
    """Where one measure is read. `taken_at`: where it has a moment of its own."""

    measure: str
    column: str
    factor: float = 1.0
    none: frozenset[str] = frozenset()
    taken_at: str | None = None


@dataclass(frozen=True)
class FuelRule:
    """Where a fill is told: litres, what it cost with taxes, and the number of the sale."""

    litres: str
    cost: str | None = None
    reference: str | None = None
    factor: float = 1.0


@dataclass(frozen=True)
class ReadingMapping:
    title: str
    source: str
    units: dict[str, str]
    """By way (`WAYS`): the column that names the unit."""
    aliases: dict[str, str]
    """Cells that stand for a unit: the number of a card, a name of long ago, by its tag."""
    taken_at: Pattern
    format: str | None
    zone: ZoneInfo
    reading_source: str
    readings: tuple[ReadingRule, ...]
    fuel: FuelRule | None
    ignored: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    version: int = 1
    only: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def used(self) -> tuple[str, ...]:
        fuel = self.fuel
        named = [
            *self.units.values(),
            *self.taken_at.columns,
            *(column for rule in self.readings for column in (rule.column, rule.taken_at)),
            *((fuel.litres, fuel.cost, fuel.reference) if fuel else ()),
            *self.only,
        ]
        return tuple(dict.fromkeys(column for column in named if column))


def reading_mapping_from(document: dict[str, Any], *, title: str) -> ReadingMapping:
    """The mapping that a TOML document describes.

    :raises ImportRefused: every unknown, missing and mistyped key, at once
    """
    problems: list[Problem] = []
    top = Section(title, "", document, problems)
    mapping = ReadingMapping(
        title=title,
        source=top.required_text("source"),
        version=top.whole("version", 1),
        units=_units(top.section("unit", required=True)),
        aliases={key: str(value) for key, value in top.table("units").items()},
        taken_at=top.key("taken_at"),
        format=top.text("format"),
        zone=top.zone(),
        reading_source=_source(top),
        ignored=top.texts("ignored"),
        optional=top.texts("optional"),
        only=top.choices("only"),
        readings=_readings(top.section("readings")),
        fuel=_fuel(top.section("fuel")) if "fuel" in document else None,
    )
    top.finish()
    if not mapping.readings and mapping.fuel is None:
        problems.append(ReadingProblem("mapping_measureless", details={"mapping": title}))
    if problems:
        raise ImportRefused(problems)
    return mapping


def _units(section: Section) -> dict[str, str]:
    found = {way: column for way in WAYS if (column := section.text(way))}
    section.finish()
    if not found:
        section.tell("mapping_key_missing", "tag")
    return found


def _source(top: Section) -> str:
    known = [ReadingSource.IMPORT, ReadingSource.TELEMATICS, ReadingSource.FUEL_CARD]
    said = top.text("kind") or ReadingSource.IMPORT
    if said not in known:
        words = ", ".join(known)
        top.mistyped("kind", f"one of {words}", f"l’un de {words}")
    return said


def _readings(section: Section) -> tuple[ReadingRule, ...]:
    return tuple(_reading(section.section(name), name) for name in list(section.content))


def _reading(section: Section, measure: str) -> ReadingRule:
    rule = ReadingRule(
        measure=measure,
        column=section.required_text("column"),
        factor=_factor(section, measure),
        none=section.texts("none"),
        taken_at=section.text("taken_at"),
    )
    section.finish()
    return rule


def _factor(section: Section, measure: str) -> float:
    known = FACTORS.get(measure, {})
    unit = section.text("unit")
    if unit is None:
        return 1.0
    if known and unit not in known:
        section.mistyped("unit", f"one of {', '.join(known)}", f"l’un de {', '.join(known)}")
    return known.get(unit, 1.0)


def _fuel(section: Section) -> FuelRule:
    rule = FuelRule(
        litres=section.required_text("litres"),
        cost=section.text("cost"),
        reference=section.text("reference"),
        factor=_factor(section, Measure.FUEL_USED),
    )
    section.finish()
    return rule


def read_reading_mapping(path: Path) -> ReadingMapping:
    """:raises ImportRefused: with everything wrong in the file"""
    return reading_mapping_from(read_document(path), title=path.name)


def known_reading_mappings(folder: Path) -> tuple[ReadingMapping, ...]:
    """Those that come with the project and the town's own; of one source, the newest version."""
    newest: dict[str, ReadingMapping] = {}
    for mapping in (*_built_in(), *_kept(folder)):
        standing = newest.get(mapping.source)
        if standing is None or mapping.version >= standing.version:
            newest[mapping.source] = mapping
    return tuple(newest.values())


def keep_reading_mapping(path: Path, folder: Path) -> Path:
    """Keep a sound mapping under its source's name and its version; one that stands stays.

    :raises ImportRefused: the file is not sound
    """
    mapping, content = read_reading_mapping(path), path.read_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{mapping.source}.v{mapping.version}.toml"
    if kept.exists() and kept.read_bytes() != content:
        raise refuse_reading("mapping_stands", mapping=kept.name)
    kept.write_bytes(content)
    return kept


def _built_in() -> Iterator[ReadingMapping]:
    folder = files("sync_server.readings") / "mappings"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            yield _parsed(file.read_bytes(), title=file.name)


def _kept(folder: Path) -> Iterator[ReadingMapping]:
    for path in sorted(folder.glob("*.toml")):
        yield read_reading_mapping(path)


def _parsed(content: bytes, *, title: str) -> ReadingMapping:
    return reading_mapping_from(document_of(content, title=title), title=title)


def reading_mapping_for(table: Table, mappings: Sequence[ReadingMapping]) -> ReadingMapping:
    """The one mapping that expects exactly the table's columns.

    :raises ImportRefused: none does, or several do
    """
    fitting = [mapping for mapping in mappings if not list(column_problems(table, mapping))]
    if len(fitting) > 1:
        raise refuse("mapping_several", known=", ".join(each.title for each in fitting))
    if not fitting:
        known = ", ".join(each.title for each in mappings)
        raise refuse_reading("readings_unfit", columns=", ".join(table.columns), known=known)
    return fitting[0]


def column_problems(table: Table, mapping: ReadingMapping) -> Iterator[Problem]:
    """Every column that is missing from the table, or that the mapping knows nothing of."""
    there = set(table.columns)
    missing = [c for c in mapping.used if c not in there and c not in mapping.optional]
    unknown = sorted(there - {*mapping.used, *mapping.ignored, *mapping.optional})
    for column in missing:
        yield _column("column_missing", column, unknown, mapping)
    for column in unknown:
        yield _column("column_unknown", column, missing or mapping.used, mapping)


def _column(code: str, column: str, others: Iterable[str], mapping: ReadingMapping) -> Problem:
    closest = nearest(column, among=others)
    return Problem(code, details={"column": column, "mapping": mapping.title, "nearest": closest})
