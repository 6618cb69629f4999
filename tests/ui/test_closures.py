"""Closing the street of an order on the tablet, and opening it again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from asset_model.closures import Closure
from asset_model.work_orders import WorkOrder
from field_app.store.local import LocalChange
from tests.network.ground import an_id
from tests.ui.town import NOW, Town
from tests.ui.water import lay_main

PAGE = "/orders/break"


@pytest.fixture
def dug(town: Town) -> Town:
    """A break on a main, under the Rue des Pins."""
    lay_main(town)
    return town


def closures(town: Town) -> list[Closure]:
    with town.database.reading() as session:
        return list(session.scalars(select(Closure)))


def test_the_street_above_a_break_is_closed_from_corner_to_corner(dug: Town) -> None:
    with dug.signed_in(route=PAGE) as screen:
        screen.tap("close-street")
        screen.tap("closure-hours-4")
        screen.enter("closure-detour", "Par la rue des Pins")
        screen.tap("closure-save")

        assert "Rue fermée · Rue des Pins · en vigueur" in screen.text
        assert "Détour\u00a0: Par la rue des Pins" in screen.text
    (made,) = closures(dug)
    assert (made.asset_id, made.order_id, made.cause) == (an_id("TR-2"), "break", "break")
    assert (made.from_m, made.to_m, made.status) == (0, 100, "in_force")
    assert made.ends_at == dug.now + timedelta(hours=4)
    assert made.person_id == dug.ids["luc"]


def test_a_stretch_on_one_side_is_restricted(dug: Town) -> None:
    with dug.signed_in(route=PAGE) as screen:
        screen.tap("close-street")
        screen.tap("closure-kind-restricted")
        screen.tap("closure-side-left")
        screen.enter("closure-from_m", "40")
        screen.enter("closure-to_m", "75,5")
        screen.tap("closure-save")

        assert "Circulation entravée" in screen.text
        assert "fin inconnue" in screen.text
    (made,) = closures(dug)
    assert (made.from_m, made.to_m, made.side, made.ends_at) == (40, 75.5, "left", None)


def test_what_cannot_be_closed_says_why_and_keeps_what_was_typed(dug: Town) -> None:
    with dug.signed_in(route=PAGE) as screen:
        screen.tap("close-street")
        screen.enter("closure-from_m", "80")
        screen.enter("closure-to_m", "20")
        screen.tap("closure-save")

        assert "et non de 80 à 20 m" in screen.text
        assert screen.has("closure-save")
    assert closures(dug) == []


def test_lifting_says_who_and_when_and_travels_as_a_change(dug: Town) -> None:
    with dug.signed_in(route=PAGE) as screen:
        screen.tap("close-street")
        screen.tap("closure-save")
        (made,) = closures(dug)
        dug.now += timedelta(hours=1)
        screen.tap(f"closure-lift-{made.id}")

        assert "levée" in screen.text
        assert not screen.has(f"closure-lift-{made.id}")
    (lifted,) = closures(dug)
    assert (lifted.status, lifted.lifted_by) == ("lifted", dug.ids["luc"])
    assert lifted.lifted_at == NOW + timedelta(hours=1)
    with dug.database.reading() as session:
        sent = session.scalars(select(LocalChange).where(LocalChange.table == "closure")).all()
    assert [change.op for change in sent] == ["insert", "edit"]


def test_a_planned_closure_begins_when_somebody_says_so(dug: Town) -> None:
    dug.add(
        Closure(
            id="c", asset_id=an_id("TR-2"), order_id="break", made_at=NOW, kind="closed",
            status="planned", from_m=0, to_m=9, begins_at=NOW, cause="works", place="Rue des Pins",
        )
    )  # fmt: skip
    with dug.signed_in(route=PAGE) as screen:
        assert "à venir" in screen.text
        screen.tap("closure-begin-c")

        assert "en vigueur" in screen.text


def test_no_street_near_means_nothing_to_close(dug: Town) -> None:
    dug.add(
        WorkOrder(id="afar", title="Loin", kind="corrective", priority=3, status="dispatched",
                  crew_id=dug.ids["north"], longitude=-70.0, latitude=47.0, source="person",
                  created_at=NOW)
    )  # fmt: skip
    with dug.signed_in(route="/orders/afar") as screen:
        assert not screen.has("close-street")
