"""Units on the screen: who may go, what the inspector reads, signatures, an order's units."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from asset_model.fleet import (
    Countersignature,
    RepairCertificate,
    ServiceException,
    UnitAssignment,
)
from asset_model.work_orders import WorkOrder
from field_app.actions.circle_checks import Found, NewCheck, finish_check
from field_app.reads.fleet import asked, unit_line
from tests.ui.fleet import add_fleet, add_person, signs, tick
from tests.ui.town import Town, found

WIPER = Found("major", "6", "6.A", "Essuie-glace du conducteur", "Driver’s wiper")
MIRROR = Found("minor", "11", "11.1", "Rétroviseur fêlé", "Mirror cracked")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    founded = found(tmp_path)
    add_fleet(founded)
    yield founded
    founded.database.close()


def checked(town: Town, *wrong: Found, tag: str = "214", by: str = "luc") -> None:
    author = town.workplace.author(town.ids[by])
    with town.database.writing() as session:
        line = unit_line(session, town.ids[tag], now=author.now)
        assert line is not None
        answers = {item["code"]: "ok" for item in asked(session, line, author.now).items}
        answers |= {each.item_code or "": each.severity for each in wrong}
        new = NewCheck(town.ids[tag], author.now, answers, wrong, odometer_km=84_210.5)
        finish_check(session, new, by=author)
    tick(town)


def one(town: Town, model: Any) -> Any:
    with town.database.reading() as session:
        (row,) = session.query(model)
    return row


def unit(town: Town, tag: str = "214", doing: str = "") -> str:
    return f"/units/{town.ids[tag]}{doing}"


def test_the_list_tells_who_may_go_and_why_not(town: Town) -> None:
    checked(town, WIPER)
    checked(town, tag="216")

    with town.signed_in(route="/units") as screen:
        assert "hors service" in screen.text
        assert "Essuie-glace du conducteur" in screen.text
        assert "Ronde valide jusqu’à" in screen.text
        assert "Aucune ronde n’est exigée par la loi." in screen.text
        screen.tap("units-stopped")
        assert screen.has("unit-214")
        assert not screen.has("unit-216")


def test_the_inspector_reads_the_nine_fields_and_what_is_open(town: Town) -> None:
    checked(town, MIRROR)

    with town.signed_in(route=unit(town, doing="/inspector")) as screen:
        for told in (
            "Valide jusqu’au 2026-11-24 03:12",
            "214 · L214",
            "Municipalité",
            "2026-11-23 03:12",
            "Garage municipal",
            "défectuosité mineure · 11.1 Rétroviseur fêlé · à réparer avant le 2026-11-25 03:12",
            "Luc Bélanger",
            "84\u00a0210,5\u00a0km",
            "Défectuosités ouvertes\u00a0: 1",
            "24\u00a0h (confirmé)",
            "48\u00a0h (à confirmer)",
        ):
            assert told in screen.text


def test_the_inspector_sees_at_once_that_a_unit_is_out_of_service(town: Town) -> None:
    checked(town, WIPER)

    with town.signed_in(route=unit(town, doing="/inspector")) as screen:
        assert screen.text.index("est hors service") < screen.text.index("Valide jusqu’au")


def test_the_inspector_is_told_when_the_check_has_ended(town: Town) -> None:
    checked(town)
    town.now += timedelta(hours=25)

    with town.signed_in(route=unit(town, doing="/inspector")) as screen:
        assert "La dernière ronde n’est plus valide depuis le 2026-11-24 03:12" in screen.text


def test_the_list_is_on_board_and_is_shown_when_the_inspector_asks(town: Town) -> None:
    with town.signed_in(route=unit(town, doing="/inspector")) as screen:
        assert "6.A" not in screen.text
        screen.tap("show-list")

        assert "Édition 1, en vigueur le 2016-11-20" in screen.text
        assert "6.A  Essuie-glace du conducteur manquant ou inadéquat (à confirmer)" in screen.text


def test_the_next_driver_countersigns_with_their_pin(town: Town) -> None:
    checked(town, MIRROR)

    with town.signed_in("anne", route=unit(town)) as screen:
        assert "À contresigner" in screen.text
        screen.tap("countersign-open")
        signs(town, screen, "countersign")

        assert "À contresigner" not in screen.text
    signed = one(town, Countersignature)
    assert (signed.person_id, signed.result) == (town.ids["anne"], "acknowledged")


def test_nobody_countersigns_from_a_desk(town: Town) -> None:
    checked(town)

    with town.signed_in("diane", route=unit(town)) as screen:
        assert "prête" in screen.text
        assert not screen.has("countersign-open")


def test_a_director_sees_as_ready_what_the_figures_count_as_ready(town: Town) -> None:
    checked(town)
    add_person(town, "Hélène Marchand", "director")

    with town.signed_in("hélène", route=unit(town)) as screen:
        assert "prête" in screen.text
        assert not screen.has("countersign-open")


def test_as_many_units_are_ready_for_whoever_looks(town: Town) -> None:
    checked(town, by="luc")
    add_person(town, "Hélène Marchand", "director")
    counted = []

    for name in ("luc", "anne", "hélène"):
        with town.signed_in(name, route="/units") as screen:
            counted.append(next(one for one in screen.text.splitlines() if "Prêtes · " in one))

    assert counted == ["Prêtes · 2"] * 3


def test_nothing_is_countersigned_while_the_unit_is_out_of_service(town: Town) -> None:
    checked(town, WIPER)

    with town.signed_in("anne", route=unit(town)) as screen:
        assert not screen.has("countersign-open")


def test_the_next_driver_may_refuse(town: Town) -> None:
    checked(town)

    with town.signed_in("anne", route=unit(town)) as screen:
        screen.tap("countersign-open")
        screen.enter("countersign-pin", "2580")
        screen.tap("countersign-refuse")

        assert "Refaites la ronde" in screen.text
    assert one(town, Countersignature).result == "refused"


def test_a_mechanic_certifies_and_the_unit_is_ready(town: Town) -> None:
    checked(town, WIPER)

    with town.signed_in("réjean", route=unit(town)) as screen:
        screen.tap("certify-6.A")
        screen.enter("certificate-word", "Bras et balai remplacés")
        signs(town, screen, "certificate")

        assert "Aucune défectuosité ouverte." in screen.text
    signed = one(town, RepairCertificate)
    assert (signed.result, signed.word) == ("repaired", "Bras et balai remplacés")


def test_a_driver_certifies_nothing(town: Town) -> None:
    checked(town, WIPER)

    with town.signed_in(route=unit(town)) as screen:
        assert not screen.has("certify-6.A")
        assert not screen.has("exception-open")


def test_a_defect_on_the_way_stops_the_unit(town: Town) -> None:
    checked(town)

    with town.signed_in(route=unit(town)) as screen:
        screen.tap("tell-defect")
        screen.tap("severity-major")
        screen.enter("wrong", "Pneu à plat, arrière gauche")
        screen.tap("save-defect")

        assert "L’unité 214 est hors service" in screen.text


def test_a_foreman_signs_an_exception_and_the_fleet_manager_sees_it(town: Town) -> None:
    checked(town, WIPER)

    with town.signed_in("diane", route=unit(town)) as screen:
        screen.tap("exception-open")
        screen.enter("why", "Retour au garage sous escorte")
        screen.tap("hours-1")
        signs(town, screen, "exception")
        assert "sous exception" in screen.text

    with town.signed_in("sophie", route="/units") as screen:
        assert "1\nRondes" in screen.text or "1\nUnités" in screen.text
        assert "Retour au garage sous escorte" in screen.text
        screen.tap("seen-214")
        assert not screen.has("seen-214")
    assert one(town, ServiceException).seen_by == town.ids["sophie"]


def test_an_exception_to_be_seen_is_of_nobody_else_s_list(town: Town) -> None:
    checked(town, WIPER)
    with town.signed_in("diane", route=unit(town)) as screen:
        screen.tap("exception-open")
        screen.enter("why", "Retour")
        signs(town, screen, "exception")

    with town.signed_in("diane", route="/units") as screen:
        assert screen.has("unit-214")
        assert not screen.has("seen-214")


def test_an_order_does_not_start_with_a_unit_out_of_service_and_another_takes_its_place(
    town: Town,
) -> None:
    route = f"/orders/{town.ids['order']}"
    with town.signed_in(route=route) as screen:
        screen.tap("main")
        tick(town)
        screen.tap("add-unit")
        screen.tap("take-214")
        checked(town, WIPER)
        checked(town, tag="216")
        screen.tap("main")

        assert "L’unité 214 est hors service" in screen.text
        assert order(town).status == "accepted"
        screen.tap("release-214")
        screen.tap("add-unit")
        assert not screen.has("take-214")
        screen.tap("take-216")
        tick(town)
        screen.tap("main")
        assert order(town).status == "in_progress"


def test_units_out_of_service_are_not_offered_and_counted(town: Town) -> None:
    checked(town, WIPER)

    with town.signed_in(route=f"/orders/{town.ids['order']}") as screen:
        screen.tap("add-unit")

        assert not screen.has("take-214")
        assert "1 unité est hors service et n’est pas offerte." in screen.text
        screen.tap("take-205")
    assert one(town, UnitAssignment).asset_id == town.ids["205"]


def order(town: Town) -> WorkOrder:
    with town.database.reading() as session:
        return session.get_one(WorkOrder, town.ids["order"])
