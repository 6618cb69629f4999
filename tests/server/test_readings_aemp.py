"""Fleet snapshots by AEMP 2.0 (ISO 15143-3): as makers really spell them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from asset_model.meters import Meter, MeterReading
from sync_server.cli import readings
from tests.server.garage import SINCE, with_hours
from tests.server.test_readings_import import NOW, figures, run, standing, total
from tests.sync.rig import Server, insert

AT = "2026-11-25T11:58:00Z"


@pytest.fixture
def garage(served: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(readings, "clock", lambda: NOW)
    with_hours(served)
    served.set("asset", "205", attributes={"kind": "grader", "serial": "0 N9K-12345"})
    return served


def snapshot(*equipment: dict[str, Any], name: str = "parc.json", **more: Any) -> str:
    document = {"SnapshotTime": "2026-11-25T12:00:00Z", "Equipment": list(equipment), **more}
    Path(name).write_text(json.dumps(document), encoding="utf-8")
    return name


def header(**names: str) -> dict[str, Any]:
    return {"EquipmentHeader": {"OEMName": "CAT", "Model": "140", **names}}


def hours(value: Any, at: Any = AT, key: str = "Hour") -> dict[str, Any]:
    return {"CumulativeOperatingHours": {key: value, "datetime": at}}


@pytest.mark.parametrize(
    ("names", "meter"),
    [
        ({"EquipmentID": "205"}, "h 205"),
        ({"SerialNumber": "0n9k12345"}, "h 205"),
        ({"PIN": "0N9K12345", "EquipmentID": "whatever"}, "h 205"),
        ({"EquipmentID": "PIN:1M8GDM9AXKP042788"}, "km 201"),
    ],
)
def test_equipment_is_found_by_its_id_serial_or_number(
    garage: Server, names: dict[str, str], meter: str
) -> None:
    counted = hours(300) if meter == "h 205" else {
        "Distance": {"Odometer": 300, "OdometerUnits": "kilometre", "datetime": AT}
    }  # fmt: skip

    result = run(garage, snapshot({**header(**names), **counted}), "--json")

    assert (result.exit_code, figures(result)["readings"]) == (0, 1)
    assert standing(garage) == [(meter, 300, "telematics", "sound")]


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ({"Odometer": 1_000, "OdometerUnits": "kilometre"}, 1_000),
        ({"Odometer": "1000.5", "OdometerUnits": "Kilometers"}, 1_000.5),
        ({"odometer": 1_000, "odometerUnits": "mile"}, 1_609.344),
        ({"Odometer": 1_000}, 1_000),
    ],
)
def test_distances_are_read_in_the_units_that_the_maker_names(
    garage: Server, told: dict[str, Any], value: float
) -> None:
    file = snapshot({**header(EquipmentID="201"), "distance": {**told, "Datetime": AT}})

    run(garage, file)

    assert standing(garage) == [("km 201", value, "telematics", "sound")]


@pytest.mark.parametrize(
    "at", [AT, "2026-11-25T11:58:00.000Z", "2026-11-25T06:58:00-05:00", 1_795_607_880_000]
)
def test_moments_are_read_as_text_or_as_milliseconds(garage: Server, at: Any) -> None:
    run(garage, snapshot({**header(EquipmentID="205"), **hours(7, at)}))

    (reading,) = garage.rows(MeterReading)
    assert reading.taken_at == datetime(2026, 11, 25, 11, 58, tzinfo=UTC)


def test_a_value_without_a_moment_has_that_of_the_snapshot(garage: Server) -> None:
    file = snapshot({**header(EquipmentID="205"), "CumulativeOperatingHours": {"Hour": 7}})

    run(garage, file)

    (reading,) = garage.rows(MeterReading)
    assert reading.taken_at == datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize("wrap", ["Fleet", "list", "one"])
def test_makers_wrap_it_as_they_like(garage: Server, wrap: str) -> None:
    one = {"equipmentHeader": {"equipmentId": "205"},
           "cumulativeOperatingHours": [{"hour": 7, "@datetime": AT}]}  # fmt: skip
    document: Any = {
        "Fleet": {"Fleet": {"equipment": [one]}},
        "list": [{"Equipment": [one]}],
        "one": {"Equipment": one},
    }[wrap]
    Path("parc.json").write_text(json.dumps(document), encoding="utf-8")

    run(garage, "parc.json")

    assert standing(garage) == [("h 205", 7, "telematics", "sound")]


def test_pages_beside_the_file_are_walked_to_the_end_and_a_ring_ends(garage: Server) -> None:
    link = [{"Rel": "Next", "Href": "https://maker.example/fleet/2?x=1"}]
    back = [{"rel": "next", "href": "https://maker.example/fleet/parc"}]
    file = snapshot({**header(EquipmentID="205"), **hours(7)}, Links=link)
    snapshot({**header(EquipmentID="201"), "Distance": {"Odometer": 9, "datetime": AT}},
             name="2.json", Links=back)  # fmt: skip

    assert figures(run(garage, file, "--json"))["readings"] == 2


def test_a_page_that_is_not_here_is_told(garage: Server) -> None:
    link = [{"Rel": "next", "Href": "https://maker.example/fleet/2"}]

    result = run(garage, snapshot({**header(EquipmentID="205"), **hours(7)}, Links=link))

    assert "L’état du parc continue à https://maker.example/fleet/2" in result.stdout


def test_a_counter_that_falls_comes_in_and_waits(garage: Server) -> None:
    run(garage, snapshot({**header(EquipmentID="205"), **hours(300, "2026-11-20T12:00:00Z")}))

    result = run(garage, snapshot({**header(EquipmentID="205"), **hours(3)}), "--json")

    assert figures(result)["queued"] == 1
    assert total(garage, "h 205") == 300


def test_fuel_is_read_where_somebody_keeps_a_meter_of_it(garage: Server) -> None:
    fuel = {"FuelUsed": {"FuelConsumed": 100, "FuelUnits": "gallon", "datetime": AT}}
    file = snapshot({**header(EquipmentID="205"), **hours(7), **fuel})

    without = figures(run(garage, file, "--json"))
    garage.write(insert("meter", "fuel", asset_id="205", measure="fuel_used", unit="L",
                        installed_at=SINCE))  # fmt: skip
    having = figures(run(garage, file, "--json"))

    assert (without["readings"], without["unmetered"]) == (1, 1)
    assert (having["readings"], having["unmetered"]) == (1, 0)
    assert next(e.total for e in garage.rows(Meter) if e.id == "fuel") == 378.541


def test_rows_that_cannot_be_used_are_filed_as_a_sheet_that_can_be_mended(garage: Server) -> None:
    file = snapshot(
        {**header(EquipmentID="205"), **hours("beaucoup")},
        {**header(EquipmentID="201"), "Distance": {"Odometer": 5, "OdometerUnits": "verst",
                                                   "datetime": AT}},
        {**header(EquipmentID="404"), **hours(5)},
    )  # fmt: skip

    result = run(garage, file)

    assert result.exit_code == 3
    assert "«\u00a0verst\u00a0» n’est pas une mesure connue pour odometer (km, mi, m)" in (
        result.stdout
    )
    refused = Path("parc.refused.csv")
    refused.write_text(refused.read_text(encoding="utf-8-sig").replace("beaucoup", "42"))
    mended = run(garage, "parc.refused.csv", "--json")
    assert standing(garage)[0] == ("h 205", 42, "telematics", "sound")
    assert figures(mended)["readings"] == 2


@pytest.mark.parametrize("text", ["", "[", "{}", "[1]", '{"Equipment": 5}', '"texte"', "null"])
def test_what_is_no_snapshot_is_told_and_nothing_is_written(garage: Server, text: str) -> None:
    Path("parc.json").write_text(text, encoding="utf-8")

    result = run(garage, "parc.json")

    assert result.exit_code == 2
    assert "parc.json" in result.stderr
    assert standing(garage) == []
