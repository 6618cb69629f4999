"""`voirie reports`: a city's file in, incidents out, measured against its clerks."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sync_server.cli import register

MAPPING = """
id = "no"
opened_at = "ouvert"
closed_at = "ferme"
latitude = "lat"
longitude = "lon"
category = "nature"
words = "texte"

[decisions]
duplicate_of = "double_de"
"""
FOR_IMPORT = """
source = "old-311"
services = { NID = ["Chaussée"] }
contact = { email = "courriel" }
"""
"""What the mapping of `reports import` has beyond: the same file serves both commands."""
HEADER = "no;ouvert;ferme;lat;lon;nature;texte;double_de"
"""A Québec town's export: semicolons, decimal commas, accents."""


Written = Callable[..., tuple[Path, Path]]


@pytest.fixture
def file(tmp_path: Path) -> Written:
    def made(*rows: str, mapping: str = MAPPING) -> tuple[Path, Path]:
        reports, columns = tmp_path / "requetes.csv", tmp_path / "ville.toml"
        reports.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        columns.write_text(mapping, encoding="utf-8")
        return reports, columns

    return made


def _ran(*words: object) -> tuple[int, str]:
    app = typer.Typer()
    register(app)
    result = CliRunner().invoke(app, ["reports", *map(str, words)])
    return result.exit_code, result.output


def _rows(out: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(out.read_text("utf-8").splitlines()))


def test_reports_of_one_hole_are_written_with_why(file: Written, tmp_path: Path) -> None:
    reports, mapping = file(
        "101;2026-05-04 09:00;;45,42010;-75,72000;Chaussée;Gros nid-de-poule;",
        "102;2026-05-04 17:30;;45,42012;-75,72001;Chaussée;nid de poule dangereux;",
        "103;2026-05-05 08:00;;45,43000;-75,70000;Chaussée;pothole;",
        mapping=FOR_IMPORT + MAPPING,
    )
    out = tmp_path / "groupes.csv"

    code, said = _ran("group", reports, "--mapping", mapping, "--out", out, "--lang", "fr")

    rows = _rows(out)
    assert code == 0, said
    assert [row["incident"] for row in rows] == ["101", "101", "103"]
    assert "même catégorie +1" in rows[1]["reasons"]
    assert float(rows[1]["score"]) > 0.95


def test_rows_that_cannot_be_read_are_told_and_the_others_grouped(
    file: Written, tmp_path: Path
) -> None:
    reports, mapping = file(
        "101;2026-05-04 09:00;;45,42010;-75,72000;Chaussée;;",
        ";2026-05-04 09:00;;45,42010;-75,72000;Chaussée;;",
        "101;2026-05-04 09:00;;45,42010;-75,72000;Chaussée;;",
        "104;hier;;45,42010;-75,72000;Chaussée;;",
        "105;2026-05-04 09:00;;145,42010;-75,72000;Chaussée;;",
    )
    out = tmp_path / "groupes.csv"

    code, said = _ran("group", reports, "--mapping", mapping, "--out", out, "--lang", "en")

    assert code == 3
    assert [row["report"] for row in _rows(out)] == ["101"]
    for told in ("row 3: The report has no number", "row 4: “101”", "row 5: “hier”", "row 6: “145"):
        assert told in said


def test_a_mapping_of_missing_columns_writes_nothing(file: Written, tmp_path: Path) -> None:
    wrong = MAPPING.replace('"lat"', '"latt"')
    reports, mapping = file("101;2026-05-04;;45;-75;Chaussée;;", mapping=wrong)
    out = tmp_path / "groupes.csv"

    code, said = _ran("group", reports, "--mapping", mapping, "--out", out, "--lang", "fr")

    assert code == 2
    assert "latt" in said
    assert not out.exists()


def test_learning_without_decisions_says_which_column_is_wanted(
    file: Written, tmp_path: Path
) -> None:
    reports, mapping = file("101;2026-05-04 09:00;;45,4;-75,7;Chaussée;;")

    code, said = _ran(
        "learn", reports, "--mapping", mapping, "--out", tmp_path / "w.json", "--edition", "v1"
    )

    assert code == 2
    assert "duplicate_of" in said


def test_boston_learned_from_one_half_year_does_better_on_the_next_than_simple_rules(
    tmp_path: Path, shared_data: Path
) -> None:
    boston = shared_data / "requests311" / "boston_2015_A.csv.gz"
    weights = tmp_path / "h1.json"
    learn = ("--until", "2015-07-01", "--edition", "h1", "--out", weights)
    measure = ("--since", "2015-07-01", "--weights", weights, "--json")

    assert _ran("learn", boston, "--mapping", "boston", *learn)[0] == 0
    code, said = _ran("measure", boston, "--mapping", "boston", *measure)

    ours, near, far = (json.loads(line) for line in said.splitlines())
    assert code == 0
    assert ours["decided"] == near["decided"] == far["decided"] == 441
    assert ours["f1"] > 20 * max(near["f1"], far["f1"])
