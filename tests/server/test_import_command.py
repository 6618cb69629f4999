"""`voirie import`: what it prints, how it ends, and that it loses nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from sqlalchemy import create_engine, func, select
from typer.testing import CliRunner, Result

from asset_model.assets import Asset
from sync_server.cli.importing import import_file
from tests.gis.builders import LINE, row, write_rows

MAPPING = """
source = "essai"
class = "road_segment"
key = "ID"
tag = "TR-{ID}"
name = "{NOM}"

[geometry]
wkt = "FORME"
crs = "EPSG:4326"

[attributes]
speed_limit_kmh = { column = "VITESSE" }
one_way = { column = "UNIQUE" }
"""


@pytest.fixture
def town(shell: Path) -> Path:
    """A folder with a mapping, in which the command is run."""
    (shell / "essai.toml").write_text(MAPPING)
    return shell


def run(*arguments: str, mapping: str = "essai.toml", class_code: str = "road_segment") -> Result:
    app = typer.Typer()
    app.command()(import_file)
    given = ["--mapping", mapping] if mapping else []
    return CliRunner().invoke(app, [*arguments, "--as", class_code, *given])


def last_line(result: Result) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(result.output.splitlines()[-1])
    return line


def standing(town: Path) -> int:
    with create_engine(f"sqlite:///{town / 'voirie-data' / 'server.sqlite'}").connect() as found:
        return found.scalar(select(func.count()).select_from(Asset)) or 0


def test_a_sound_file_ends_with_nought(town: Path) -> None:
    write_rows(town / "rues.csv", row("a"), row("b"))

    result = run("rues.csv")

    assert result.exit_code == 0
    assert "Rows read: 2 (mapping: essai.toml)" in result.output
    assert standing(town) == 2


def test_refused_rows_are_listed_and_filed_and_the_others_are_in(town: Path) -> None:
    write_rows(town / "rues.csv", row("a"), row("b", FORME="LINESTRING (-75.74 45.43)"))

    result = run("rues.csv")

    assert result.exit_code == 3
    assert "row 3: The line has one point only: LINESTRING (-75.74 45.43)" in result.output
    assert "They are in rues.refused.csv" in result.output
    assert standing(town) == 1


def test_json_ends_with_one_line_of_figures(town: Path) -> None:
    write_rows(town / "rues.csv", row("a"), row("b", FORME=""))

    result = run("rues.csv", "--json")

    assert last_line(result) == {
        "read": 2,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "refused": 1,
        "left_aside": 0,
        "missing": 0,
        "retired": 0,
        "refused_file": "rues.refused.csv",
    }


def test_a_mended_file_of_refused_rows_is_imported_the_same_way(town: Path) -> None:
    write_rows(town / "rues.csv", row("a"), row("b", FORME="LINESTRING (-75.74 45.43)"))
    run("rues.csv")
    refused = town / "rues.refused.csv"
    text = refused.read_text("utf-8-sig").replace("LINESTRING (-75.74 45.43)", f'"{LINE}"', 1)
    refused.write_text(text, encoding="utf-8-sig")

    result = run("rues.refused.csv", "--json")

    assert (result.exit_code, last_line(result)["created"]) == (0, 1)
    assert standing(town) == 2


def test_a_dry_run_tells_everything_and_writes_nothing(town: Path) -> None:
    write_rows(town / "rues.csv", row("a"), row("b", FORME=""))
    before = sorted(town.rglob("*"))

    result = run("rues.csv", "--dry-run", "--json")

    assert result.exit_code == 3
    assert "nothing was written" in result.output
    assert (last_line(result)["created"], last_line(result)["refused_file"]) == (1, None)
    assert sorted(town.rglob("*")) == before


def test_the_report_is_in_french_for_who_works_in_french(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    write_rows(town / "rues.csv", row("a", FORME=""))

    result = run("rues.csv")

    assert "Lignes lues\u00a0: 1" in result.output
    assert "ligne 2\u00a0: Il n’y a pas de géométrie dans «\u00a0FORME\u00a0»." in result.output


def test_a_column_nobody_expects_stops_the_import(town: Path) -> None:
    write_rows(town / "rues.csv", row("a", VITESE="40"))

    result = run("rues.csv")

    assert result.exit_code == 2
    assert "The column “VITESE” is unknown to the mapping “essai.toml”" in result.output
    assert standing(town) == 0


@pytest.mark.parametrize(
    ("arguments", "options", "told"),
    [
        (["rien.csv"], {}, "There is no file rien.csv"),
        (["rues.csv"], {"class_code": "rode_segment"}, "Did you mean “road_segment”?"),
        (["rues.csv"], {"class_code": "hydrant"}, "is for “road_segment”, not for “hydrant”"),
        (["rues.csv"], {"mapping": "rien.toml"}, "There is no file rien.toml"),
        (["rues.csv"], {"mapping": ""}, "No mapping for “road_segment” is made for this file"),
        (["rues.csv", "--district", "NORD"], {}, "There is no district “NORD”"),
        (["rues.csv", "--database", "rien"], {}, "an SQLAlchemy URL is expected"),
        (["rues.csv", "--language", "es"], {}, "fr or en"),
    ],
)
def test_what_cannot_be_used_is_told_and_ends_with_two(
    town: Path, arguments: list[str], options: dict[str, str], told: str
) -> None:
    write_rows(town / "rues.csv", row("a"))

    result = run(*arguments, **options)

    assert (result.exit_code, told in result.output) == (2, True), result.output


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_a_database_that_does_not_answer_ends_with_two(
    town: Path, free_port: int, options: list[str]
) -> None:
    write_rows(town / "rues.csv", row("a"))
    url = f"postgresql+psycopg://nobody@127.0.0.1:{free_port}/nothing"

    result = run("rues.csv", "--database", url, *options)

    assert result.exit_code == 2
    assert "The database" in result.output


def test_a_folder_that_cannot_be_written_sends_refused_rows_to_the_current_one(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (town / "partage").mkdir()
    write_rows(town / "partage" / "rues.csv", row("a", FORME=""))
    written = Path.write_bytes

    def only_here(path: Path, content: bytes) -> int:
        if path.parent.name == "partage":
            raise PermissionError(path)
        return written(path, content)

    monkeypatch.setattr(Path, "write_bytes", only_here)

    result = run("partage/rues.csv", "--json")

    assert last_line(result)["refused_file"] == str(town / "rues.refused.csv")


def test_gatineau_is_imported_with_the_mapping_found_by_its_columns(
    town: Path, shared_data: Path
) -> None:
    copy = town / "gatineau_voie_publique_A.csv"
    copy.write_bytes((shared_data / "roads" / copy.name).read_bytes())

    first = run(copy.name, "--json", mapping="")
    second = run(copy.name, "--json", mapping="")

    assert (first.exit_code, last_line(first)["created"], last_line(first)["refused"]) == (
        3,
        5005,
        68,
    )
    assert (last_line(second)["unchanged"], last_line(second)["updated"]) == (5005, 0)


FAR = "LINESTRING (-71.21 46.81, -71.22 46.82)"


def test_rows_far_from_all_that_the_town_has_need_a_word(town: Path) -> None:
    write_rows(town / "rues.csv", *(row(f"r{n}") for n in range(20)))
    run("rues.csv")
    write_rows(town / "autres.csv", row("s", FORME=FAR))

    refused, agreed = run("autres.csv"), run("autres.csv", "--elsewhere")

    assert (refused.exit_code, agreed.exit_code) == (2, 0)
    assert "from everything that the town has" in refused.output
    assert standing(town) == 21
