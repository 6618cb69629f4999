"""Units of the fleet: their number is checked where it is written, and in a list of all."""

import json
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from sync_server.cli import register
from tests.sync.rig import Server, insert

SOUND, WRONG = "1M8GDM9AXKP042788", "1M8GDM9A1KP042788"


def unit(row: str, number: str, kind: str = "plow") -> Any:
    return insert("asset", row, tag=row, name=row, class_code="vehicle",
                  attributes={"kind": kind, "vin": number})  # fmt: skip


def run(garage: Server, *arguments: str) -> Result:
    app = typer.Typer()
    register(app)
    url = garage.database.engine.url.render_as_string(hide_password=False)
    return CliRunner().invoke(app, ["vin", *arguments, "--database", url, "--lang", "fr"])


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_wrong_number_is_told_when_the_unit_is_saved(garage: Server) -> None:
    with pytest.raises(ValueError, match="vin_check_digit"):
        garage.write(unit("301", WRONG))

    assert garage.row("asset", "301") is None


def test_a_tool_vehicle_keeps_the_number_that_its_maker_gave(garage: Server) -> None:
    garage.write(unit("305", "CAT0140M", kind="grader"))

    assert garage.row("asset", "305") is not None


def test_a_wrong_number_that_stood_before_hinders_no_other_edit(garage: Server) -> None:
    garage.write(unit("305", WRONG, kind="grader"))
    garage.set("asset", "305", attributes={"kind": "plow", "vin": WRONG})

    garage.set("asset", "305", note="Vu.")

    row = garage.row("asset", "305")
    assert row is not None
    assert row["note"] == "Vu."


def test_the_list_tells_of_each_unit_what_is_doubtful(garage: Server) -> None:
    garage.write(unit("301", SOUND), unit("302", SOUND), unit("305", "CAT0140M", kind="grader"))

    result = run(garage, "--json")

    told = {(line["unit"], line["vin"]): line for line in lines(result)}
    assert result.exit_code == 1
    assert told["301", SOUND]["doubts"] == []
    assert told["201", None]["doubts"] == []
    assert told["305", "CAT0140M"]["doubts"][0]["sentence"] == (
        "«\u00a0CAT0140M\u00a0» a 8 caractères, et un NIV 17. Relisez-le sur la plaque."
    )
    assert told[None, SOUND]["doubts"][0]["code"] == "vin_twice"
    assert ("299", None) not in told


def test_numbers_given_on_the_line_need_no_database() -> None:
    app = typer.Typer()
    register(app)

    result = CliRunner().invoke(app, ["vin", SOUND, "--lang", "en"])

    assert result.exit_code == 0
    assert f"{SOUND}  sound  North America, maker unknown here, 1989 / 2019" in result.stdout
