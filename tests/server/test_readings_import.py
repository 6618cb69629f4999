"""`voirie readings import`: sheets, fuel cards and fleet snapshots, once each, and what waits."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from asset_model.meters import Meter, MeterReading
from sync_server.cli import readings, register
from sync_server.upkeep_tables import FuelFill
from tests.server.garage import with_hours
from tests.sync.rig import Server

NOW = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)


@pytest.fixture
def garage(served: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    """Trucks 201 and 202 have an odometer too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(readings, "clock", lambda: NOW)
    with_hours(served)
    served.set("meter", "km 201", daily_max=1_500.0)
    return served


def run(garage: Server, file: str, *more: str, language: str = "fr") -> Result:
    app = typer.Typer()
    register(app)
    url = garage.database.engine.url.render_as_string(hide_password=False)
    given = ["--database", url, "--data", "town", "--lang", language]
    return CliRunner().invoke(app, ["readings", "import", file, *more, *given])


def figures(result: Result) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return line


def sheet(*rows: str, name: str = "releves.csv", header: str = "unit;date;odometer;hours") -> str:
    Path(name).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return name


def standing(garage: Server) -> list[tuple[str, float, str, str]]:
    return sorted(
        (each.meter_id, each.value, each.source, each.review) for each in garage.rows(MeterReading)
    )


def total(garage: Server, meter: str) -> float | None:
    found: float | None = next(each.total for each in garage.rows(Meter) if each.id == meter)
    return found


def test_a_sheet_of_the_garage_is_in_by_its_columns_alone(garage: Server) -> None:
    file = sheet("201;2026-11-20;12 000,5;", "205;2026-11-21 07:15;;310")

    result = run(garage, file, "--json")

    assert result.exit_code == 0
    assert figures(result) == {
        "read": 2, "readings": 2, "fills": 0, "unchanged": 0, "queued": 0, "refused": 0,
        "left_aside": 0, "unmetered": 0, "same_moment": 0, "meters_added": 0,
        "refused_file": None, "dry_run": False,
    }  # fmt: skip
    assert standing(garage) == [
        ("h 205", 310, "import", "sound"), ("km 201", 12_000.5, "import", "sound"),
    ]  # fmt: skip
    moments = {each.meter_id: each.taken_at for each in garage.rows(MeterReading)}
    assert moments["km 201"] == datetime(2026, 11, 20, 17, tzinfo=UTC)
    assert moments["h 205"] == datetime(2026, 11, 21, 12, 15, tzinfo=UTC)


def test_a_dry_run_tells_the_same_and_writes_nothing(garage: Server) -> None:
    file = sheet("201;2026-11-20;12000;", "201;2026-11-21;11000;", "999;2026-11-20;1;")

    dry = run(garage, file, "--dry-run", "--json")

    assert standing(garage) == []
    assert not Path("releves.refused.csv").exists()
    assert "C’était un essai\u00a0: rien n’a été écrit." in dry.stderr
    wet = figures(run(garage, file, "--json"))
    assert {**figures(dry), "dry_run": 0, "refused_file": 0} == {
        **wet, "dry_run": 0, "refused_file": 0,
    }  # fmt: skip


def test_a_file_twice_brings_nothing_new(garage: Server) -> None:
    file = sheet("201;2026-11-20;12000;", "201;2026-11-21;11000;")
    run(garage, file)
    before = standing(garage)

    again = run(garage, file, "--json")

    assert (figures(again)["readings"], figures(again)["unchanged"]) == (0, 2)
    assert standing(garage) == before


