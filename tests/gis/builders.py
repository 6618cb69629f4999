"""Small files and mappings for tests: one street of a town that is where Gatineau is."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

from asset_model.builtin_classes import BUILTIN_CLASSES
from gis.files import read_table
from gis.mapping import Mapping
from gis.mapping_document import mapping_from
from gis.plan import ImportPlan
from gis.planning import plan_import

CLASSES = {built_in["code"]: built_in for built_in in BUILTIN_CLASSES}

LINE = "LINESTRING (-75.74 45.43, -75.75 45.44)"
ROW = {"ID": "a", "NOM": "Rue Élan", "VITESSE": "40", "UNIQUE": "Non", "FORME": LINE}


def document(**changes: Any) -> dict[str, Any]:
    """A mapping's document for the columns of `ROW`."""
    whole: dict[str, Any] = {
        "source": "essai",
        "class": "road_segment",
        "key": "ID",
        "tag": "TR-{ID}",
        "name": "{NOM}",
        "geometry": {"wkt": "FORME", "crs": "EPSG:4326", "within": [-76.1, 45.3, -75.2, 45.75]},
        "attributes": {
            "speed_limit_kmh": {"column": "VITESSE", "none": ["0"]},
            "one_way": {"column": "UNIQUE", "values": {"Oui": True, "Non": False}},
        },
    }
    return whole | changes


def mapping(**changes: Any) -> Mapping:
    return mapping_from(document(**changes), title="essai.toml")


def row(key: str, **cells: str) -> dict[str, str]:
    return ROW | {"ID": key} | cells


def write_rows(path: Path, *rows: dict[str, str], delimiter: str = ",") -> Path:
    stream = StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8-sig", newline="")
    return path


def plan_of(path: Path, **changes: Any) -> ImportPlan:
    chosen = mapping(**changes)
    table = read_table(path, layer=chosen.geometry.layer)
    return plan_import(table, mapping=chosen, asset_class=CLASSES[chosen.class_code])


def plan_of_rows(folder: Path, *rows: dict[str, str], **changes: Any) -> ImportPlan:
    return plan_of(write_rows(folder / "rues.csv", *rows), **changes)


def refusals(plan: ImportPlan) -> list[tuple[int | None, str]]:
    return [(problem.row, problem.code) for problem in plan.problems]
