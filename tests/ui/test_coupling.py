"""A trailer on the screen: coupled, checked after what pulls it, and shown to the inspector."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from asset_model.assets import Asset
from asset_model.fleet import Inspection
from tests.ui.fleet import add_fleet, signs, tick
from tests.ui.harness import Screen
from tests.ui.town import Town, found


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    founded = found(tmp_path)
    add_fleet(founded)
    founded.ids["301"] = founded.workplace.new_id()
    said = {"kind": "trailer", "gross_weight_kg": 6_800, "plate": "RL301"}
    founded.add(
        Asset(id=founded.ids["301"], tag="301", class_code="vehicle", name="Remorque 301",
              status="in_service", attributes=said)
    )  # fmt: skip
    yield founded
    founded.database.close()


def in_order(town: Town, screen: Screen) -> None:
    while screen.has("check-ok"):
        screen.tap("check-ok")
        tick(town)


def test_a_trailer_is_coupled_checked_after_its_unit_and_read_by_the_inspector(
    town: Town,
) -> None:
    with town.signed_in(route=f"/units/{town.ids['214']}") as screen:
        screen.tap("couple")
        screen.tap("couple-301")
        assert screen.has("uncouple-301")
        assert "L’unité 301 n’a pas de ronde de moins de 24" in screen.text

        screen.tap("to-check-214")
        in_order(town, screen)
        signs(town, screen)
        assert "L’unité 301 n’a pas de ronde" in screen.text

        screen.tap("to-check-301")
        assert "Ronde de sécurité · Remorque 301" in screen.text
        in_order(town, screen)
        assert "points de la liste ne sont pas sur une telle unité" in screen.text
        assert not screen.has("odometer")
        signs(town, screen)
        screen.tap("to-unit")
        assert "prête" in screen.text

        screen.tap("to-inspector")
        for told in ("214 · L214", "Remorque 301", "301 · RL301"):
            assert told in screen.text

    with town.database.reading() as session:
        reports = {each.unit_name: each for each in session.query(Inspection)}
    assert set(reports) == {"214", "301"}
    assert (reports["301"].answers["5"], reports["301"].answers["9"]) == ("na", "ok")


def test_a_trailer_tells_what_it_is_behind_and_comes_off(town: Town) -> None:
    with town.signed_in(route=f"/units/{town.ids['214']}") as screen:
        screen.tap("couple")
        screen.tap("couple-301")
        screen.tap("open-coupled-301")
        assert "Derrière l’unité 214" in screen.text

        screen.tap("uncouple-301")

        assert "Derrière aucune unité" in screen.text
