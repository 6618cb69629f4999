"""How a valve turns is written down where it is turned, and whoever comes next is told it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from asset_model.assets import Asset
from field_app.store.local import LocalChange
from tests.network.ground import an_id
from tests.ui.harness import Screen
from tests.ui.town import Town


@pytest.fixture
def screen(main: Town) -> Iterator[Screen]:
    with main.signed_in(route="/break/break") as opened:
        yield opened
        assert not opened.failures


def test_turns_and_direction_are_written_down_and_the_isolation_tells_them(
    main: Town, screen: Screen
) -> None:
    screen.tap("turned-VA-2")
    screen.enter("turned-VA-2-turns", "14,5")
    assert screen.one("turned-VA-2-save").disabled
    screen.enter("turned-VA-2-turns", "14")
    screen.tap("turned-VA-2-counterclockwise")
    screen.tap("turned-VA-2-save")

    assert "14\u00a0tours · sens antihoraire" in screen.text
    with main.database.reading() as session:
        valve = session.scalars(select(Asset).where(Asset.tag == "VA-2")).one()
        change = session.scalars(select(LocalChange).where(LocalChange.table == "asset")).one()
    assert valve.attributes["turns_to_close"] == 14
    assert change.after["attributes"]["closing_direction"] == "counterclockwise"


def test_a_valve_s_own_page_tells_how_it_turns_and_takes_what_was_found(main: Town) -> None:
    with main.signed_in(route=f"/assets/{an_id('VA-1')}") as screen:
        assert "20\u00a0tours" in screen.text
        screen.tap("turned-VA-1")
        screen.tap("turned-VA-1-clockwise")
        screen.tap("turned-VA-1-broken")
        screen.resize(800)
        screen.tap("turned-VA-1-save")

        assert "20\u00a0tours · sens horaire" in screen.text
        assert not screen.failures
    with main.database.reading() as session:
        valve = session.scalars(select(Asset).where(Asset.tag == "VA-1")).one()
    assert valve.attributes["condition"] == "broken"
