"""Filling a database with the demo town: in one go, once, and never over another town."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from asset_model.assets import AssetClass
from asset_model.codec import table_of
from asset_model.database import Database
from asset_model.fleet import Defect, Inspection
from asset_model.ids import derived_id
from asset_model.incidents import Report
from asset_model.meters import MeterReading
from asset_model.people import Person
from asset_model.tables import SYNCED
from asset_model.vocabulary import Role
from asset_model.work_orders import WorkOrder
from sync_server.bulletins.asking import Asking
from sync_server.dashboard.board import board
from sync_server.demo import OtherTown, fill_town
from sync_server.demo.last_year import YEAR, last_year_rows
from sync_server.demo.town import SEED
from sync_server.desk import inserted, write
from sync_server.tables import JournalEntry, ServerState
from tests.server.dashboard_town import DIRECTOR
from tests.server.demo import NOW, rows, town


def counts(database: Database) -> dict[str, Any]:
    with database.reading() as session:
        counted = {
            name: session.scalar(select(func.count()).select_from(table_of(name)))
            for name in SYNCED
        }
        journal = session.scalar(select(func.count()).select_from(JournalEntry))
        position = session.scalar(select(ServerState.position))
        return counted | {"journal": journal, "position": position}


def test_the_town_fills_in_whole_and_once(database: Database) -> None:
    first = fill_town(database, now=NOW)
    filled = counts(database)

    second = fill_town(database, now=NOW + timedelta(days=1))

    assert (first.filled, second.filled) == (True, False)
    # The server makes the repair order of each defect, reads the odometer of each check, founds
    # the incident of each report and tells that it is received.
    read = sum(report.odometer_km is not None for report in rows(Inspection))
    assert read > 0
    # Two more reports tell of the latest hole, of which one founds its own incident; one promise
    # stands still, one incident is resolved, said not to be fixed, and opened again, and one is
    # given to a crew: its order, and that work is planned.
    later = 1 + 3 + 1 + 3 + 2
    # Of each call of last year: its incident, that it was received, and that it was resolved.
    past = list(last_year_rows(town(), now=NOW, seed=SEED))
    calls = 3 * sum(isinstance(row, Report) for row in past)
    made = len(rows(Defect)) + read + 2 * len(rows(Report)) + later + len(past) + calls
    assert sum(filled[name] for name in SYNCED) == len(town()) + made
    with database.reading() as session:
        assert set(session.scalars(select(MeterReading.review))) == {"sound"}
    assert counts(database) == filled
    assert first.tablet == second.tablet


def test_orders_are_numbered_by_age(database: Database) -> None:
    fill_town(database, now=NOW)

    with database.reading() as session:
        repairs = session.scalars(select(Defect.repair_order_id)).all()
        numbers = session.scalars(
            select(WorkOrder.number)
            .where(WorkOrder.id.not_in(repairs), WorkOrder.created_at > NOW - YEAR)
            .where(WorkOrder.incident_id.is_(None))
            .order_by(WorkOrder.created_at, WorkOrder.id)
        ).all()

    assert len(repairs) == 2
    assert numbers == [f"BT-2026-{number:06}" for number in range(1, 69)]


def test_a_week_of_the_town_is_compared_with_the_one_before_and_last_year_s(
    database: Database,
) -> None:
    fill_town(database, now=NOW)

    with database.reading() as session:
        asking = Asking(session, NOW, DIRECTOR)
        told = {figure["code"]: figure for figure in board(asking)["week"]["figures"]}
        numbers = set(session.scalars(select(WorkOrder.number)))

    last_year = {code: figure["beside"]["year_before"] for code, figure in told.items()}
    assert {code: then["why"] for code, then in last_year.items()} == dict.fromkeys(told)
    assert all(then["value"] for then in last_year.values())
    assert told["week_cost"]["beside"]["week_before"]["value"] > 0
    assert "BT-2025-000001" in numbers


def test_a_class_that_an_import_brought_before_is_kept(database: Database) -> None:
    (hydrant,) = [c for c in rows(AssetClass) if c.code == "hydrant"]
    ids = iter(derived_id("test", str(n)) for n in range(10))
    with database.writing() as session:
        write(session, [inserted(hydrant, new_id=ids.__next__)], now=NOW, new_id=ids.__next__)

    assert fill_town(database, now=NOW).filled


def test_somebody_else_s_town_is_left_alone(database: Database) -> None:
    ids = iter(derived_id("test", str(n)) for n in range(10))
    person = Person(id=next(ids), name="Jeanne Roy", language="fr", role=Role.FOREMAN, active=True)
    with database.writing() as session:
        write(session, [inserted(person, new_id=ids.__next__)], now=NOW, new_id=ids.__next__)
    before = counts(database)

    with pytest.raises(OtherTown):
        fill_town(database, now=NOW)

    assert counts(database) == before
