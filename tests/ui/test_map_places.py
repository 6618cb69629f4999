"""Orders made where the map was touched, and the asset that is meant there."""

from sqlalchemy import select

from asset_model.assets import Asset
from asset_model.work_orders import WorkOrder
from tests.ui.map_town import put_lamp, taps
from tests.ui.town import Town


def test_reporting_from_a_place_finds_the_street_and_its_address(town: Town) -> None:
    _number_the_street(town)
    with town.signed_in(route="/map") as screen:
        taps(screen, (-75.69751, 45.40003))
        screen.tap("card-make")
        assert "Endroit montré\u00a0: 208, Rue des Érables" in screen.text
        screen.tap("what-0")
        screen.tap("report")

        assert not screen.failures
    made = _made(town)
    assert (made.title, made.place) == ("Nid-de-poule", "208, Rue des Érables")
    assert made.asset_id == town.ids["Rue des Érables"]
    assert (made.longitude, made.latitude) == (-75.69751, 45.40003)


def test_what_was_seen_says_which_asset_is_meant(town: Town) -> None:
    put_lamp(town)
    with town.signed_in(route="/report/at/-75.697510,45.400030") as screen:
        assert "Tronçon · T-2" in screen.text
        screen.tap("what-3")
        assert "Lampadaire · LA-1" in screen.text
        screen.tap("what-0")
        assert "Tronçon · T-2" in screen.text


def test_an_asset_named_by_hand_is_not_guessed_anew(town: Town) -> None:
    put_lamp(town)
    with town.signed_in(route="/report/at/-75.697510,45.400030") as screen:
        screen.tap("asset-change")
        screen.enter("asset-search", "Lac")
        screen.tap("asset-T-3")
        screen.tap("what-3")

        assert "Tronçon · T-3" in screen.text


def test_what_was_typed_is_there_after_the_place_was_shown(town: Town) -> None:
    with town.signed_in(route="/report") as screen:
        screen.enter("what", "Clôture tombée")
        screen.tap("place-on-map")
        taps(screen, (-75.6975, 45.4003))
        screen.tap("card-make")

        assert screen.one("what").value == "Clôture tombée"
        assert screen.one("report").disabled is False


def test_a_foreman_creates_an_order_where_the_map_was_touched(town: Town) -> None:
    with town.signed_in("diane", route="/map") as screen:
        taps(screen, (-75.6975, 45.4003))
        assert "Créer un bon ici" in screen.text
        screen.tap("card-make")
        screen.enter("title", "Refaire la bordure")
        screen.tap("create")

        assert not screen.failures
    assert _made(town).asset_id == town.ids["Rue des Érables"]


def test_an_order_is_shown_on_the_map_from_its_page(town: Town) -> None:
    with town.signed_in(route=f"/orders/{town.ids['order']}") as screen:
        screen.tap("to-map")

        assert screen.page.route == f"/map/order/{town.ids['order']}"
        assert screen.has("card-open")


def _number_the_street(town: Town) -> None:
    with town.database.writing() as session:
        street = session.get_one(Asset, town.ids["Rue des Érables"])
        street.attributes = {"civic_left_from": 200, "civic_left_to": 218}


def _made(town: Town) -> WorkOrder:
    with town.database.reading() as session:
        query = select(WorkOrder).where(WorkOrder.id != town.ids["order"])
        return session.scalars(query).one()
