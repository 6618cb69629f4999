"""Layers into one file: a GeoPackage, a file of one layer with its styles, or a ZIP of several.

The file is made beside its place and moved there whole: what fails or is stopped leaves nothing.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from gis.features import OutLayer
from gis.layer_files import write_geopackage, write_shapefile
from gis.layer_styles import add_styles
from gis.qml import qml
from gis.short_names import short_names
from gis.sld import sld
from gis.text_files import TEXT_WRITERS

Advance = Callable[[], object]

FORMATS = ("gpkg", "geojson", "shp", "csv", "xml")
STYLES = (".qml", ".sld")
SUFFIX = {"xml": ".gml"}
"""Where it is not the name of the format. GIS programs know GML by this one."""


def suffix_of(form: str, layers: int) -> str:
    """How the name of a file of so many layers ends."""
    if form == "gpkg":
        return ".gpkg"
    return ".zip" if form == "shp" or layers > 1 else SUFFIX.get(form, f".{form}")


def styles_beside(path: Path, form: str, layers: int) -> tuple[Path, ...]:
    """Where the styles of a file go that has no room for them."""
    if suffix_of(form, layers) in (".gpkg", ".zip"):
        return ()
    return tuple(path.with_suffix(suffix) for suffix in STYLES)


def write_layers(
    path: Path, form: str, layers: Sequence[OutLayer], *, language: str, advance: Advance
) -> list[Path]:
    """Write the layers; the files that were made, the main one first.

    :raises OSError: the place cannot be written
    """
    with TemporaryDirectory(dir=path.parent, prefix=".voirie-export-") as folder:
        made = list(_made(Path(folder), path, form, layers, language, advance))
        moved = []
        for source, target in made:
            os.replace(source, target)  # noqa: PTH105 -- it replaces on every system
            moved.append(target)
    return moved


def _made(
    folder: Path,
    path: Path,
    form: str,
    layers: Sequence[OutLayer],
    language: str,
    advance: Advance,
) -> Iterator[tuple[Path, Path]]:
    """Each file that is ready, and its place."""
    if form == "gpkg":
        whole = folder / "layers.gpkg"
        for layer in layers:
            write_geopackage(whole, layer, language, advance)
        add_styles(whole, layers, language)
        yield whole, path
        return
    for layer in layers:
        _write_layer(folder, form, layer, language, advance)
    if suffix_of(form, len(layers)) == ".zip":
        yield _zipped(folder), path
        return
    (layer,) = layers
    yield _file(folder, form, layer), path
    for place in styles_beside(path, form, 1):
        style = folder / f"{layer.code}{place.suffix}"
        if style.exists():
            yield style, place


def _write_layer(folder: Path, form: str, layer: OutLayer, language: str, advance: Advance) -> None:
    file = _file(folder, form, layer)
    names = {field.name: field.name for field in layer.fields}
    if form == "shp":
        names = short_names(list(names))
        write_shapefile(file, layer, language, advance)
    else:
        with file.open("w", encoding="utf-8", newline="") as out:
            TEXT_WRITERS[form](out, layer, language, advance)
    (folder / f"{layer.code}.qml").write_text(qml(layer, language, names), encoding="utf-8")
    if layer.placed:
        (folder / f"{layer.code}.sld").write_text(sld(layer, language, names), encoding="utf-8")


def _file(folder: Path, form: str, layer: OutLayer) -> Path:
    suffix = SUFFIX.get(form, f".{form}")
    return folder / f"{layer.code}{suffix if layer.placed or form != 'shp' else '.dbf'}"


def _zipped(folder: Path) -> Path:
    parts = sorted(folder.iterdir())
    whole = folder / "layers.zip"
    with ZipFile(whole, "w", ZIP_DEFLATED) as out:
        for part in parts:
            out.write(part, part.name)
    return whole
