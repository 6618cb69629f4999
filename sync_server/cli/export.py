"""`voirie export`: a selection of the town's layers into a file that a GIS opens well."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy.exc import DBAPIError

from asset_model.errors import Refused
from asset_model.findings import language_of
from asset_model.numbers import shown
from sync_server.cli import DatabaseOption, DataOption, LanguageOption
from sync_server.cli.opening import settings_or_exit, stop, untouched_or_exit

if TYPE_CHECKING:
    from gis.features import OutLayer
    from sync_server.exporting import Wish

NOTHING_SELECTED = 3
"""The exit code besides 0 (written) and 2 (the call, the place or the database is no good)."""

WORDS = {
    "en": {
        "layer": "  {layer}: {count}",
        "written": "Written: {file} ({size} kB)",
        "beside": "  beside it: {files}",
        "dry": "This was a dry run: nothing was written.",
        "none": "Nothing is selected: no file was written.",
        "renamed": "  {layer}: a shapefile keeps ten characters of a name: {names}",
        "cut": "  {layer}: a shapefile keeps 254 bytes of a text; cut in: {names}",
        "exists": "{file} is there already; --overwrite replaces it.",
        "place": "{file} cannot be written: {why}",
    },
    "fr": {
        "layer": "  {layer}\u00a0: {count}",
        "written": "Écrit\u00a0: {file} ({size}\u00a0ko)",
        "beside": "  à côté\u00a0: {files}",
        "dry": "C’était un essai\u00a0: rien n’a été écrit.",
        "none": "Rien n’est choisi\u00a0: aucun fichier n’a été écrit.",
        "renamed": "  {layer}\u00a0: un shapefile garde dix caractères d’un nom\u00a0: {names}",
        "cut": "  {layer}\u00a0: un shapefile garde 254 octets d’un texte\u00a0: {names}",
        "exists": "{file} existe déjà\u00a0; --overwrite le remplace.",
        "place": "{file} ne peut pas être écrit\u00a0: {why}",
    },
}


def export(
    form: Annotated[
        str, typer.Option("--as", metavar="gpkg|geojson|shp|csv|xml", help="Kind of file.")
    ],
    class_code: Annotated[
        list[str] | None,
        typer.Option("--class", metavar="CODE", help="An asset class, or work_orders; repeat it."),
    ] = None,
    district: Annotated[str | None, typer.Option(metavar="CODE", help="Of this district.")] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=VALUE", help="Only what has this value; repeat it."),
    ] = None,
    people: Annotated[
        bool, typer.Option("--people", help="With the names of people, in work orders.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="The file; else voirie.gpkg and so on.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count, and write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="End with one line of JSON.")] = False,
    language: LanguageOption = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Write assets and work orders to a GeoPackage, GeoJSON, Shapefile, CSV or GML, with styles.

    Everything, unless --class, --district or --where say what. Several layers in
    another format than GeoPackage become a ZIP. What is exported can be imported again:
    voirie import FILE --as CLASS [--layer CLASS].

    Exit codes: 0 written; 3 nothing is selected;
    2 the call, the file or the database cannot be used: nothing was written.
    """
    from gis.writing import FORMATS

    if form not in FORMATS:
        raise stop(f"--as {form}: one of {', '.join(FORMATS)}.")
    settings = settings_or_exit(database=database, data=data)
    spoken = language_of(language, os.environ)
    opened = untouched_or_exit(settings)
    run = _Export(form, out, overwrite, dry_run, as_json, spoken)
    try:
        with opened.reading() as session:
            run.run(session, _wish(class_code, district, where, people=people))
    except Refused as refused:
        raise stop(refused.sentence(spoken)) from None
    except DBAPIError as error:
        raise stop(f"The database failed; nothing was written. {error.orig}") from None
    finally:
        opened.close()


def _wish(
    codes: Sequence[str] | None,
    district: str | None,
    where: Sequence[str] | None,
    *,
    people: bool,
) -> "Wish":
    from sync_server.exporting import Wish

    pairs = [text.partition("=") for text in where or ()]
    for name, equals, _ in pairs:
        if not (name and equals):
            raise stop(f"--where {name}{equals}: write it as FIELD=VALUE.")
    values = tuple((name, value) for name, _, value in pairs)
    return Wish(tuple(codes or ()), district, values, people)


@dataclass(frozen=True)
class _Export:
    """What one run of the command was asked for."""

    form: str
    out: Path | None
    overwrite: bool
    dry_run: bool
    as_json: bool
    language: str

    def run(self, session: Any, wish: "Wish") -> NoReturn:
        from sync_server.exporting import selected

        layers = selected(session, wish)
        for layer in layers:
            count = shown(layer.count, self.language)
            self._say("layer", layer=layer.label(self.language), count=count)
        if not layers:
            self._say("none")
            self._end(layers, [], NOTHING_SELECTED)
        if self.dry_run:
            self._say("dry")
            self._end(layers, [], 0)
        written = self._write(layers)
        self._end(layers, written, 0)

    def _write(self, layers: Sequence["OutLayer"]) -> list[Path]:
        from gis.writing import styles_beside, suffix_of, write_layers

        target = self.out or Path(f"voirie{suffix_of(self.form, len(layers))}")
        for file in (target, *styles_beside(target, self.form, len(layers))):
            if file.exists() and not self.overwrite:
                raise stop(self._words("exists", file=file))
        total = sum(layer.count for layer in layers)
        try:
            with _progress(total) as advance:
                written = write_layers(
                    target, self.form, layers, language=self.language, advance=advance
                )
        except OSError as error:
            raise stop(self._words("place", file=target, why=error.strerror)) from None
        size = shown(max(1, target.stat().st_size // 1024), self.language)
        self._say("written", file=target, size=size)
        if written[1:]:
            self._say("beside", files=", ".join(path.name for path in written[1:]))
        if self.form == "shp":
            self._tell_of_shapefiles(layers)
        return written

    def _tell_of_shapefiles(self, layers: Sequence["OutLayer"]) -> None:
        from gis.layer_files import cut_texts
        from gis.short_names import short_names

        for layer in layers:
            told = {"layer": layer.label(self.language)}
            names = short_names([field.name for field in layer.fields])
            renamed = [f"{name} → {short}" for name, short in names.items() if name != short]
            if renamed:
                self._say("renamed", names=", ".join(renamed), **told)
            if cut := cut_texts(layer):
                self._say("cut", names=", ".join(sorted(cut)), **told)

    def _end(self, layers: Sequence["OutLayer"], written: Sequence[Path], code: int) -> NoReturn:
        if self.as_json:
            told = {
                "layers": {layer.code: layer.count for layer in layers},
                "features": sum(layer.count for layer in layers),
                "file": str(written[0]) if written else None,
                "beside": [str(path) for path in written[1:]],
            }
            typer.echo(json.dumps(told, ensure_ascii=False))
        raise typer.Exit(code)

    def _say(self, what: str, **told: object) -> None:
        typer.echo(self._words(what, **told), err=self.as_json)

    def _words(self, what: str, **told: object) -> str:
        return WORDS[self.language][what].format(**told)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], object]]:
    """Progress on a terminal, on the error channel; silent elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("", total=total)
        yield lambda: progress.advance(task)
