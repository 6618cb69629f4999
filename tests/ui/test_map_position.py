"""Where the tablet is, on its map."""

from datetime import timedelta

import flet_map as fm

from tests.ui.harness import Screen
from tests.ui.map_town import drawn
from tests.ui.town import NOW, Town

HERE = (-75.6990, 45.4)


def _told(screen: Screen, town: Town) -> None:
    """The receiver says where it is."""
    at = {"longitude": HERE[0], "latitude": HERE[1], "accuracy": 8, "speed": 0}
    receiver = next(c for c in screen.controls() if type(c).__name__ == "Container" and c.data)
    screen.fire(receiver.data, "position_change", {"position": at})


def test_a_tablet_that_is_found_is_on_its_map_and_tells_how_far_orders_are(town: Town) -> None:
    with town.signed_in(route=f"/map/order/{town.ids['order']}") as screen:
        _told(screen, town)

        dots = drawn(screen, fm.CircleMarker)
        assert {dot.coordinates.longitude for dot in dots} == {HERE[0]}
        assert screen.text.count("à 40\u00a0m") == 2
        screen.tap("map-me")
        assert screen.wire.asked("move_to")["destination"].longitude == HERE[0]
        assert not screen.failures


def test_one_that_is_not_found_says_so_calmly(town: Town) -> None:
    with town.signed_in(route="/map") as screen:
        screen.tap("map-me")

        assert "La tablette ne sait pas où elle est" in screen.text
        assert drawn(screen, fm.CircleMarker) == []


def test_an_old_position_is_where_it_last_was(town: Town) -> None:
    with town.signed_in(route="/map") as screen:
        _told(screen, town)
        town.now = NOW + timedelta(minutes=10)
        screen.tap("map-me")

        assert "C’est ici que la tablette était la dernière fois" in screen.text


def test_a_desk_is_not_looked_for(town: Town) -> None:
    with town.signed_in("diane", route="/map") as screen:
        assert not screen.has("map-me")
