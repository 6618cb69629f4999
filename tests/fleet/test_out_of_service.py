"""Out of service blocks assignment, start and dispatch: on the tablet, and at the server."""

from typing import Any

import pytest

from asset_model.errors import Refused
from asset_model.fleet import ServiceException, UnitAssignment
from asset_model.sync.wire import Outcome
from field_app.actions.fleet_signatures import except_unit, see_exception
from field_app.actions.units import assign_unit, release_unit
from field_app.actions.work_orders import dispatch, move
from tests.fleet.garage import CHIEF, PLOW, TRUCK, WIPER, checked, unit
from tests.sync.rig import Server, Tablet, edit, group, insert
from tests.sync.town import BOSS, LUC, NORTH, order_id

ORDER = order_id(1)
AT = "2026-11-23T08:00:00.000Z"


def assigned(unit_id: str = PLOW, person: str = LUC, **more: Any) -> Any:
    given = {"work_order_id": ORDER, "asset_id": unit_id, "person_id": person, "assigned_at": AT}
    return insert("unit_assignment", **{**given, **more})


def only(outcomes: list[Outcome]) -> tuple[str, str | None]:
    (outcome,) = outcomes
    return outcome.result, outcome.code


def test_an_order_does_not_start_with_a_unit_that_nobody_has_checked(tablet: Tablet) -> None:
    tablet.do(assign_unit, ORDER, PLOW)

    with pytest.raises(Refused, match="unit_unchecked"):
        tablet.do(move, ORDER, "in_progress")
    checked(tablet)
    tablet.do(move, ORDER, "in_progress")

    assert tablet.order().status == "in_progress"


def test_an_order_does_not_start_without_a_signal_with_a_unit_out_of_service(
    tablet: Tablet,
) -> None:
    tablet.do(assign_unit, ORDER, PLOW)
    checked(tablet, WIPER)

    with pytest.raises(Refused, match="unit_major_defect"):
        tablet.do(move, ORDER, "in_progress")

    assert tablet.order().status == "dispatched"


def test_a_unit_out_of_service_is_given_to_no_order(tablet: Tablet) -> None:
    checked(tablet, WIPER)

    with pytest.raises(Refused, match="unit_major_defect"):
        tablet.do(assign_unit, ORDER, PLOW)

    assert tablet.all(UnitAssignment) == []


def test_another_unit_takes_its_place(server: Server, tablet: Tablet) -> None:
    tablet.do(assign_unit, ORDER, PLOW)
    checked(tablet, WIPER)
    (first,) = tablet.all(UnitAssignment)

    tablet.do(release_unit, first.id)
    tablet.do(assign_unit, ORDER, TRUCK)
    checked(tablet, unit_id=TRUCK)
    tablet.do(move, ORDER, "in_progress")
    tablet.sync()

    kept = {row.asset_id: row.released_by for row in server.rows(UnitAssignment)}
    assert kept == {PLOW: LUC, TRUCK: None}
    assert (server.row("work_order", ORDER) or {})["flag"] is None


def test_a_unit_twice_on_one_order_is_refused(tablet: Tablet) -> None:
    tablet.do(assign_unit, ORDER, PLOW)

    with pytest.raises(Refused, match="unit_assigned"):
        tablet.do(assign_unit, ORDER, PLOW)


def test_the_office_does_not_dispatch_with_it(tablet: Tablet, office: Tablet) -> None:
    office.do(move, ORDER, "planned", person=BOSS)
    office.do(assign_unit, ORDER, PLOW, person=BOSS)
    office.sync()
    checked(tablet, WIPER)
    tablet.sync()
    office.sync()

    with pytest.raises(Refused, match="unit_major_defect"):
        office.do(dispatch, ORDER, NORTH, person=BOSS)


def test_the_server_refuses_what_a_desk_did_not_know(server: Server, tablet: Tablet) -> None:
    checked(tablet, WIPER)
    tablet.sync()

    told = server.push(group(assigned(person=BOSS), person=BOSS), device="B1")

    assert only(told) == ("refused", "unit_major_defect")
    assert told[0].details["defect"]["fr"] == WIPER.label_fr


