"""A defect reported in two touches where the tablet knows where it is; and marks from the wheel."""

from typing import Any

import pytest
from flet_geolocator import Geolocator
from sqlalchemy import select

from asset_model.assets import Asset
from asset_model.photos import Photo
from asset_model.work_orders import WorkOrder
from tests.ui.harness import Screen
from tests.ui.test_kept_words import written_down
from tests.ui.test_photos import PICTURE
from tests.ui.town import Town

CHURCH = (-75.6995, 45.4)


def tells(
    screen: Screen, place: tuple[float, float] = CHURCH, *, metres_a_second: float = 0.0
) -> None:
    """What the tablet's receiver tells the app."""
    receiver = next(one for one in screen.controls() if isinstance(one, Geolocator))
    told = {
        "longitude": place[0], "latitude": place[1], "accuracy": 8.0, "speed": metres_a_second,
    }  # fmt: skip
    screen.fire(receiver, "position_change", {"position": told})


def made(town: Town) -> list[WorkOrder]:
    with town.database.reading() as session:
        return list(session.scalars(select(WorkOrder).where(WorkOrder.id != town.ids["order"])))


def a_sign(town: Town, east: float) -> Asset:
    place = (CHURCH[0] + east, CHURCH[1] + 0.0001)
    sign = Asset(
        id=town.workplace.new_id(), tag="PA-9", class_code="sign", name="Panneau Arrêt",
        status="in_service", west=place[0], east=place[0], south=place[1], north=place[1],
        geometry={"type": "Point", "coordinates": list(place)}, attributes={},
    )  # fmt: skip
    town.add(sign)
    return sign


def test_two_touches_report_a_defect_where_one_stands(town: Town) -> None:
    with town.signed_in() as screen:
        tells(screen)
        screen.tap("go-report")
        screen.tap("what-0")
        screen.tap("report")

        assert "Signalé\u00a0: Nid-de-poule, Rue de l’Église." in screen.text
        assert not screen.failures
    (order,) = made(town)
    assert (order.asset_id, order.longitude, order.latitude) == (
        town.ids["Rue de l’Église"], *CHURCH,
    )  # fmt: skip


def test_what_a_button_named_follows_the_language_and_ones_own_words_do_not(town: Town) -> None:
    with town.signed_in(route="/report") as screen:
        screen.tap("what-0")
        screen.tap("go-me")
        screen.tap("language-en")
        screen.tap("go-report")

        assert screen.one("what").value == "Pothole"
        screen.enter("what", "Nid de guêpes")
        screen.tap("go-me")
        screen.tap("language-fr")
        screen.tap("go-report")
        assert screen.one("what").value == "Nid de guêpes"
        assert not screen.failures


@pytest.mark.parametrize(("east", "found"), [(0.0001, "PA-9"), (0.002, "T-1")])
def test_the_asset_of_the_right_class_is_found_or_else_the_street(
    town: Town, east: float, found: str
) -> None:
    a_sign(town, east)
    with town.signed_in() as screen:
        tells(screen)
        screen.tap("go-report")
        screen.tap("what-1")

        assert f" · {found}" in screen.text
        assert "Trouvé par la position de la tablette." in screen.text


def test_a_report_half_made_survives_and_its_photo_goes_with_it(town: Town, tmp_path: Any) -> None:
    town.workplace.photos = tmp_path / "photos"
    with town.signed_in(route="/report") as screen:
        screen.tap("what-4")
        screen.choose("defect-photo", "a.jpg", PICTURE)
        screen.until(lambda: "photos" in written_down(town))
    with town.signed_in(route="/report") as screen:
        screen.enter("asset-search", "lac")
        screen.tap("asset-T-3")
        screen.tap("report")

        assert not screen.failures
    (order,) = made(town)
    with town.database.reading() as session:
        photo = session.scalars(select(Photo)).one()
    assert (order.title, photo.work_order_id, photo.moment) == ("Obstacle", order.id, "defect")


def test_moving_faster_than_one_walks_shows_the_next_thing_and_nothing_to_type_in(
    town: Town,
) -> None:
    with town.signed_in(route=f"/orders/{town.ids['order']}") as screen:
        tells(screen, metres_a_second=9.0)

        assert "Rue de l’Église" in screen.text
        assert not [c for c in screen.controls() if type(c).__name__ == "TextField"]
        assert not [key for key in screen.keys() if key.startswith("go-")]  # noqa: SIM118
        assert "Je suis passager" in screen.text


def test_one_touch_marks_what_was_seen_and_where_and_when(town: Town) -> None:
    with town.signed_in() as screen:
        tells(screen, metres_a_second=9.0)
        screen.tap("mark-0")
        screen.tap("mark-0")
        assert "Marqué\u00a0: Branche tombée, 03:12." in screen.text

        tells(screen, metres_a_second=0.0)
        screen.tap("leave-driving")
        assert "1 signalement à compléter\u00a0: Branche tombée" in screen.text
        assert not screen.failures
    (order,) = made(town)
    assert (order.title, order.status, order.longitude, order.created_at) == (
        "Branche tombée", "draft", CHURCH[0], town.now,
    )  # fmt: skip


def test_a_mark_by_mistake_is_taken_back_with_one_touch(town: Town) -> None:
    with town.signed_in() as screen:
        tells(screen, metres_a_second=9.0)
        assert not screen.has("mark-back")
        screen.tap("mark-0")
        screen.tap("mark-back")

        assert "Retiré\u00a0: Branche tombée, 03:12." in screen.text
        assert not screen.has("mark-back")
        assert not screen.failures
    (order,) = made(town)
    assert (order.status, order.reason) == ("cancelled", "Marqué par erreur")


def test_without_a_position_a_mark_says_so(town: Town) -> None:
    with town.signed_in() as screen:
        screen.tap("to-driving")
        screen.tap("mark-1")

        assert "Sans position." in screen.text
    assert made(town)[0].asset_id is None


def test_a_passenger_may_go_on_until_the_tablet_starts_to_move_again(town: Town) -> None:
    with town.signed_in() as screen:
        tells(screen, metres_a_second=9.0)
        screen.tap("leave-driving")
        tells(screen, (CHURCH[0] + 0.001, CHURCH[1]), metres_a_second=9.0)
        assert screen.has("go-report")

        tells(screen, metres_a_second=0.1)
        tells(screen, metres_a_second=9.0)
        assert screen.has("leave-driving")