def test_every_problem_of_a_row_is_told_and_the_mended_file_goes_in_the_same_way(
    garage: Server,
) -> None:
    file = sheet("201;2026-11-20;12000;", "999;hier;-5;", "202;2026-11-20;700;9")

    result = run(garage, file)

    assert result.exit_code == 3
    for told in (
        "ligne 3\u00a0: Il n’y a pas d’unité «\u00a0999\u00a0» («\u00a0unit\u00a0»).",
        "ligne 3\u00a0: «\u00a0hier\u00a0» dans «\u00a0date\u00a0» n’est pas un moment",
        "ligne 3\u00a0: «\u00a0-5\u00a0» dans «\u00a0odometer\u00a0» n’est pas un nombre",
        "ligne 4\u00a0: L’unité 202 n’a pas de compteur «\u00a0engine_hours\u00a0»",
    ):
        assert told in result.stdout
    assert [row[0] for row in standing(garage)] == ["km 201"]
    refused = Path("releves.refused.csv")
    text = refused.read_text(encoding="utf-8-sig").replace("999;hier;-5;", "202;2026-11-21;705;")
    refused.write_text(text.replace("202;2026-11-20;700;9;", "202;2026-11-20;700;;"))

    mended = run(garage, "releves.refused.csv", "--json")

    assert (mended.exit_code, figures(mended)["readings"]) == (0, 2)
    assert total(garage, "km 202") == 705


def test_what_cannot_be_is_in_and_waits_and_is_told_with_its_row(garage: Server) -> None:
    file = sheet("201;2026-11-20;12000;", "201;2026-11-22;11000;", "201;2026-11-23;12100;")

    result = run(garage, file)

    assert result.exit_code == 0
    assert "ligne 3\u00a0: 201, odomètre (km), 11\u00a0000 (2026-11-22 12:00): le compteur" in (
        result.stdout
    )
    assert total(garage, "km 201") == 12_100


def test_rows_in_any_order_and_files_in_any_order_come_to_the_same(garage: Server) -> None:
    run(garage, sheet("201;2026-11-23;12900;", "201;2026-11-20;12000;"))
    run(garage, sheet("201;2026-11-21;12300;", name="tard.csv"))

    assert {row[3] for row in standing(garage)} == {"sound"}
    assert total(garage, "km 201") == 12_900


def test_a_day_of_several_values_keeps_the_highest_and_says_so(garage: Server) -> None:
    file = sheet("201;2026-11-20;12000;", "201;2026-11-20;12040;")

    first, again = (figures(run(garage, file, "--json")) for _ in range(2))

    assert (first["readings"], first["same_moment"]) == (1, 1)
    assert (again["readings"], again["unchanged"], again["refused"]) == (0, 1, 0)
    assert [row[1] for row in standing(garage)] == [12_040]


def test_a_day_alone_that_is_today_is_not_taken_for_one_to_come(garage: Server) -> None:
    """It is 08:00; the sheet says today, and noon is still to come."""
    file = sheet("201;2026-11-26;12000;")

    assert figures(run(garage, file, "--json"))["queued"] == 0
    later = datetime(2026, 11, 26, 20, tzinfo=UTC)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(readings, "clock", lambda: later)
        again = figures(run(garage, file, "--json"))
    assert (again["readings"], again["unchanged"]) == (0, 1)


def test_a_file_that_contradicts_an_earlier_one_is_refused_by_row(garage: Server) -> None:
    run(garage, sheet("201;2026-11-20;12000;"))

    result = run(garage, sheet("201;2026-11-20;12050;"), language="en")

    assert result.exit_code == 3
    assert "At that moment 12000 was read on this meter, and the file says 12050" in (result.stdout)
    assert [row[1] for row in standing(garage)] == [12_000]


def test_a_meter_that_a_unit_lacks_is_added_when_asked_for(garage: Server) -> None:
    file = sheet("205;2026-11-20;500;300", "205;2026-11-10;450;290")
    assert figures(run(garage, file, "--json"))["refused"] == 2

    told = figures(run(garage, file, "--add-meters", "--json"))

    assert (told["meters_added"], told["readings"], told["queued"]) == (1, 4, 0)
    (added,) = [each for each in garage.rows(Meter) if each.measure == "odometer"
                and each.asset_id == "205"]  # fmt: skip
    assert (added.total, added.unit, added.daily_max) == (500, "km", 1_500)
    assert added.installed_at == datetime(2026, 11, 10, 17, tzinfo=UTC)


