"""`voirie isolate`, on the server and on a tablet, and `voirie trace`, as a person types them."""

import json
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from asset_model.commands import gather
from field_app.store.opening import open_store
from sync_server.demo.town import fill_town
from tests.network.ground import pipe, small_street
from tests.network.served import served
from tests.server.demo import NOW
from tests.sync import rig


@pytest.fixture
def data(tmp_path: Path) -> Path:
    sewers = [
        pipe("EG-1", (0, 5), (100, 5), network="storm"),
        pipe("EG-2", (100, 5), (200, 5), network="storm"),
    ]
    served(tmp_path / "data", *small_street(), *sewers).close()
    return tmp_path / "data"


def voirie(*arguments: object) -> Result:
    app = gather(entry_points(group="voirie.commands"))
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def told(*arguments: object) -> dict[str, Any]:
    done = voirie(*arguments, "--json")
    assert done.exit_code == 0, done.output
    report: dict[str, Any] = json.loads(done.output)
    return report


def tags(cards: list[dict[str, Any]]) -> list[str]:
    return [card["tag"] for card in cards]


def test_the_valves_are_told_in_order_with_who_is_without_water(data: Path) -> None:
    report = told("isolate", "CD-2", "--data", data)

    assert tags(report["valves_to_close"]) == ["VA-1", "VA-2"]
    assert tags(report["customers_without_water"]) == ["BR-1"]
    assert tags(report["hydrants_without_water"]) == ["BI-1"]
    assert len(report["nodes_without_water"]) == 3
    assert report["addresses_without_water"] == [
        {"street": "Rue des Pins", "numbers": list(range(1, 21))}
    ]


def test_a_valve_said_to_be_broken_is_no_barrier(data: Path) -> None:
    report = told("isolate", "CD-2", "--broken-valve", "VA-2", "--data", data)

    assert tags(report["valves_to_close"]) == ["VA-1"]
    assert report["broken_valves"] == ["VA-2"]


def test_a_place_on_the_pipe_picks_the_side_of_its_valve(data: Path) -> None:
    report = told("isolate", "CD-3", "--at", "1", "--data", data)

    assert tags(report["valves_to_close"]) == ["VA-1", "VA-2"]


def test_the_page_is_in_french_where_french_is_asked_for(data: Path) -> None:
    page = voirie("isolate", "CD-2", "--lang", "fr", "--data", data).output

    assert "Vannes à fermer, dans cet ordre\u00a0:\n  [ ] 1. VA-1" in page
    assert "20 tours" in page
    assert "BR-1, à aviser en personne" in page
    assert "Rue des Pins\u00a0: 2–20, 1–19" in page
    assert "1. La réparation est faite et vue par le contremaître" in page


def test_an_unknown_tag_is_named_with_those_like_it(data: Path) -> None:
    done = voirie("isolate", "CD-22", "--data", data)

    assert (done.exit_code, "“CD-22”" in done.output, "CD-2" in done.output) == (2, True, True)


def test_a_broken_valve_that_is_no_valve_is_named(data: Path) -> None:
    done = voirie("isolate", "CD-2", "--broken-valve", "VA-9", "--data", data)

    assert done.exit_code == 2
    assert "“VA-9” is not a valve of this network" in done.output


def test_a_tablet_tells_the_same_without_its_server(data: Path, tmp_path: Path) -> None:
    store = open_store(tmp_path / "tablet", new_id=rig.an_id)
    with store.writing() as session:
        session.add_all(small_street())
    store.close()

    report = told("tablet", "isolate", "CD-2", "--data", tmp_path / "tablet")

    assert report == told("isolate", "CD-2", "--data", data)
    page = voirie("tablet", "isolate", "CD-2", "--data", tmp_path / "tablet", "--lang", "en").output
    assert page.endswith("beyond its districts, ask the office.\n")


def test_a_folder_without_a_tablet_is_named(tmp_path: Path) -> None:
    done = voirie("tablet", "isolate", "CD-2", "--data", tmp_path)

    assert (done.exit_code, "tablet.sqlite" in done.output) == (2, True)


def test_what_drains_to_a_sewer_is_traced(data: Path) -> None:
    assert told("trace", "EG-2", "--upstream", "--data", data)["pipes"] == ["EG-1"]
    assert told("trace", "EG-1", "--data", data)["pipes"] == ["EG-2"]


def test_a_water_main_is_not_traced_as_a_sewer(data: Path) -> None:
    assert voirie("trace", "CD-1", "--data", data).exit_code == 2


def test_the_demo_town_tells_the_valves_near_a_break(tmp_path: Path) -> None:
    database = served(tmp_path / "data")
    fill_town(database, now=NOW)
    database.close()

    report = told("isolate", "CD-0100", "--data", tmp_path / "data")

    assert 0 < len(report["valves_to_close"]) <= 12
    assert report["supply_known"]
    assert report["addresses"] > 0
    assert report["not_on_the_network"] == []
