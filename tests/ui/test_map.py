"""The map: what is drawn where, what a finger on it means, and the list beside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flet_map as fm
import pytest
from sqlalchemy import delete

from asset_model.assets import Asset
from asset_model.work_orders import WorkOrder
from field_app.ui.themes import SOFT
from field_app.ui.tiles import Tiles
from tests.ui.base_map import GROUNDS, a_base_map
from tests.ui.harness import Screen
from tests.ui.map_town import (
    CHURCH,
    HYDRANT,
    drawn,
    glides,
    map_of,
    marks_at,
    orders_around,
    put_hydrants,
    taps,
)
from tests.ui.town import Town


@pytest.fixture
def screen(town: Town) -> Iterator[Screen]:
    with town.signed_in(route="/map") as opened:
        yield opened
        assert not opened.failures


def test_an_order_stands_where_it_is(screen: Screen) -> None:
    assert marks_at(screen, CHURCH) == ["OUTBOX"]
    assert "1 bon" in screen.text


def test_a_tap_beside_an_order_chooses_it_and_tells_the_street_first(screen: Screen) -> None:
    taps(screen, (CHURCH[0] + 0.00005, CHURCH[1]))

    assert screen.page.route.startswith("/map/order/")
    lines = screen.text.splitlines()
    at = len(lines) - 1 - lines[::-1].index("Rue de l’Église")
    told = ["Réparer un nid-de-poule", "envoyé", "en retard de 2\u00a0h"]
    assert lines[at + 1 : at + 4] == told


def test_the_chosen_one_opens(town: Town, screen: Screen) -> None:
    taps(screen, CHURCH)
    screen.tap("card-open")

    assert screen.page.route == f"/orders/{town.ids['order']}"


def test_choosing_in_the_list_brings_it_into_view(town: Town, screen: Screen) -> None:
    glides(screen, (-75.60, 45.45), zoom=16)
    screen.tap(f"order-{town.ids['order']}")

    assert screen.wire.asked("move_to")["destination"].longitude == CHURCH[0]
    assert screen.has("card-open")


def test_a_tap_on_nothing_tells_the_place_and_its_street(screen: Screen) -> None:
    taps(screen, (-75.6975, 45.4003))

    assert screen.page.route.startswith("/map/at/")
    assert "Rue des Érables" in screen.text.splitlines()
    assert len(drawn(screen, fm.PolylineMarker)) >= 1


def test_where_no_street_is_near_it_says_so(screen: Screen) -> None:
    taps(screen, (-75.6958, 45.4203))

    assert "Aucune rue près d’ici." in screen.text


def test_closing_the_card_leaves_the_map(screen: Screen) -> None:
    taps(screen, CHURCH)
    screen.tap("card-close")

    assert screen.page.route == "/map"
    assert not screen.has("card-open")


def test_near_orders_are_one_number_and_a_tap_on_it_comes_closer(
    town: Town, screen: Screen
) -> None:
    orders_around(town, CHURCH, 40)
    glides(screen, CHURCH, zoom=13)
    assert "41" in [getattr(text, "value", "") for text in screen.controls()]
    taps(screen, CHURCH)

    assert screen.wire.asked("move_to")["zoom"] == 15
    assert screen.page.route == "/map"


def test_asset_layers_are_off_until_asked_for_and_stay(town: Town) -> None:
    put_hydrants(town, 3)
    with town.signed_in(route="/map") as screen:
        glides(screen, HYDRANT, zoom=17)
        assert "FIRE_HYDRANT_ALT" not in marks_at(screen, HYDRANT)
        screen.tap("map-layers")
        assert "Borne-fontaine" in screen.text
        screen.tap("layer-hydrant")
        assert "FIRE_HYDRANT_ALT" in marks_at(screen, HYDRANT)
    with town.signed_in(route="/map") as again:
        glides(again, HYDRANT, zoom=17)
        assert "FIRE_HYDRANT_ALT" in marks_at(again, HYDRANT)
    with town.signed_in("anne", route="/map") as other:
        glides(other, HYDRANT, zoom=17)
        assert "FIRE_HYDRANT_ALT" not in marks_at(other, HYDRANT)


def test_a_tap_on_a_drawn_hydrant_is_about_it(town: Town) -> None:
    put_hydrants(town, 1)
    with town.signed_in(route="/map") as screen:
        glides(screen, HYDRANT, zoom=17)
        screen.tap("map-layers")
        screen.tap("layer-hydrant")
        taps(screen, HYDRANT)

        assert screen.page.route.startswith("/map/asset/")
        assert "Borne-fontaine · BI-0" in screen.text


def test_of_too_many_assets_the_nearest_are_drawn_and_it_says_so(town: Town) -> None:
    put_hydrants(town, 420)
    with town.signed_in(route="/map") as screen:
        glides(screen, HYDRANT, zoom=15)
        screen.tap("map-layers")
        screen.tap("layer-hydrant")

        assert "300 actifs dessinés sur 420. Approchez pour les voir tous." in screen.text
        assert len(drawn(screen, fm.CircleMarker)) == 300


def test_the_list_keeps_to_what_is_in_view_when_asked(town: Town, screen: Screen) -> None:
    row = f"order-{town.ids['order']}"
    glides(screen, (-75.60, 45.45), zoom=16)
    assert screen.has(row)
    screen.tap("in-view")
    assert "Aucun bon ici." in screen.text
    glides(screen, CHURCH, zoom=16)

    assert screen.has(row)


def test_urgent_only_leaves_the_others_out(town: Town, screen: Screen) -> None:
    with town.database.writing() as session:
        session.get_one(WorkOrder, town.ids["order"]).priority = 3
    screen.tap("map-layers")
    screen.tap("layer-urgent")

    assert marks_at(screen, CHURCH) == []
    assert "Aucun bon à montrer." in screen.text


def test_without_a_base_map_the_streets_are_sketched(screen: Screen) -> None:
    assert drawn(screen, fm.TileLayer) == []
    assert "Pas encore de fond de carte." in screen.text
    assert len(drawn(screen, fm.PolylineMarker)) == 3


def test_in_high_contrast_the_sketch_is_as_strong_as_words(town: Town) -> None:
    town.workplace.keep("look", "contrast_day")
    with town.signed_in(route="/map") as screen:
        assert {street.color for street in drawn(screen, fm.PolylineMarker)} == {SOFT}


@pytest.mark.parametrize("look", ["day", "night"])
def test_the_base_map_is_that_of_the_look_and_lies_on_its_own_ground(
    town: Town, tmp_path: Path, look: str
) -> None:
    town.workplace.tiles = Tiles(a_base_map(tmp_path / "basemap"))
    town.workplace.keep("look", look)
    with town.signed_in(route="/map") as screen:
        (tiles,) = drawn(screen, fm.TileLayer)

        assert tiles.url_template.startswith(f"tiles/{look}/{{z}}/{{x}}/{{y}}.png?edition=")
        assert map_of(screen).bgcolor == GROUNDS[look]
        assert drawn(screen, fm.PolylineMarker) == []
        assert "Pas encore de fond de carte." not in screen.text


def test_in_the_hand_the_list_comes_up_from_below(town: Town) -> None:
    with town.signed_in(width=800, route="/map") as screen:
        assert not screen.has(f"order-{town.ids['order']}")
        screen.tap("map-to-list")
        assert screen.has(f"order-{town.ids['order']}")
        assert not screen.failures


def test_it_opens_at_what_was_asked_for(town: Town) -> None:
    with town.signed_in(route=f"/map/order/{town.ids['order']}") as screen:
        assert map_of(screen).initial_center.longitude == CHURCH[0]
        assert map_of(screen).initial_zoom == 17


def test_an_empty_tablet_has_a_map_all_the_same(town: Town) -> None:
    with town.database.writing() as session:
        for kind in (WorkOrder, Asset):
            session.execute(delete(kind))
    with town.signed_in(route="/map") as screen:
        assert "Aucun bon à montrer." in screen.text
        assert map_of(screen) is not None


def test_nothing_on_the_map_is_met_by_a_screen_reader_twice(screen: Screen) -> None:
    """Else each click of an assisted browser would land on the map's middle."""
    around: list[Any] = [
        control for control in screen.controls() if getattr(control, "exclude_semantics", False)
    ]

    assert [type(each.content).__name__ for each in around].count("Map") == 1


def test_coming_from_an_order_the_map_looks_at_it_wherever_it_was_left(town: Town) -> None:
    with town.signed_in(route="/map") as screen:
        glides(screen, (-75.60, 45.45), zoom=16)
        screen.tap("go-today")
        screen.tap(f"order-{town.ids['order']}")
        screen.tap("to-map")

        assert map_of(screen).initial_center.longitude == CHURCH[0]


def test_an_asset_opens_from_the_map_and_shows_itself_there(town: Town) -> None:
    put_hydrants(town, 1)
    with town.signed_in(route="/map/asset/hydrant-0") as screen:
        screen.tap("card-open")
        assert screen.page.route == "/assets/hydrant-0"
        screen.tap("to-map")

        assert screen.page.route == "/map/asset/hydrant-0"
        assert map_of(screen).initial_center.longitude == HYDRANT[0]
        assert not screen.failures