MAPPING = """
source = "cartes"
kind = "fuel_card"
taken_at = "{Date} {Heure}"
format = "%d/%m/%Y %H:%M"
ignored = ["Station"]

[unit]
card = "Carte"

[units]
"7001 22" = "201"

[readings.odometer]
column = "Odomètre"
unit = "mi"
none = ["0"]

[fuel]
litres = "Litres"
cost = "Montant"
reference = "Reçu"
"""
CARDS = "Carte;Date;Heure;Station;Odomètre;Litres;Montant;Reçu"


def cards(*rows: str) -> str:
    Path("cartes.toml").write_text(MAPPING, encoding="utf-8")
    Path("cartes.csv").write_bytes("\n".join([CARDS, *rows]).encode("cp1252"))
    return "cartes.csv"


def test_fuel_cards_are_read_by_the_town_s_own_mapping_which_is_kept(garage: Server) -> None:
    file = cards("7001-22;20/11/2026;16:05;Gare;1000;110,5;180,22 $;A1",
                 "700122;21/11/2026;16:05;Gare;0;50;81,00;A2")  # fmt: skip

    result = run(garage, file, "--mapping", "cartes.toml", "--keep", "--json")
    again = run(garage, file, "--json")

    assert (figures(result)["readings"], figures(result)["fills"]) == (1, 2)
    assert (figures(again)["readings"], figures(again)["unchanged"]) == (0, 3)
    assert total(garage, "km 201") == 1_609.344
    fills = sorted(garage.rows(FuelFill), key=lambda each: each.filled_at)
    assert [(f.asset_id, f.litres, f.cost, f.reference, f.card) for f in fills] == [
        ("201", 110.5, 180.22, "A1", "7001-22"), ("201", 50, 81, "A2", "700122"),
    ]  # fmt: skip
    assert standing(garage)[0][2] == "fuel_card"


def test_a_sale_that_comes_with_other_figures_is_refused(garage: Server) -> None:
    run(garage, cards("700122;21/11/2026;16:05;Gare;0;50;81,00;A2"), "--mapping", "cartes.toml")

    file = cards("700122;21/11/2026;16:05;Gare;0;50;91,00;A2")
    result = run(garage, file, "--mapping", "cartes.toml")

    assert result.exit_code == 3
    assert "Le plein A2 est déjà là avec d’autres chiffres (50 L, 81 $)." in result.stdout


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('kind = "fuel_card"', 'kind = "radio"'),
        ("[readings.odometer]", "[reading.odometer]"),
        ('unit = "mi"', 'unit = "lieue"'),
        ('litres = "Litres"', 'litres = "Litre"'),
        ('[unit]\ncard = "Carte"', "[unit]"),
    ],
)
def test_a_mapping_that_cannot_be_is_told_and_nothing_is_read(
    garage: Server, wrong: str, told: str
) -> None:
    file = cards("700122;21/11/2026;16:05;Gare;0;50;81,00;A2")
    Path("cartes.toml").write_text(MAPPING.replace(wrong, told), encoding="utf-8")

    result = run(garage, file, "--mapping", "cartes.toml")

    assert result.exit_code == 2
    assert "cartes.toml" in result.stderr
    assert standing(garage) == []


def test_two_cells_that_name_two_units_are_told(garage: Server) -> None:
    mapping = MAPPING.replace('card = "Carte"', 'card = "Carte"\nplate = "Station"')
    file = cards("700122;21/11/2026;16:05;L22;9;50;81,00;A2")
    Path("cartes.toml").write_text(mapping.replace('ignored = ["Station"]\n', ""), encoding="utf-8")
    garage.set("asset", "202", attributes={"kind": "plow", "plate": "L-22"})

    result = run(garage, file, "--mapping", "cartes.toml", language="en")

    assert result.exit_code == 3
    assert "“Station” names the unit 202, and “Carte” the unit 201." in result.stdout


def test_a_file_of_other_columns_says_which_it_has(garage: Server) -> None:
    result = run(garage, sheet("x", header="colonne"))

    assert result.exit_code == 2
    assert "ses colonnes\u00a0: colonne." in result.stderr
    assert "fuel_card.toml" in result.stderr
