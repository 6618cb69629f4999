"""Passes on the tablet: told by one press, on a street, on an order and at the wheel; undone."""

from datetime import timedelta

import flet_map as fm
import pytest
from flet_geolocator import Geolocator
from sqlalchemy import select

from asset_model.geometry import bearing_of
from asset_model.passes import Pass, counts
from asset_model.work_orders import WorkOrder
from field_app.reads.passes import way_along
from field_app.store.local import LocalChange
from tests.ui.harness import Screen
from tests.ui.map_town import drawn, glides
from tests.ui.town import NOW, Town

CHURCH = (-75.6995, 45.4)
"""In the middle of the Rue de l’Église, which is drawn from west to east."""
STREET = {"type": "LineString", "coordinates": [[-75.7, 45.4], [-75.699, 45.4]]}


def told(town: Town) -> list[Pass]:
    with town.database.reading() as session:
        return list(session.scalars(select(Pass).order_by(Pass.noted_at, Pass.id)))


def counted(town: Town) -> int:
    with town.database.reading() as session:
        return len(session.scalars(select(Pass.id).where(counts())).all())


def street(town: Town, name: str = "Rue de l’Église") -> str:
    return f"/assets/{town.ids[name]}"


def a_pass(town: Town, row: str, **more: object) -> Pass:
    given = {
        "asset_id": town.ids["Rue de l’Église"], "person_id": town.ids["anne"], "kind": "clearing",
        "direction": "forward", "from_m": 0.0, "to_m": 78.2, "done_at": NOW, "noted_at": NOW,
        "blade_down": True, "source": "person", "place": "Rue de l’Église",
    }  # fmt: skip
    return Pass(id=row, **{**given, **more})


def drives(screen: Screen, place: tuple[float, float]) -> None:
    receiver = next(one for one in screen.controls() if isinstance(one, Geolocator))
    at = {"longitude": place[0], "latitude": place[1], "accuracy": 5.0, "speed": 9.0}
    screen.fire(receiver, "position_change", {"position": at})


def test_one_press_on_a_street_tells_a_pass_of_the_whole_of_it(town: Town) -> None:
    with town.signed_in(route=street(town)) as screen:
        assert "Aucun passage noté" in screen.text
        screen.tap("pass-backward")

        assert "Passage noté\u00a0: Rue de l’Église, 03:12." in screen.text
        assert "il y a 1\u00a0min · Déneigement · lame baissée" in screen.text
        assert "vers l’ouest · Luc Bélanger" in screen.text
    (made,) = told(town)
    assert (made.direction, made.from_m, round(made.to_m)) == ("backward", 0.0, 78)
    assert (made.done_at, made.blade_down, made.material) == (NOW, True, None)
    with town.database.reading() as session:
        (change,) = session.scalars(select(LocalChange)).all()
    assert (change.table, change.op) == ("pass", "insert")


def test_what_is_spread_is_said_once_and_stays_over_a_restart(town: Town) -> None:
    with town.signed_in(route=street(town)) as screen:
        screen.tap("pass-load")
        screen.tap("pass-kind-spreading")
        screen.tap("pass-material-mix")
        screen.enter("pass-rate", "180")
        screen.tap("pass-load-done")
        screen.tap("pass-forward")
    with town.signed_in(route=street(town, "Chemin du Lac")) as screen:
        assert "Épandage · sel et abrasif 180\u00a0kg/km · lame levée" in screen.text
        screen.tap("pass-both")
    assert [(p.material, p.rate, p.rate_unit, p.direction) for p in told(town)] == [
        ("mix", 180.0, "kg_per_km", "forward"), ("mix", 180.0, "kg_per_km", "both"),
    ]  # fmt: skip


