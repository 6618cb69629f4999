"""`voirie import --as vehicle`: units of the fleet have no place on the map, and a number each."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, select
from typer.testing import Result

from asset_model.assets import Asset
from tests.server.test_import_command import run

MAPPING = """
source = "flotte"
class = "vehicle"
key = "No"
tag = "{No}"
name = "{Sorte} {No}"

[attributes]
kind = { column = "Sorte", values = { "Déneigeuse" = "plow_truck", "Niveleuse" = "grader" } }
vin = { column = "NIV" }
model_year = { column = "Année" }
"""
SOUND, WRONG = "1M8GDM9AXKP042788", "1M8GDM9A1KP042788"


@pytest.fixture
def town(shell: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    (shell / "flotte.toml").write_text(MAPPING, encoding="utf-8")
    return shell


def bring(*rows: str, name: str = "flotte.csv") -> Result:
    text = "\n".join(["No;Sorte;NIV;Année", *rows])
    Path(name).write_text(text + "\n", encoding="utf-8")
    return run(name, mapping="flotte.toml", class_code="vehicle")


def standing(town: Path) -> dict[str, Asset]:
    with create_engine(f"sqlite:///{town / 'voirie-data' / 'server.sqlite'}").connect() as found:
        rows = found.execute(select(Asset.tag, Asset.attributes, Asset.geometry, Asset.length_m))
        return {row.tag: row for row in rows}  # type: ignore[misc]


def test_units_come_in_without_a_place_and_twice_changes_nothing(town: Path) -> None:
    rows = (f"201;Déneigeuse;{SOUND};2019", "205;Niveleuse;CAT0140;2016")

    first, again = bring(*rows), bring(*rows)

    assert first.exit_code == again.exit_code == 0
    assert "inchangées\u00a0: 2" in again.output
    assert standing(town)["201"].attributes["vin"] == SOUND
    assert (standing(town)["201"].geometry, standing(town)["201"].length_m) == (None, None)


def test_a_wrong_number_of_an_on_road_unit_refuses_its_row_and_can_be_mended(town: Path) -> None:
    result = bring(f"201;Déneigeuse;{WRONG};2019", f"202;Déneigeuse;{SOUND};2019")

    assert result.exit_code == 3
    assert "ligne 2\u00a0: «\u00a01M8GDM9A1KP042788\u00a0» est mal transcrit" in result.output
    assert list(standing(town)) == ["202"]
    refused = Path("flotte.refused.csv")
    refused.write_text(refused.read_text(encoding="utf-8-sig").replace(WRONG, "11111111111111111"))
    mended = run("flotte.refused.csv", mapping="flotte.toml", class_code="vehicle")
    assert mended.exit_code == 0, mended.output
    assert sorted(standing(town)) == ["201", "202"]


def test_of_a_tool_vehicle_and_of_a_doubtful_year_it_is_told_only(town: Path) -> None:
    result = bring("205;Niveleuse;CAT0140;2016", f"201;Déneigeuse;{SOUND};2021")

    assert result.exit_code == 0
    assert "«\u00a0CAT0140\u00a0» a 7 caractères, et un NIV 17." in result.output
    assert "dit l’année 1989, 2019, et la ligne 2021" in result.output


def test_a_place_for_what_has_none_and_none_for_what_has_one_are_told(town: Path) -> None:
    (town / "flotte.toml").write_text(MAPPING + '\n[geometry]\nwkt = "NIV"\ncrs = "EPSG:4326"\n')
    placed = bring(f"201;Déneigeuse;{SOUND};2019")
    text = MAPPING.replace('"vehicle"', '"road_segment"').partition("[attributes]")[0]
    (town / "flotte.toml").write_text(text + 'ignored = ["NIV", "Année"]\n')
    unplaced = run("flotte.csv", mapping="flotte.toml", class_code="road_segment")

    assert placed.exit_code == unplaced.exit_code == 2
    assert "Retirez [geometry] de la correspondance" in placed.output
    assert "Il manque «\u00a0geometry\u00a0» au fichier" in unplaced.output
