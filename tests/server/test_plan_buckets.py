"""Who holds what of plans and meters: the tablets of an asset's district, and the office."""

import pytest

from asset_model.sync.wire import Columns
from asset_model.tables import SYNCED
from tests.sync import town
from tests.sync.rig import Server, an_id, edit, group, insert
from tests.sync.town import ANNE, BOSS, LUC

STREET = town.named("street", "1")
NORD = f"district:{town.NORD}"
METER = "meter-1"


@pytest.fixture
def with_meter(server: Server) -> Server:
    server.write(insert("meter", METER, asset_id=STREET, measure="cycles", unit="u",
                        installed_at="2026-01-01T00:00:00.000Z"))  # fmt: skip
    return server


def a_reading(**more: object) -> Columns:
    given = {"meter_id": METER, "asset_id": STREET, "value": 12, "source": "person"}
    return {**given, "taken_at": "2026-11-23T07:00:00.000Z", **more}


def buckets(server: Server, table: str, row: str) -> str:
    return str(next(held.buckets for held in server.rows(SYNCED[table]) if held.id == row))


def test_a_meter_and_what_people_read_on_it_go_with_the_asset(with_meter: Server) -> None:
    with_meter.write(insert("meter_reading", "r", **a_reading()))

    assert buckets(with_meter, "meter", METER) == NORD
    assert buckets(with_meter, "meter_reading", "r") == NORD


def test_what_files_tell_all_day_stays_at_the_office(with_meter: Server) -> None:
    with_meter.write(insert("meter_reading", "r", **a_reading(source="telematics")))

    assert buckets(with_meter, "meter_reading", "r") == "office"


def test_an_occurrence_of_no_asset_is_the_town_s(server: Server) -> None:
    given = {"plan_id": "p", "due_on": "2026-12-01", "wanted_on": "2026-12-01", "reasons": []}
    server.write(
        insert("occurrence", "round", **given, made_at="2026-11-23T08:00:00.000Z"),
        insert("occurrence", "street", **given, made_at="2026-11-23T08:00:00.000Z",
               asset_id=STREET),
    )  # fmt: skip

    assert buckets(server, "occurrence", "round") == "town"
    assert buckets(server, "occurrence", "street") == NORD


def test_a_crew_reads_a_meter_of_its_district(with_meter: Server) -> None:
    (outcome,) = with_meter.push(group(insert("meter_reading", **a_reading(person_id=LUC))))

    assert outcome.result == "applied"


def test_nobody_signs_a_review_for_somebody_else(with_meter: Server) -> None:
    with_meter.write(insert("meter_reading", "r", **a_reading()))
    review = edit("meter_reading", "r", {"review": "sound"}, review="rejected", reviewed_by=ANNE)

    (outcome,) = with_meter.push(group(review, person=BOSS), device="B1")

    assert (outcome.result, outcome.code) == ("refused", "role_not_allowed")


def test_a_meter_of_an_asset_that_is_not_there_waits_for_it(server: Server) -> None:
    strange = insert("meter", asset_id=an_id(), measure="cycles", unit="u",
                     installed_at="2026-01-01T00:00:00.000Z")  # fmt: skip

    (outcome,) = server.push(group(strange, person=BOSS), device="B1")

    assert (outcome.result, outcome.code) == ("parked", "row_unknown")