def test_a_rate_of_another_unit_is_refused_in_words(town: Town) -> None:
    with town.signed_in(route=street(town)) as screen:
        screen.tap("pass-load")
        screen.tap("pass-kind-spreading")
        screen.tap("pass-rate_unit-g_per_m2")
        screen.enter("pass-rate", "1200")
        screen.tap("pass-forward")

        assert "1200" in screen.text
        assert "300" in screen.text
    assert told(town) == []


def test_a_pass_is_taken_back_at_once_and_both_records_stay(town: Town) -> None:
    with town.signed_in(route=street(town)) as screen:
        screen.tap("pass-forward")
        (made,) = told(town)
        town.now += timedelta(minutes=1)
        screen.tap(f"pass-back-{made.id}")

        assert "Passage annulé" in screen.text
        assert "Aucun passage noté" in screen.text
    first, second = told(town)
    assert (second.reverses_id, second.done_at) == (first.id, first.done_at)
    assert counted(town) == 0


@pytest.mark.parametrize(("name", "offered"), [("luc", False), ("diane", True)])
def test_only_who_told_it_and_the_office_take_a_pass_back(
    town: Town, name: str, offered: bool
) -> None:
    town.add(a_pass(town, "of-anne"))
    with town.signed_in(name, route=street(town)) as screen:
        assert "Anne Côté" in screen.text
        assert screen.has("pass-back-of-anne") == offered


def test_an_order_on_a_street_takes_its_passes(town: Town) -> None:
    with town.signed_in(route=f"/orders/{town.ids['order']}") as screen:
        screen.tap("pass-forward")
    (made,) = told(town)
    assert made.order_id == town.ids["order"]


def test_at_the_wheel_one_press_tells_it_the_way_one_drives(town: Town) -> None:
    with town.database.writing() as session:
        session.get_one(WorkOrder, town.ids["order"]).kind = "winter"
    with town.signed_in() as screen:
        drives(screen, (CHURCH[0] - 0.0004, CHURCH[1]))
        drives(screen, CHURCH)
        screen.tap("drive-blade")
        screen.tap("drive-pass")
        screen.tap("drive-pass")
        assert "Lame levée" in screen.text
        assert not [c for c in screen.controls() if type(c).__name__ == "TextField"]

        (made,) = told(town)
        assert (made.direction, made.blade_down) == ("forward", False)
        screen.tap("drive-pass-back")
        assert counted(town) == 0
        assert not screen.failures


def test_who_makes_no_passes_is_not_asked_at_the_wheel(town: Town) -> None:
    with town.signed_in() as screen:
        drives(screen, CHURCH)

        assert screen.has("mark-0")
        assert not screen.has("drive-pass")


@pytest.mark.parametrize(
    ("course", "way"), [(95.0, "forward"), (250.0, "backward"), (0.0, None), (None, None)]
)
def test_the_way_is_told_by_how_the_street_runs_there(course: float | None, way: str) -> None:
    assert way_along(STREET, CHURCH, course) == way
    assert bearing_of((-75.7, 45.4), (-75.699, 45.4)) == pytest.approx(90)


def test_the_map_tells_how_long_ago_by_colour_dashes_and_width(town: Town) -> None:
    there = town.ids["Rue des Érables"]
    town.add(
        a_pass(town, "new", done_at=NOW - timedelta(hours=1), direction="both"),
        a_pass(town, "old", done_at=NOW - timedelta(hours=5), asset_id=there),
        a_pass(town, "swept", kind="sweeping", asset_id=town.ids["Chemin du Lac"]),
    )
    with town.signed_in(route="/map") as screen:
        glides(screen, CHURCH, zoom=17)
        screen.tap("map-layers")
        screen.tap("map-passes-clearing")
        lines = {
            (one.stroke_width, type(one.stroke_pattern).__name__)
            for one in drawn(screen, fm.PolylineMarker)
            if one.stroke_width in (4.0, 9.0)
        }

        assert lines == {(9.0, "SolidStrokePattern"), (4.0, "DashedStrokePattern")}
        assert "il y a moins de 2 h" in screen.text
        assert not screen.failures