def test_the_server_refuses_a_dispatch_with_it(server: Server, tablet: Tablet) -> None:
    server.set("work_order", ORDER, status="planned")
    server.write(assigned())
    checked(tablet, WIPER)
    tablet.sync()
    sent = edit("work_order", ORDER, {"status": "planned"}, status="dispatched")

    assert only(server.push(group(sent, person=BOSS), device="B1")) == (
        "refused", "unit_major_defect",
    )  # fmt: skip


def test_what_the_field_began_without_knowing_stays_and_is_flagged(
    server: Server, tablet: Tablet, second: Tablet
) -> None:
    """The other tablet had checked the unit, and found it in order, before the defect was told."""
    checked(tablet, WIPER)
    tablet.sync()
    second.clock.forward(minutes=10)
    server.clock.forward(minutes=10)
    second.do(assign_unit, ORDER, PLOW)
    checked(second)
    second.do(move, ORDER, "in_progress")

    second.sync()

    order = server.row("work_order", ORDER) or {}
    assert (order["status"], order["flag"]) == ("in_progress", "unit_out_of_service")


def test_what_began_before_the_defect_was_found_is_not_flagged(
    server: Server, tablet: Tablet, second: Tablet
) -> None:
    second.do(assign_unit, ORDER, PLOW)
    checked(second)
    second.do(move, ORDER, "in_progress")
    for clock in (tablet.clock, server.clock, second.clock):
        clock.forward(hours=1)
    checked(tablet, WIPER)
    tablet.sync()

    second.sync()

    assert (server.row("work_order", ORDER) or {})["flag"] is None


def test_a_signed_exception_lets_the_unit_go_and_the_fleet_manager_sees_it(
    server: Server, tablet: Tablet, office: Tablet
) -> None:
    checked(tablet, WIPER)
    tablet.sync()
    office.sync()

    office.do(except_unit, PLOW, "Escorte jusqu’au garage, 400 m", 2.0, person=BOSS)

    assert unit(office).readiness.standing == "excepted"
    office.sync()
    tablet.sync()
    tablet.do(assign_unit, ORDER, PLOW)
    tablet.do(move, ORDER, "in_progress")
    tablet.sync()
    (signed,) = server.rows(ServiceException)
    assert (signed.signed_name, signed.seen_at) == ("Julie Côté", None)
    assert (server.row("work_order", ORDER) or {})["flag"] is None
    office.do(see_exception, signed.id, person=CHIEF)
    office.sync()
    assert [row.seen_by for row in server.rows(ServiceException)] == [CHIEF]


def test_an_exception_ends(tablet: Tablet, office: Tablet) -> None:
    checked(tablet, WIPER)
    tablet.sync()
    office.sync()
    office.do(except_unit, PLOW, "Retour au garage", 2.0, person=BOSS)

    office.clock.forward(hours=2)

    assert unit(office).readiness.standing == "out_of_service"


def test_a_crew_signs_no_exception(tablet: Tablet) -> None:
    checked(tablet, WIPER)

    with pytest.raises(Refused, match="role_not_allowed"):
        tablet.do(except_unit, PLOW, "Il neige", 1.0)


@pytest.mark.parametrize("hours", [0.0, 12.5, -1.0])
def test_an_exception_is_short(office: Tablet, hours: float) -> None:
    with pytest.raises(Refused, match="exception_too_long"):
        office.do(except_unit, PLOW, "Retour", hours, person=BOSS)


def test_the_server_takes_no_long_exception_and_no_seen_one(server: Server) -> None:
    signed = {"asset_id": PLOW, "person_id": BOSS, "signed_name": "Julie Côté", "signed_at": AT,
              "signed_with": "pin", "reasons": [], "covers": [], "word": "x"}  # fmt: skip
    long = insert("service_exception", until="2026-11-24T08:00:00.000Z", **signed)
    seen = insert("service_exception", "s", until="2026-11-23T09:00:00.000Z", seen_at=AT, **signed)

    told = server.push(group(long, person=BOSS), device="B1")
    server.push(group(seen, person=BOSS), device="B1")

    assert only(told) == ("refused", "exception_too_long")
    assert (server.row("service_exception", "s") or {"seen_at": "?"})["seen_at"] is None


def test_a_foreman_does_not_see_an_exception_for_the_fleet_manager(office: Tablet) -> None:
    signed = office.do(except_unit, PLOW, "Retour", 1.0, person=BOSS)

    with pytest.raises(Refused, match="role_not_allowed"):
        office.do(see_exception, signed.id, person=BOSS)
