"""The odometer of a check or a sheet: a reading of the unit, once, judged as any other."""

from typing import Any

import pytest
from sqlalchemy import select

from asset_model.errors import Refused
from asset_model.meters import Meter, MeterReading, reading_told_by
from field_app.reads.odometer import odometer_shown
from tests.fleet.garage import PLOW, REJEAN, TRUCK, checked
from tests.sync.rig import Server, Tablet, group, insert
from tests.sync.town import LUC, named

METER = named("meter", "214")


def readings(server: Server) -> list[MeterReading]:
    with server.database.reading() as session:
        query = select(MeterReading).where(MeterReading.meter_id == METER)
        return list(session.scalars(query.order_by(MeterReading.taken_at)))


def shown(tablet: Tablet) -> float | None:
    with tablet.database.reading() as session:
        return odometer_shown(session, PLOW)


def total(server: Server) -> Any:
    columns = server.row("meter", METER)
    assert columns is not None
    return columns["total"]


def test_the_odometer_of_a_check_is_a_reading_of_the_unit_once(
    server: Server, tablet: Tablet
) -> None:
    tablet.sync()
    report = checked(tablet, odometer_km=84_210.5).inspection
    tablet.sync()
    tablet.sync()

    (reading,) = readings(server)

    assert reading.id == reading_told_by("inspection", report.id)
    assert (reading.value, reading.taken_at, reading.person_id, reading.review) == (
        84_210.5, report.ended_at, LUC, "sound",
    )  # fmt: skip
    assert total(server) == 84_210.5


def test_the_next_check_begins_where_the_last_one_ended_with_and_without_signal(
    server: Server, tablet: Tablet
) -> None:
    tablet.sync()
    assert shown(tablet) is None
    checked(tablet, odometer_km=84_210.5)

    assert shown(tablet) == 84_210.5
    tablet.sync()
    assert shown(tablet) == 84_210.5


def test_a_lower_odometer_needs_its_reason_and_waits_for_a_review(
    server: Server, tablet: Tablet
) -> None:
    tablet.sync()
    checked(tablet, odometer_km=84_210)

    with pytest.raises(Refused, match="odometer_falls"):
        checked(tablet, odometer_km=84_000)
    tablet.clock.forward(hours=1)
    checked(tablet, odometer_km=84_000, note="Tableau de bord remplacé")
    tablet.sync()

    assert [(each.value, each.review) for each in readings(server)] == [
        (84_210, "sound"), (84_000, "queued"),
    ]  # fmt: skip
    assert total(server) == 84_210
    assert shown(tablet) == 84_210, "what was queued is no beginning"


def test_a_check_that_comes_late_is_read_at_its_own_time(server: Server, tablet: Tablet) -> None:
    checked(tablet, odometer_km=1_000)
    server.clock.forward(days=2)
    server.write(
        insert("meter_reading", meter_id=METER, asset_id=PLOW, value=1_400.0, source="import",
               taken_at="2026-11-25T08:00:00.000Z")
    )  # fmt: skip
    tablet.sync()

    assert [(each.value, each.review) for each in readings(server)] == [
        (1_000, "sound"), (1_400, "sound"),
    ]  # fmt: skip
    assert total(server) == 1_400


def test_a_tablet_of_before_that_sends_the_reading_itself_makes_no_second_one(
    server: Server, tablet: Tablet
) -> None:
    report = checked(tablet, odometer_km=84_210.5).inspection
    (mine,) = [change for change in tablet.changes() if change.table == "inspection"]
    sent = insert("inspection", report.id, **mine.after)
    own = insert("meter_reading", meter_id=METER, asset_id=PLOW, value=84_210.5, person_id=LUC,
                 taken_at=mine.after["ended_at"], source="person")  # fmt: skip

    outcomes = server.push(group(own, sent))

    assert {outcome.result for outcome in outcomes} == {"applied"}
    assert [each.id for each in readings(server)] == [own.row]


@pytest.mark.parametrize(
    ("done_on", "taken_at"),
    [("2026-11-23", "2026-11-23T08:00:00.000Z"), ("2026-11-20", "2026-11-20T17:00:00.000Z")],
)
def test_a_sheet_is_read_when_it_was_signed_or_at_noon_of_its_day(
    server: Server, done_on: str, taken_at: str
) -> None:
    line = {"label_fr": "Huile", "label_en": "Oil", "result": "ok", "note": None}
    server.write(
        insert("maintenance_sheet", "s", asset_id=PLOW, person_id=REJEAN, signed_name="Réjean",
               signed_with="pin", signed_at="2026-11-23T08:00:00.000Z", title="Entretien",
               done_on=done_on, garage="Garage", lines=[line], odometer_km=90_000.0)
    )  # fmt: skip

    (reading,) = readings(server)

    columns = server.row("meter_reading", reading.id)
    assert columns is not None
    assert (columns["value"], columns["taken_at"]) == (90_000, taken_at)
    assert reading.id == reading_told_by("maintenance_sheet", "s")


def test_a_unit_without_an_odometer_gets_no_reading(server: Server, tablet: Tablet) -> None:
    tablet.sync()
    checked(tablet, unit_id=TRUCK, odometer_km=12_000)
    tablet.sync()

    with server.database.reading() as session:
        meters = select(Meter).where(Meter.asset_id == TRUCK)
        assert session.scalars(meters).all() == []
    assert readings(server) == []
