"""What the columns of a city's file of 311 reports mean: a mapping, read from TOML, strictly."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from asset_model.grouping.weights import Weights, WeightsRefusedError, first_edition, read
from gis.mapping_document import Section
from gis.problems import ImportRefused, Problem, nearest, refuse
from gis.table import Table
from gis.toml_files import document_of
from sync_server.grouping.reasons import ReportProblem, refuse_reports

EDITIONS = "editions"
MAPPINGS = "mappings"
OF_IMPORT = ("source", "language", "services", "contact")
"""What `voirie reports import` asks beyond: the same file serves both."""


@dataclass(frozen=True)
class ReportMapping:
    """The columns, by what they tell. `weights`: a shipped edition, or a file beside this one."""

    title: str
    id: str
    opened_at: str
    latitude: str
    longitude: str
    category: str
    zone: ZoneInfo
    format: str | None = None
    closed_at: str | None = None
    address: str | None = None
    words: str | None = None
    asset: str | None = None
    reporter: str | None = None
    weights: str | None = None
    folder: Path | None = None
    channel: str | None = None
    staff: frozenset[str] = frozenset()
    duplicate_of: str | None = None
    closure: str | None = None
    closed_as_duplicate: frozenset[str] = frozenset()
    families: Mapping[str, str] | None = None

    @property
    def used(self) -> tuple[str, ...]:
        told = (
            self.id, self.opened_at, self.latitude, self.longitude, self.category,
            self.closed_at, self.address, self.words, self.asset, self.reporter,
            self.channel, self.duplicate_of, self.closure,
        )  # fmt: skip
        return tuple(dict.fromkeys(column for column in told if column))


def report_mapping_from(
    document: dict[str, Any], *, title: str, folder: Path | None = None
) -> ReportMapping:
    """The mapping that a TOML document describes.

    :raises ImportRefused: every unknown, missing and mistyped key, at once
    """
    problems: list[Problem] = []
    top = Section(title, "", document, problems)
    mapping = ReportMapping(
        title=title,
        folder=folder,
        id=top.required_text("id"),
        opened_at=top.required_text("opened_at"),
        latitude=top.required_text("latitude"),
        longitude=top.required_text("longitude"),
        category=top.required_text("category"),
        zone=top.zone(),
        format=top.text("format"),
        closed_at=top.text("closed_at"),
        address=top.text("address"),
        words=top.text("words"),
        asset=top.text("asset"),
        reporter=top.text("reporter"),
        weights=top.text("weights"),
    )
    mapping = _with_families(_with_decisions(_with_channel(mapping, top), top), top)
    top.finish()
    if problems:
        raise ImportRefused(problems)
    return mapping


def _with_channel(mapping: ReportMapping, top: Section) -> ReportMapping:
    section = top.section("channel")
    told = replace(mapping, channel=section.text("column"), staff=section.texts("staff"))
    section.finish()
    return told


def _with_decisions(mapping: ReportMapping, top: Section) -> ReportMapping:
    section = top.section("decisions")
    told = replace(
        mapping,
        duplicate_of=section.text("duplicate_of"),
        closure=section.text("closure"),
        closed_as_duplicate=section.texts("closed_as_duplicate"),
    )
    section.finish()
    return told


def _with_families(mapping: ReportMapping, top: Section) -> ReportMapping:
    section = top.section("families")
    named = {name: section.texts(name) for name in list(section.content)}
    section.finish()
    families = {category: name for name, members in named.items() for category in members}
    return replace(mapping, families=families)


def read_report_mapping(named: str) -> ReportMapping:
    """By its file, or by the name of one that comes with the project.

    :raises ImportRefused: with everything wrong in the file
    """
    path = Path(named)
    if path.is_file():
        return _parsed(path.read_bytes(), title=path.name, folder=path.parent)
    shipped = files("sync_server.grouping") / MAPPINGS / f"{named.removesuffix('.toml')}.toml"
    if not shipped.is_file():
        raise refuse("file_missing", path=named)
    return _parsed(shipped.read_bytes(), title=shipped.name, folder=None)


def _parsed(content: bytes, *, title: str, folder: Path | None) -> ReportMapping:
    whole = document_of(content, title=title)
    ours = {key: value for key, value in whole.items() if key not in OF_IMPORT}
    return report_mapping_from(ours, title=title, folder=folder)


def missing_columns(table: Table, mapping: ReportMapping) -> Iterator[Problem]:
    """Columns that nobody named are left aside: cities publish many that say nothing of twins."""
    there = set(table.columns)
    for column in mapping.used:
        if column not in there:
            closest = nearest(column, among=there - set(mapping.used))
            details = {"column": column, "mapping": mapping.title, "nearest": closest}
            yield ReportProblem("column_missing", details=details)


def weights_of(mapping: ReportMapping, named: str | None) -> Weights:
    """The edition that was named, or the mapping's, or the first; with the mapping's families.

    :raises ImportRefused: ``report_weights_unreadable``
    """
    wanted = named or mapping.weights
    edition = first_edition() if wanted is None else _edition(wanted, mapping.folder)
    return replace(edition, families={**edition.families, **(mapping.families or {})})


def _edition(wanted: str, folder: Path | None) -> Weights:
    shipped = files("sync_server.grouping") / EDITIONS / f"{wanted.removesuffix('.json')}.json"
    places = [Path(wanted), *([folder / wanted] if folder else []), shipped]
    try:
        found = next((place for place in places if place.is_file()), None)
        if found is None:
            raise WeightsRefusedError("no such file")
        return read(found.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise refuse_reports("report_weights_unreadable", value=wanted, why=error) from None
