"""What follows a street that is cut, joined, turned, redrawn: closures, meters, plans (0023)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from asset_model.assets import Asset
from asset_model.closures import Closure
from asset_model.database import Database
from asset_model.meters import Meter, MeterReading
from asset_model.plans import MaintenancePlan, Occurrence
from asset_model.sync.wire import Change
from sync_server.generation import work_out
from sync_server.segments import cutting, joining, redrawing, undoing
from sync_server.segments.telling import told
from tests.network.ground import an_id
from tests.server.segment_town import NEW_ID, a_town, edit
from tests.sync.rig import Server, insert

AT = "2026-05-01T12:00:00.000Z"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with a_town(database_url) as opened:
        named = dict.fromkeys(("label_fr", "label_en", "icon"), "")
        write(opened, insert("asset_class", code="road_segment", geometry_kind="line",
                             attributes=[], **named))  # fmt: skip
        yield opened


def write(database: Database, *changes: Change) -> None:
    Server(database).write(*changes)


def closing(row: str, tag: str, from_m: float, to_m: float, **more: Any) -> Change:
    return insert("closure", row, asset_id=an_id(tag), made_at=AT, kind="closed", cause="works",
                  from_m=from_m, to_m=to_m, begins_at=AT, **more)  # fmt: skip


def a_plan(row: str, **more: Any) -> Change:
    given = {"code": row, "title_fr": "Balayage", "title_en": "Sweeping", "steps": [],
             "class_code": "road_segment", "rule": "FREQ=YEARLY", "starts_on": "2024-05-01",
             "floating": True}  # fmt: skip
    return insert("maintenance_plan", row, **{**given, **more})


def done(plan: str, tag: str, on: str) -> Change:
    return insert("occurrence", f"{plan} {tag} {on}"[:36], plan_id=plan, asset_id=an_id(tag),
                  due_on=on, wanted_on=on, status="done", reasons=[{"code": "first_time"}],
                  made_at=f"{on}T12:00:00.000Z", done_at=f"{on}T16:00:00.000Z")  # fmt: skip


def condition(tag: str, value: float, taken_at: str = AT) -> list[Change]:
    meter = f"pci {tag}"
    return [
        insert("meter", meter, asset_id=an_id(tag), measure="pci", unit="", kind="gauge",
               installed_at="2020-01-01T00:00:00.000Z"),
        insert("meter_reading", asset_id=an_id(tag), meter_id=meter, value=value,
               taken_at=taken_at, source="person"),
    ]  # fmt: skip


def closures(database: Database) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        query = select(Closure, Asset.tag).join(Asset, Asset.id == Closure.asset_id)
        found = session.execute(query).all()
        return sorted((tag, round(c.from_m), round(c.to_m), c.side) for c, tag in found)


def counted(database: Database) -> dict[tuple[str, str], date]:
    """By plan and tag, the last day that a plan was asked for."""
    with database.reading() as session:
        query = select(MaintenancePlan.code, Asset.tag, Occurrence.due_on)
        query = query.join(Asset, Asset.id == Occurrence.asset_id)
        query = query.join(MaintenancePlan, MaintenancePlan.id == Occurrence.plan_id)
        found = session.execute(query.order_by(Occurrence.due_on)).all()
        return {(code, tag): day for code, tag, day in found}


def due(database: Database, day: datetime) -> set[tuple[str, str]]:
    with database.reading() as session:
        tags = dict(session.execute(select(Asset.id, Asset.tag)).all())
        found = work_out(session, now=day).found
        return {(each.plan.code, tags[each.asset_id or ""]) for each in found}


def last_read(database: Database, tag: str) -> tuple[float, bool]:
    with database.reading() as session:
        query = select(MeterReading.value, MeterReading.estimated).join(
            Meter, Meter.id == MeterReading.meter_id
        )
        query = query.join(Asset, Asset.id == Meter.asset_id).where(Asset.tag == tag)
        found = session.execute(query.order_by(MeterReading.taken_at.desc())).first()
        assert found is not None
        return found.value, found.estimated


def test_a_closure_across_a_cut_closes_both_pieces(database: Database) -> None:
    write(database, closing("c", "TR-2", 20, 50, side="left"))

    file = edit(database, cutting.split, "TR-2", [40])

    assert closures(database) == [("TR-2-1", 20, 40, "left"), ("TR-2-2", 0, 10, "left")]
    edit(database, undoing.undo, file)
    assert closures(database) == [("TR-2", 20, 40, "left"), ("TR-2", 40, 50, "left")]


def test_a_lifted_closure_stays_with_the_past(database: Database) -> None:
    write(database, closing("c", "TR-2", 20, 50, status="lifted", lifted_at=AT))

    edit(database, cutting.split, "TR-2", [40])

    assert closures(database) == [("TR-2", 20, 50, None)]


def test_a_closure_turns_with_its_street_and_joins_it(database: Database) -> None:
    write(database, closing("c", "TR-2", 0, 30, side="left"), closing("d", "TR-1", 0, 30))

    edit(database, redrawing.reverse, "TR-2")
    assert closures(database)[1] == ("TR-2", 50, 80, "right")
    edit(database, joining.merge, ["TR-1", "TR-2"], into="TR-12")
    assert closures(database) == [("TR-12", 0, 30, None), ("TR-12", 150, 180, "right")]


def test_a_plan_of_a_class_counts_on_for_each_piece(database: Database) -> None:
    write(database, a_plan("BA"), *(done("BA", tag, "2026-05-01") for tag in
          ("TR-1", "TR-2", "TR-3", "TR-4")))  # fmt: skip

    edit(database, cutting.split, "TR-2", [40])

    assert due(database, datetime(2027, 4, 30, 16, tzinfo=UTC)) == set()
    assert {("BA", "TR-2-1"), ("BA", "TR-2-2")} <= due(
        database, datetime(2027, 5, 2, 16, tzinfo=UTC)
    )


def test_a_joined_street_is_due_when_its_first_part_was(database: Database) -> None:
    write(database, a_plan("BA"), done("BA", "TR-1", "2026-05-01"),
          done("BA", "TR-2", "2025-09-01"))  # fmt: skip

    edit(database, joining.merge, ["TR-1", "TR-2"], into="TR-12")

    assert counted(database)["BA", "TR-12"] == date(2025, 9, 1)


def test_parts_of_which_one_was_never_done_are_due_as_it_is(database: Database) -> None:
    write(database, a_plan("BA"), done("BA", "TR-1", "2026-05-01"))

    edit(database, joining.merge, ["TR-1", "TR-2"], into="TR-12")

    assert ("BA", "TR-12") not in counted(database)


def test_a_plan_of_one_street_by_name_goes_on_at_every_piece(database: Database) -> None:
    write(database, a_plan("FO", class_code=None, asset_id=an_id("TR-2")),
          done("FO", "TR-2", "2026-05-01"))  # fmt: skip

    file = edit(database, cutting.split, "TR-2", [30])

    at = counted(database)
    assert at["FO", "TR-2-2"] == at["FO-TR-2-1", "TR-2-1"] == date(2026, 5, 1)
    later = datetime(2027, 5, 2, 16, tzinfo=UTC)
    assert due(database, later) == {("FO", "TR-2-2"), ("FO-TR-2-1", "TR-2-1")}

    edit(database, undoing.undo, file)
    assert due(database, later) == {("FO", "TR-2")}


def test_open_work_of_a_plan_takes_its_occurrence_along(database: Database) -> None:
    write(database, a_plan("BA"))
    with database.reading() as session:
        found = work_out(session, now=datetime(2026, 5, 2, tzinfo=UTC)).found
        ids = {each.asset_id: each.id for each in found}
    row = ids[an_id("TR-2")]
    write(
        database,
        insert("occurrence", row, plan_id="BA", asset_id=an_id("TR-2"), due_on="2026-05-01",
               wanted_on="2026-05-01", reasons=[{"code": "first_time"}], made_at=AT),
        insert("work_order", row, title="Balayage", kind="preventive", status="planned",
               asset_id=an_id("TR-2"), source="plan", created_at=AT, from_m=0.0, to_m=30.0),
    )  # fmt: skip

    edit(database, cutting.split, "TR-2", [40])

    with database.reading() as session:
        moved = session.get_one(Occurrence, row)
        assert session.get_one(Asset, moved.asset_id).tag == "TR-2-1"


def test_a_condition_goes_on_and_is_marked_as_estimated(database: Database) -> None:
    write(database, *condition("TR-2", 71), *condition("TR-1", 40))

    edit(database, cutting.split, "TR-2", [40])
    assert last_read(database, "TR-2-1") == last_read(database, "TR-2-2") == (71, True)
    edit(database, joining.merge, ["TR-1", "TR-2-2"], into="TR-12")

    # 100 m at 40 and 40 m at 71.
    value, estimated = last_read(database, "TR-12")
    assert value == pytest.approx(48.9, abs=0.1)
    assert estimated


def test_what_was_read_since_comes_back_with_an_undo(database: Database) -> None:
    write(database, *condition("TR-2", 71))
    file = edit(database, cutting.split, "TR-2", [40])
    with database.reading() as session:
        query = select(Meter).join(Asset, Asset.id == Meter.asset_id).where(Asset.tag == "TR-2-1")
        meter = session.scalars(query).one()
    write(database, insert("meter_reading", asset_id=meter.asset_id, meter_id=meter.id, value=55,
                           taken_at="2026-06-01T12:00:00.000Z", source="person"))  # fmt: skip

    edit(database, undoing.undo, file)

    # 40 m at 55 since, 40 m still at 71.
    value, estimated = last_read(database, "TR-2")
    assert value == pytest.approx(63, abs=0.1)
    assert estimated


def test_a_turned_street_keeps_its_meters_and_plans(database: Database) -> None:
    write(database, *condition("TR-2", 71), a_plan("BA"), done("BA", "TR-2", "2026-05-01"))

    edit(database, redrawing.reverse, "TR-2")

    assert last_read(database, "TR-2") == (71, False)
    assert counted(database) == {("BA", "TR-2"): date(2026, 5, 1)}


def test_a_dry_run_tells_what_follows(database: Database) -> None:
    write(database, *condition("TR-2", 71), closing("c", "TR-2", 20, 50),
          a_plan("FO", class_code=None, asset_id=an_id("TR-2")))  # fmt: skip
    with database.reading() as session:
        changes = list(cutting.split(session, "TR-2", [30], new_id=NEW_ID))
        said = "\n".join(told(session, changes, "fr"))

    assert "La fermeture est maintenant sur TR-2-2, de 0 à 20 m" in said
    assert "Le plan FO continue sur TR-2-2" in said
    assert "Le plan FO-TR-2-1 continue sur TR-2-1" in said
    assert "pci continue sur TR-2-1" in said
