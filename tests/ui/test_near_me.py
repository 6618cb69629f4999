"""What a person chose to see stays theirs, and near is near where the tablet is."""

from datetime import timedelta

import pytest
from flet_geolocator import Geolocator

from asset_model.work_orders import WorkOrder
from field_app.reads.orders import ORDERS_MAX
from field_app.ui.position import Fix, Track
from tests.ui.harness import Screen
from tests.ui.town import NOW, Town

CHURCH = (-75.6995, 45.4)


def stands(screen: Screen, place: tuple[float, float] = CHURCH) -> None:
    """What the tablet's receiver tells the app."""
    receiver = next(one for one in screen.controls() if isinstance(one, Geolocator))
    told = {"longitude": place[0], "latitude": place[1], "accuracy": 8.0, "speed": 0.0}
    screen.fire(receiver, "position_change", {"position": told})


def rows_of(screen: Screen) -> list[str]:
    keys = screen.keys()
    return [key for key in keys if key.startswith("order-")]


def more_orders(town: Town, count: int) -> None:
    town.add(
        *(
            WorkOrder(
                id=town.workplace.new_id(),
                number=f"BT-{n}",
                title=f"Travail {n}",
                status="dispatched",
                crew_id=town.ids["south"],
                place=f"Rang {n}",
                longitude=CHURCH[0] + n / 1_000,
                latitude=CHURCH[1],
                source="person",
                created_at=NOW,
            )
            for n in range(1, count + 1)
        )
    )


def test_near_me_is_by_distance_and_says_how_far(town: Town) -> None:
    more_orders(town, 2)
    with town.signed_in() as screen:
        stands(screen, (CHURCH[0] + 0.0021, CHURCH[1]))
        screen.tap("whose-near")

        streets = [line for line in screen.text.splitlines() if line.startswith("Rang")]
        assert streets == ["Rang 2", "Rang 1"]
        assert "à 10\u00a0m · BT-2" in screen.text
        assert "à 160\u00a0m · BT-2026-0007" in screen.text
        assert not screen.failures


def test_far_away_nothing_is_near(town: Town) -> None:
    with town.signed_in() as screen:
        stands(screen, (CHURCH[0] + 1, CHURCH[1]))
        screen.tap("whose-near")

        assert "Rien à faire à moins de quatre kilomètres." in screen.text


def test_where_the_tablet_does_not_know_a_street_stands_in_for_it(town: Town) -> None:
    with town.signed_in() as screen:
        screen.tap("whose-near")
        assert "Près de quelle rue?" in screen.text

        screen.enter("asset-search", "lac")
        screen.tap("asset-T-3")
        assert "Réparer un nid-de-poule" in screen.text

        screen.tap("street")
        assert "Près de quelle rue?" in screen.text
        assert not screen.failures


def test_a_position_grows_old(town: Town) -> None:
    with town.signed_in() as screen:
        stands(screen)
        town.now += timedelta(minutes=3)
        screen.tap("whose-near")

        assert "Près de quelle rue?" in screen.text


def test_what_one_chose_to_see_is_there_the_next_time_and_is_not_another_s(town: Town) -> None:
    with town.signed_in() as screen:
        screen.tap("whose-all")
        screen.tap("finished")
    with town.signed_in() as screen:
        assert "Aucun bon terminé" in screen.text
    with town.signed_in("anne") as screen:
        assert "Réparer un nid-de-poule" in screen.text


def test_no_more_rows_are_built_than_are_looked_at(town: Town) -> None:
    more_orders(town, 50)
    with town.signed_in() as screen:
        screen.tap("whose-all")
        rows = rows_of(screen)
        assert len(rows) == ORDERS_MAX

        screen.tap("more")
        rows = rows_of(screen)
        assert len(rows) == 2 * ORDERS_MAX


def fix(metres_east: float, second: int, speed_kmh: float = 0.0) -> Fix:
    longitude = -75.7 + metres_east / 78_000
    return Fix((longitude, 45.4), 5, speed_kmh, NOW + timedelta(seconds=second))


@pytest.mark.parametrize("told", [0.0, 36.0])
def test_it_is_driven_whether_the_receiver_tells_the_speed_or_not(told: float) -> None:
    track = Track().after(fix(0, 0, told)).after(fix(50, 5, told))

    assert track.moving


def test_a_receiver_that_wavers_does_not_drive() -> None:
    track = Track()
    for second, metres in enumerate((0, 7, -4, 8, 0)):
        track = track.after(fix(metres, second))

    assert not track.moving


def test_walking_is_not_driving_and_creeping_in_traffic_is_still_driving() -> None:
    walks = Track().after(fix(0, 0, 5.0))
    creeps = Track().after(fix(0, 0, 30.0)).after(fix(50, 5, 4.0))
    stands_still = creeps.after(fix(50, 9, 0.0))

    assert (walks.moving, creeps.moving, stands_still.moving) == (False, True, False)


def test_screens_are_drawn_again_only_once_it_has_come_some_way() -> None:
    first = Track().after(fix(0, 0))

    assert first.after(fix(5, 1)).shown is first.shown
    assert first.after(fix(40, 9)).shown is not first.shown
