"""From an address or a point to a segment, a measure and a side, and back."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.errors import Refused
from asset_model.linear.places import place_of_address, place_of_point, place_on_segment
from tests.network.ground import place, standing, street
from tests.network.served import served
from tests.network.test_commands import voirie

NUMBERS = {
    "civic_left_from": 1, "civic_left_to": 19, "civic_right_from": 2, "civic_right_to": 20,
}  # fmt: skip


def streets() -> list[Asset]:
    further = {name: number + 20 for name, number in NUMBERS.items()}
    return [
        street("TR-1", (0, 0), (100, 0), name="Rue de l'Église", attributes=NUMBERS),
        street("TR-2", (100, 0), (200, 0), name="Rue de l'Église", attributes=further),
        street("TR-3", (0, 80), (200, 80), name="Chemin du Lac"),
    ]


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    with standing(*streets(), url=database_url) as session:
        yield session


@pytest.mark.parametrize(
    "typed", ["5, rue de l'Église", "5 RUE DE L’EGLISE", "5A, rue de l eglise"]
)
def test_an_address_is_found_however_it_is_typed(session: Session, typed: str) -> None:
    found = place_of_address(session, typed)

    assert (found.segment, found.side) == ("TR-1", "left")
    assert found.measure_m == pytest.approx(25, abs=0.1)


def test_a_street_goes_on_from_segment_to_segment(session: Session) -> None:
    found = place_of_address(session, "40, rue de l'Église")

    assert (found.segment, found.side) == ("TR-2", "right")


@pytest.mark.parametrize("typed", ["99, rue de l'Église", "5, rue Neuve", "rue de l'Église"])
def test_an_address_that_is_nowhere_is_named(session: Session, typed: str) -> None:
    with pytest.raises(Refused) as refused:
        place_of_address(session, typed)

    assert refused.value.code == "address_unknown"
    assert typed in refused.value.sentence("fr")


def test_a_point_is_told_by_its_segment_measure_side_and_civic_number(session: Session) -> None:
    found = place_of_point(session, *place(26, 8))

    assert (found.segment, found.side, found.civic) == ("TR-1", "left", 5)
    assert found.measure_m == pytest.approx(26, abs=0.1)


def test_the_place_of_an_address_leads_back_to_it(session: Session) -> None:
    there = place_of_address(session, "34, rue de l'Église")

    back = place_of_point(session, *there.position)

    assert (back.segment, back.civic, back.side) == ("TR-2", 34, "right")


def test_a_point_far_from_every_street_has_no_place(session: Session) -> None:
    with pytest.raises(Refused, match="no segment within 150 m"):
        place_of_point(session, *place(0, 400))


def test_a_measure_on_a_segment_is_a_place(session: Session) -> None:
    found = place_on_segment(session, "TR-3", 50, "left")

    assert found.position == pytest.approx(place(50, 90), abs=1e-6)


def test_a_segment_that_is_not_there_is_named(session: Session) -> None:
    with pytest.raises(Refused, match="“TR-9”"):
        place_on_segment(session, "TR-9", 5)


def test_the_command_tells_a_place(tmp_path: Path) -> None:
    served(tmp_path / "data", *streets()).close()

    done = voirie("locate", "5, rue de l'Église", "--data", tmp_path / "data")

    assert json.loads(done.output)["segment"] == "TR-1"


def test_the_command_asks_for_one_thing(tmp_path: Path) -> None:
    assert voirie("locate", "--data", tmp_path).exit_code == 2
