"""Citizens write places as people do; the public page finds what the town has, and shows it."""

import pytest

from asset_model.assets import Asset
from sync_server import desk as hand
from sync_server.intake.placing import Place, spot_of
from sync_server.public.meant import Meant, place_meant
from tests.intake.clients import Client
from tests.intake.pages import Visitor
from tests.sync.rig import Server, an_id

CORNER = (-75.69, 45.405)
AT_CORNER = Meant(CORNER, "Rue des Cèdres / Rue Saint-Jean-Baptiste", exact=True)
WEST, EAST, NORTH = (-75.696, 45.405), (-75.684, 45.405), (-75.69, 45.41)
SOUTH = (-75.69, 45.4)


def street(name: str, ends: tuple[tuple[float, float], ...], first: int, last: int) -> Asset:
    return Asset(
        id=an_id(), tag=an_id(), class_code="road_segment", name=name, status="in_service",
        geometry={"type": "LineString", "coordinates": [list(end) for end in ends]},
        attributes={"civic_left_from": first, "civic_left_to": last, "name_generic": "Rue"},
        west=-75.696, east=-75.684, south=45.4, north=45.41,
    )  # fmt: skip


@pytest.fixture
def cedars(desk: Server) -> Server:
    """The street of cedars in two segments, and another one that begins where they meet."""
    streets = (
        street("Rue des Cèdres", (WEST, CORNER), 200, 220),
        street("Rue des Cèdres", (CORNER, EAST), 222, 240),
        street("Rue Saint-Jean-Baptiste", (CORNER, NORTH), 1, 21),
        street("Rue du Portage", (CORNER, SOUTH), 1, 401),
    )
    desk.write(*(hand.inserted(each, new_id=an_id) for each in streets))
    return desk


def meant(town: Server, said: str) -> Meant | None:
    with town.database.reading() as session:
        return place_meant(session, said)


def test_a_number_is_found_however_its_street_is_written(cedars: Server) -> None:
    for said, longitude in (
        ("208, rue des Cèdres", -75.696 + 0.006 * 4.5 / 11),
        ("208 cedres", -75.696 + 0.006 * 4.5 / 11),
        ("3 St-Jean-Baptiste", -75.69),
        ("3 baptiste", -75.69),
    ):
        found = meant(cedars, said)
        assert found is not None, said
        assert found.exact, said
        assert abs(found.position[0] - longitude) < 0.0002, said


def test_a_corner_is_where_two_streets_meet(cedars: Server) -> None:
    for said in (
        "cedres / Saint Jean Baptiste",
        "Cèdres et St-Jean-Baptiste",
        "coin cedres / baptiste",
        "cedres & baptiste",
    ):
        assert meant(cedars, said) == AT_CORNER, said


def test_a_street_without_its_number_is_the_street_and_said_to_be_no_more(cedars: Server) -> None:
    east, west = (Meant((x, 45.405), "Rue des Cèdres", exact=False) for x in (-75.687, -75.693))
    assert meant(cedars, "9999 rue des Cèdres") == east
    assert meant(cedars, "cedres") == west


def test_what_names_no_street_is_nowhere(cedars: Server) -> None:
    for said in ("", "rue", "nulle part", "12", "et", "Cèdres et nulle part"):
        assert meant(cedars, said) is None, said


def test_the_page_goes_on_from_the_street_and_asks_for_the_exact_spot(client: Client) -> None:
    visitor = Visitor(client).open("/where", service="NID", address="9999 rue 1")

    assert "Seule la rue a été trouvée. Touchez l’endroit exact" in visitor.text
    assert visitor.has("/details")


def test_an_address_beside_a_corner_is_of_its_own_street(cedars: Server) -> None:
    """Three metres from the middle of another street, and ten from that of its own."""
    found = meant(cedars, "1 portage")
    assert found is not None
    with cedars.database.reading() as session:
        spot, touched = (spot_of(session, Place(*found.position, of)) for of in (found.place, None))
        own, other = (session.get(Asset, each.segment_id) for each in (spot, touched))

    assert (spot.place, own and own.name) == ("1, rue du Portage", "Rue du Portage")
    assert other is not None
    assert other.name == "Rue des Cèdres"
