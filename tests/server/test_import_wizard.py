"""`voirie import --wizard` and `voirie mapping`: a mapping proposed, read over and kept."""

import tomllib
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from gis.files import known_mappings
from sync_server.cli.importing import import_file
from sync_server.cli.mapping import mapping
from tests.server.test_import_command import last_line, standing

HYDRANTS = """NO_BORNE;NOM;PROPRIO;LON;LAT
1;Borne Église;Ville;-71,21;46,81
2;Borne du Parc;Privé;-71,22;46,82
3;Borne du Lac;Ville;-71,23;46,83
"""
AGREED = "\n\n\n\ny\n"
"""Key, tag, name and source as they are proposed, and yes."""
MTM = """ID,NOM,X,Y
1,Borne Église,304000,5040000
2,Borne du Parc,304100,5040100
"""


@pytest.fixture
def town(shell: Path) -> Path:
    (shell / "bornes.csv").write_text(HYDRANTS, encoding="utf-8")
    (shell / "mtm.csv").write_text(MTM, encoding="utf-8")
    return shell


def run(*arguments: str, answers: str = "") -> Result:
    app = typer.Typer()
    app.command("import")(import_file)
    app.command("mapping")(mapping)
    return CliRunner().invoke(app, [*arguments, "--as", "hydrant"], input=answers)


def test_a_proposal_that_is_agreed_to_brings_the_rows_in(town: Path) -> None:
    result = run("import", "bornes.csv", "--wizard", "--json", answers=AGREED)

    assert result.exit_code == 0, result.output
    assert last_line(result)["created"] == standing(town) == 3


def test_the_mapping_is_kept_and_the_next_file_needs_no_wizard(town: Path) -> None:
    run("import", "bornes.csv", "--wizard", answers=AGREED)

    result = run("import", "bornes.csv", "--json")

    assert (town / "voirie-data" / "mappings" / "bornes.v1.toml").is_file()
    assert last_line(result)["unchanged"] == 3


def test_a_second_proposal_is_a_second_version_and_the_first_stays(town: Path) -> None:
    for _ in range(2):
        run("import", "bornes.csv", "--wizard", answers=AGREED)

    folder = town / "voirie-data" / "mappings"
    assert sorted(path.name for path in folder.iterdir()) == ["bornes.v1.toml", "bornes.v2.toml"]
    assert [m.version for m in known_mappings(folder) if m.source == "bornes"] == [2]


def test_a_proposal_that_is_turned_down_leaves_nothing(town: Path) -> None:
    result = run("import", "bornes.csv", "--wizard", answers="\n\n\n\nn\n")

    assert result.exit_code == 1
    assert not (town / "voirie-data" / "mappings").exists()


def test_a_column_that_is_not_there_is_asked_for_again(town: Path) -> None:
    result = run("import", "bornes.csv", "--wizard", answers="BORNE\nNO_BORNE\n\n\n\ny\n")

    assert "There is no column “BORNE”" in result.output
    assert standing(town) == 3


def test_which_of_two_systems_a_metre_apart_is_for_a_person_to_say(town: Path) -> None:
    proposed = run("mapping", "mtm.csv").output

    assert "EPSG:32188" in proposed
    assert "EPSG:2950" in proposed
    assert "crs" not in tomllib.loads(proposed)["geometry"]


def test_the_wizard_names_the_systems_that_fit_and_how_far_apart_they_are(town: Path) -> None:
    answers = "\n\n\nEPSG:2950\n\ny\n"

    result = run("import", "mtm.csv", "--wizard", "--dry-run", "--lang", "en", answers=answers)

    assert "EPSG:32188  NAD83 / MTM zone 8" in result.output
    assert "EPSG:2950  NAD83(CSRS) / MTM zone 8" in result.output
    assert "a metre apart" in result.output
    assert 'crs = "EPSG:2950"' in result.output


def test_a_proposal_goes_to_a_file_that_is_not_there_yet(town: Path) -> None:
    assert run("mapping", "bornes.csv", "--out", "b.toml").exit_code == 0
    assert run("import", "bornes.csv", "--mapping", "b.toml").exit_code == 0
    assert run("mapping", "bornes.csv", "--out", "b.toml").exit_code == 2
    assert standing(town) == 3


def test_a_file_without_places_gets_no_proposal(town: Path) -> None:
    (town / "compteurs.csv").write_text("Date;Berri\n2012-01-01;35\n")

    result = run("mapping", "compteurs.csv")

    assert result.exit_code == 2
    assert "Nothing in the file says where its rows are" in result.output


def test_the_report_tells_what_moves_and_what_is_gone(town: Path) -> None:
    run("import", "bornes.csv", "--wizard", answers=AGREED)
    newer = HYDRANTS.replace("Borne Église", "Borne Saint-Paul").splitlines()[:-1]
    (town / "bornes.csv").write_text("\n".join(newer), encoding="utf-8")

    result = run("import", "bornes.csv", "--retire-missing")

    assert "BI-1: name Borne Église → Borne Saint-Paul" in result.output
    assert "retired: 1 (BI-3)" in result.output


def test_a_file_of_refused_rows_cannot_retire_the_others(town: Path) -> None:
    (town / "bornes.refused.csv").write_text(HYDRANTS, encoding="utf-8")

    assert run("import", "bornes.refused.csv", "--retire-missing").exit_code == 2
