"""A check made on a tablet without a signal, and what it comes to everywhere after."""

from datetime import timedelta

import pytest

from asset_model.errors import Refused
from asset_model.fleet import Countersignature, Defect, Inspection, RepairCertificate
from asset_model.fleet_vocabulary import Severity
from asset_model.meters import MeterReading
from asset_model.sync.wire import Push
from asset_model.work_orders import WorkOrder
from field_app.actions.circle_checks import Found, report_defect
from field_app.actions.fleet_signatures import certify, countersign
from tests.fleet.garage import GARAGE, MIRROR, PICKUP, PLOW, REJEAN, TRUCK, WIPER, checked, unit
from tests.sync.rig import Server, Tablet, insert
from tests.sync.town import ANNE, BOSS, LUC, START


def repairs(server: Server) -> list[WorkOrder]:
    return [order for order in server.rows(WorkOrder) if order.source == "defect"]


def test_a_check_in_order_makes_the_unit_ready_for_its_driver(tablet: Tablet) -> None:
    done = checked(tablet, odometer_km=84_210.0)

    assert unit(tablet, driver=LUC).readiness.standing == "ready"
    assert not done.major
    assert (done.inspection.unit_name, done.inspection.plate) == ("214", "L214000")


def test_the_report_has_its_nine_fields_on_the_server(server: Server, tablet: Tablet) -> None:
    checked(tablet, MIRROR, place="Garage municipal, Val-des-Pins", odometer_km=84_210.0)
    tablet.sync()

    (report,) = server.rows(Inspection)
    assert (report.unit_name, report.plate) == ("214", "L214000")
    assert report.operator == "Municipalité"
    assert report.started_at <= report.ended_at == START
    assert report.place == "Garage municipal, Val-des-Pins"
    assert [defect.inspection_id for defect in server.rows(Defect)] == [report.id]
    assert (report.signed_name, report.signed_with, report.signed_at) == (
        "Luc Tremblay", "pin", START,
    )  # fmt: skip
    assert (report.person_id, report.odometer_km) == (LUC, 84_210.0)
    assert report.received_at is not None
    assert [reading.value for reading in server.rows(MeterReading)] == [84_210.0]


def test_a_major_defect_stops_the_unit_here_at_once_and_everywhere_after(
    server: Server, tablet: Tablet, office: Tablet, shop: Tablet
) -> None:
    done = checked(tablet, WIPER)

    assert done.major
    assert unit(tablet).readiness.standing == "out_of_service"
    for other in (tablet, office, shop):
        other.sync()
    for other in (office, shop):
        assert unit(other).readiness.standing == "out_of_service"


def test_a_defect_makes_its_repair_order_once(server: Server, tablet: Tablet, shop: Tablet) -> None:
    checked(tablet, WIPER, MIRROR)
    tablet.sync()
    tablet.sync()
    shop.sync()

    major, minor = sorted(repairs(server), key=lambda order: order.priority)
    assert (major.priority, major.status, major.crew_id) == (1, "dispatched", GARAGE)
    assert major.title == "214\u00a0: Essuie-glace du conducteur manquant"
    assert (major.asset_id, major.number is not None) == (PLOW, True)
    assert (minor.priority, minor.due_at) == (2, START + timedelta(hours=48))
    assert {order.id for order in repairs(server)} == {
        defect.repair_order_id for defect in shop.all(Defect)
    }
    assert {order.id for order in shop.all(WorkOrder)} >= {major.id, minor.id}


def test_the_same_report_sent_twice_has_one_effect(server: Server, tablet: Tablet) -> None:
    checked(tablet, WIPER)
    tablet.sync()
    (push,) = [asked for asked in tablet.link.asked if isinstance(asked, Push)]

    server.reply(push, device="T1")

    assert (len(server.rows(Defect)), len(repairs(server))) == (1, 1)


def test_a_minor_defect_seen_again_gets_no_more_time(server: Server, tablet: Tablet) -> None:
    first = checked(tablet, MIRROR)
    tablet.clock.forward(hours=20)
    server.clock.forward(hours=20)
    again = checked(tablet, MIRROR)
    tablet.sync()

    assert (len(again.defects), [d.id for d in again.carried]) == (0, [first.defects[0].id])
    assert [defect.due_at for defect in server.rows(Defect)] == [START + timedelta(hours=48)]
    assert again.inspection.carried == [first.defects[0].id]
    tablet.clock.forward(hours=28)
    assert unit(tablet).readiness.standing == "out_of_service"


def test_a_minor_defect_that_has_become_major_stops_the_unit(tablet: Tablet) -> None:
    checked(tablet, MIRROR)
    worse = Found(Severity.MAJOR, "11", "11.A", "Pare-brise", "Windshield")
    checked(tablet, worse)

    assert [reason.code for reason in unit(tablet).readiness.blocking] == ["unit_major_defect"]


def test_the_law_s_delay_holds_whatever_a_tablet_says(server: Server, tablet: Tablet) -> None:
    done = checked(tablet, MIRROR)
    with tablet.database.writing() as session:
        from sqlalchemy import update

        from field_app.store.local import LocalChange

        after = next(c.after for c in tablet.changes() if c.table == "defect")
        late = {**after, "due_at": "2027-01-01T00:00:00.000Z"}
        session.execute(update(LocalChange).where(LocalChange.table == "defect").values(after=late))
    tablet.sync()

    (defect,) = server.rows(Defect)
    assert (defect.id, defect.due_at) == (done.defects[0].id, START + timedelta(hours=48))
    assert defect.due_rule == "minor_defect_delay@2016-11-20"


