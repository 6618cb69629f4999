"""A break on the map, as its crew looks for the valves."""

import flet as ft
import flet_map as fm

from tests.ui.map_town import CHURCH, drawn, marks_at
from tests.ui.town import Town
from tests.ui.water import lay_main


def test_a_break_is_drawn_alone_with_its_valves_by_number(town: Town) -> None:
    lay_main(town)
    with town.signed_in(route="/break/break") as screen:
        screen.tap("to-break-map")
        assert screen.page.route == "/map/break/break"
        assert "2 vannes à fermer" in screen.text
        assert marks_at(screen, CHURCH) == []
        numbers = [
            marker.content.content.value
            for marker in drawn(screen, fm.Marker)
            if isinstance(marker.content.content, ft.Text)
        ]
        assert numbers == ["1", "2"]
        assert drawn(screen, fm.PolylineMarker)
        screen.tap("card-valves")

        assert screen.page.route == "/break/break"
        assert not screen.failures


def test_a_valve_that_was_closed_is_drawn_as_closed(town: Town) -> None:
    lay_main(town)
    with town.signed_in(route="/break/break") as screen:
        screen.tap("valve-VA-1-closed")
        screen.tap("to-break-map")

        assert "1 vanne à fermer" in screen.text
        icons = [
            marker.content.content.icon
            for marker in drawn(screen, fm.Marker)
            if isinstance(marker.content.content, ft.Icon)
        ]
        assert ft.Icons.CHECK in icons
