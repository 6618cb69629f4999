"""Which mapping an import goes by: the one given, one kept by the town, or one proposed now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from gis.mapping import Mapping
    from gis.table import Table

FOLDER = "mappings"
"""Where a town's own mappings are kept, in its data folder: one file for each version."""


@dataclass(frozen=True)
class Wanted:
    """What the person said of the file. `named`: a TOML file, or the name of a known mapping."""

    file: Path
    class_code: str
    named: str | None
    layer: str | None
    crs: str | None
    folder: Path


def given_mapping(wanted: Wanted) -> "Mapping | None":
    """:raises ImportRefused: there is no mapping of that name, or it is not sound"""
    from gis.files import known_mappings, read_mapping

    if wanted.named is None:
        return None
    known = {mapping.title: mapping for mapping in known_mappings(wanted.folder)}
    for title in (wanted.named, f"{wanted.named}.toml"):
        if title in known and not Path(wanted.named).is_file():
            return known[title]
    return read_mapping(Path(wanted.named), crs=wanted.crs)


def read(wanted: Wanted, given: "Mapping | None") -> "Table":
    from gis.files import read_table

    return read_table(wanted.file, layer=wanted.layer or (given.geometry.layer if given else None))


def found_mapping(
    table: "Table", wanted: Wanted, given: "Mapping | None", asset_class: dict[str, Any]
) -> "Mapping":
    """The mapping to go by, with the coordinate system that the command names, if it does.

    What `voirie export` wrote needs none: its columns are the asset's own.
    """
    from gis.files import known_mappings
    from gis.matching import mapping_for
    from gis.own_files import own_mapping

    mapping = given or own_mapping(table, asset_class)
    if mapping is None:
        known = known_mappings(wanted.folder)
        mapping = mapping_for(table, class_code=wanted.class_code, mappings=known)
    if wanted.crs is None:
        return mapping
    return replace(mapping, geometry=replace(mapping.geometry, crs=wanted.crs))


def asked_mapping(table: "Table", wanted: Wanted, asset_class: dict[str, Any]) -> "Mapping":
    """The wizard: propose a mapping, ask what only a person knows, and keep the answer."""
    from gis.files import keep_mapping, known_mappings, read_mapping
    from gis.proposing import propose, written

    proposal = propose(table, asset_class=asset_class, layer=wanted.layer)
    columns = ", ".join(table.columns)
    typer.echo(f"Columns: {columns}", err=True)
    proposal = replace(
        proposal,
        key=_asked("Column that finds a row again", proposal.key, table),
        tag=_asked("Column printed on the thing", proposal.tag, table),
        name=_asked("Column with its name", proposal.name, table),
    )
    crs = wanted.crs
    if crs is None and len(proposal.systems) != 1:
        crs = _asked_system(proposal.systems)
    elif crs is None and proposal.geometry.columns:
        crs = proposal.systems[0]
    source = typer.prompt("Name of the source", default=wanted.file.stem.lower(), err=True)
    before = [m.version for m in known_mappings(wanted.folder) if m.source == source]
    version = max(before, default=0) + 1
    text = written(proposal, source=source, class_code=wanted.class_code, version=version, crs=crs)
    typer.echo(f"\n{text}", err=True)
    if not typer.confirm("Keep this mapping and import with it?", default=True, err=True):
        raise typer.Abort
    return read_mapping(keep_mapping(text, wanted.folder, source=source))


def _asked_system(fitting: Sequence[str]) -> str:
    """Which one, of those that put the rows in Québec; each by its name, for they look alike."""
    from gis.crs import named

    if fitting:
        typer.echo(
            "The rows are in Québec in each of these; only their author knows which:", err=True
        )
        for code in fitting:
            typer.echo(f"  {code}  {named(code)}", err=True)
        typer.echo("NAD83 and NAD83(CSRS) are about a metre apart.", err=True)
    else:
        typer.echo("No system used in Québec fits: are these feet, or of elsewhere?", err=True)
    answer: str = typer.prompt("Coordinate system", err=True)
    return answer


def _asked(words: str, proposed: str, table: "Table") -> str:
    while True:
        answer: str = typer.prompt(words, default=proposed, err=True)
        if answer == proposed or answer in table.columns:
            return answer
        typer.echo(f"There is no column “{answer}”.", err=True)