def test_a_certificate_returns_the_unit_to_service(
    server: Server, tablet: Tablet, shop: Tablet
) -> None:
    checked(tablet, WIPER)
    tablet.sync()
    shop.sync()
    (defect,) = shop.all(Defect)

    shop.do(certify, defect.id, person=REJEAN, word="Balai remplacé")

    assert unit(shop).readiness.standing == "ready"
    shop.sync()
    tablet.sync()
    assert unit(tablet, driver=LUC).readiness.standing == "ready"
    (signed,) = server.rows(RepairCertificate)
    assert (signed.signed_name, signed.result) == ("Réjean Pelletier", "repaired")
    assert signed.received_at is not None


def test_of_two_major_defects_both_must_be_certified(tablet: Tablet, shop: Tablet) -> None:
    belt = Found(Severity.MAJOR, "13", "13.A", "Ceinture", "Belt")
    checked(tablet, WIPER, belt)
    tablet.sync()
    shop.sync()
    first, second = shop.all(Defect)

    shop.do(certify, first.id, person=REJEAN)
    assert unit(shop).readiness.standing == "out_of_service"
    shop.do(certify, second.id, person=REJEAN)

    assert unit(shop).readiness.standing == "ready"


@pytest.mark.parametrize("person", [LUC, BOSS])
def test_only_a_mechanic_certifies(server: Server, tablet: Tablet, person: str) -> None:
    done = checked(tablet, WIPER)

    with pytest.raises(Refused, match="role_not_allowed"):
        tablet.do(certify, done.defects[0].id, person=person)


def test_a_defect_of_the_trip_joins_the_report_under_which_one_drives(tablet: Tablet) -> None:
    done = checked(tablet)
    tablet.clock.forward(hours=3)

    found = tablet.do(report_defect, PLOW, Found(Severity.MAJOR, label_fr="Pneu à plat"))

    assert (found.inspection_id, found.found_during) == (done.inspection.id, "trip")
    assert unit(tablet).readiness.standing == "out_of_service"


@pytest.mark.parametrize("words", ["", "   "])
def test_a_defect_says_what_is_wrong(tablet: Tablet, words: str) -> None:
    with pytest.raises(Refused, match="defect_without_words"):
        checked(tablet, Found(Severity.MAJOR, "6", label_fr=words))


def test_an_item_without_an_answer_keeps_the_report_open(tablet: Tablet) -> None:
    with pytest.raises(Refused, match="check_unanswered"):
        checked(tablet, answers={"6": ""})

    assert tablet.all(Inspection) == []


def test_the_next_driver_countersigns_or_checks_anew(tablet: Tablet, server: Server) -> None:
    done = checked(tablet)

    assert unit(tablet, driver=ANNE).readiness.standing == "check_needed"
    tablet.do(countersign, done.inspection.id, person=ANNE)

    assert unit(tablet, driver=ANNE).readiness.standing == "ready"
    tablet.sync()
    (signed,) = server.rows(Countersignature)
    assert (signed.person_id, signed.result) == (ANNE, "acknowledged")


def test_whoever_refuses_to_countersign_may_check_anew(tablet: Tablet) -> None:
    done = checked(tablet)
    tablet.do(countersign, done.inspection.id, person=ANNE, result="refused")
    assert not unit(tablet, driver=ANNE).readiness.may_start

    tablet.clock.forward(minutes=5)
    checked(tablet, person=ANNE)

    assert unit(tablet, driver=ANNE).readiness.may_start


def test_only_somebody_designated_checks_for_others(server: Server, shop: Tablet) -> None:
    with pytest.raises(Refused, match="not_designated"):
        checked(shop, person=REJEAN, made_as="designated")
    server.write(insert("designation", holder_id=REJEAN, task="circle_check", from_on="2026-01-01"))
    shop.sync()

    done = checked(shop, person=REJEAN, made_as="designated")
    shop.sync()

    assert [report.id for report in server.rows(Inspection)] == [done.inspection.id]
    assert unit(shop, driver=REJEAN).readiness.standing == "check_needed"


def test_a_check_of_a_clock_that_runs_ahead_lasts_no_longer(
    server: Server, tablet: Tablet, office: Tablet
) -> None:
    tablet.clock.forward(hours=48)
    checked(tablet)
    tablet.sync()
    office.sync()

    office.clock.forward(hours=24)

    assert unit(office).readiness.standing == "check_needed"
    server.clock.forward(hours=24)
    tablet.clock.forward(hours=-24)
    checked(tablet)
    tablet.sync()
    office.sync()
    assert unit(office).readiness.standing == "ready"


def test_a_light_pickup_needs_no_check_and_can_have_a_defect(tablet: Tablet) -> None:
    assert unit(tablet, PICKUP).readiness.standing == "ready"

    checked(tablet, Found(Severity.MAJOR, "V5", "V5.A", "Gyrophare", "Beacon"), unit_id=PICKUP)

    assert unit(tablet, PICKUP).readiness.standing == "out_of_service"
    assert unit(tablet, TRUCK).readiness.standing == "check_needed"
