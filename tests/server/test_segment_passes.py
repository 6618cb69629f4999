"""Passes along a street that is cut, joined, turned, redrawn: found where their stretch is now."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from asset_model.assets import Asset
from asset_model.database import Database
from asset_model.passes import Pass
from asset_model.passes_along import Trip, passes_along, runs
from asset_model.sync.wire import Change
from sync_server.segments import cutting, joining, redrawing, undoing
from sync_server.segments.events import events
from tests.network.ground import an_id
from tests.server.segment_town import a_town, edit
from tests.sync.rig import Server, insert

NIGHT = "2026-11-23T0{}:00:00.000Z"


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    with a_town(sqlite_url) as opened:
        yield opened


def a_pass(row: str, tag: str, from_m: float, to_m: float, **more: Any) -> Change:
    given = {"kind": "clearing", "direction": "forward", "done_at": NIGHT.format(3),
             "noted_at": NIGHT.format(6)}  # fmt: skip
    told = {"asset_id": an_id(tag), **given, **more}
    return insert("pass", row, from_m=from_m, to_m=to_m, **told)


def write(database: Database, *changes: Change) -> None:
    Server(database).write(*changes)


def id_of(database: Database, tag: str) -> str:
    with database.reading() as session:
        return session.scalars(select(Asset.id).where(Asset.tag == tag)).one()


def along(database: Database, tag: str) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        asset = session.scalars(select(Asset).where(Asset.tag == tag)).one()
        return [
            (made.told.id, round(made.from_m), round(made.to_m), made.direction)
            for made in passes_along(session, asset)
        ]


def rows(database: Database) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        query = select(Pass, Asset.tag).join(Asset, Asset.id == Pass.asset_id)
        found = session.execute(query).all()
        return sorted((tag, round(p.from_m), round(p.to_m), p.direction) for p, tag in found)


def test_a_pass_is_among_the_events_of_its_street_until_it_is_taken_back(
    database: Database,
) -> None:
    spread = {"kind": "spreading", "material": "salt", "rate": 120, "rate_unit": "kg_per_km"}
    write(database, a_pass("p", "TR-1", 0, 100, **spread), a_pass("q", "TR-1", 0, 50))

    write(database, a_pass("back", "TR-1", 0, 50, reverses_id="q"))

    with database.reading() as session:
        (told,) = [each for each in events(session, "TR-1") if each.kind == "pass"]
    assert (told.ref, told.what, told.value) == ("p", "spreading salt 120 kg_per_km", 120.0)
    assert (told.from_m, told.to_m, told.direction) == (0.0, 100.0, "forward")


def test_a_cut_leaves_the_record_and_each_piece_tells_of_its_part(database: Database) -> None:
    write(database, a_pass("p", "TR-2", 20, 80))

    back = edit(database, cutting.split, "TR-2", [40])

    assert rows(database) == [("TR-2", 20, 80, "forward")]
    assert along(database, "TR-2-1") == [("p", 20, 40, "forward")]
    assert along(database, "TR-2-2") == [("p", 0, 40, "forward")]
    on_it = {"asset_id": id_of(database, "TR-2-2"), "done_at": NIGHT.format(5)}
    write(database, a_pass("later", "TR-2-2", 10, 30, **on_it))
    edit(database, undoing.undo, back)
    assert along(database, "TR-2") == [("later", 50, 70, "forward"), ("p", 20, 80, "forward")]


def test_a_pass_told_late_of_a_street_that_was_cut_meanwhile_is_not_lost(
    database: Database,
) -> None:
    edit(database, cutting.split, "TR-1", [60])

    write(database, a_pass("late", "TR-1", 0, 100))

    assert along(database, "TR-1-2") == [("late", 0, 40, "forward")]


def test_joined_streets_tell_of_both_each_the_right_way(database: Database) -> None:
    """TR-2 is drawn from its far end, against the joined line."""
    write(database, a_pass("p", "TR-1", 0, 100), a_pass("q", "TR-2", 0, 30))

    back = edit(database, joining.merge, ["TR-1", "TR-2"], into="TR-12")

    assert sorted(along(database, "TR-12")) == [
        ("p", 0, 100, "forward"), ("q", 150, 180, "backward"),
    ]  # fmt: skip
    on_it = {"asset_id": id_of(database, "TR-12")}
    write(database, a_pass("across", "TR-12", 90, 120, **on_it))
    write(database, a_pass("oh", "TR-12", 95, 110, **on_it))
    write(database, a_pass("no", "TR-12", 95, 110, reverses_id="oh", **on_it))
    edit(database, undoing.undo, back)
    told = {tag: [made[1:] for made in along(database, tag)] for tag in ("TR-1", "TR-2")}
    assert (90, 100, "forward") in told["TR-1"]
    assert (60, 80, "backward") in told["TR-2"]
    assert len(told["TR-1"]) == len(told["TR-2"]) == 2


def test_a_pass_turns_with_its_street_and_back(database: Database) -> None:
    write(database, a_pass("p", "TR-2", 0, 30), a_pass("b", "TR-2", 0, 80, direction="both"))

    back = edit(database, redrawing.reverse, "TR-2")

    assert rows(database) == [("TR-2", 0, 80, "both"), ("TR-2", 50, 80, "backward")]
    edit(database, undoing.undo, back)
    assert rows(database) == [("TR-2", 0, 30, "forward"), ("TR-2", 0, 80, "both")]


def at(hour: int) -> datetime:
    return datetime.fromisoformat(NIGHT.format(hour))


def test_a_street_is_whole_once_it_was_passed_each_way() -> None:
    there, half_back = Trip(0, 100, "forward", at(1)), Trip(40, 100, "backward", at(2))

    assert [(r.from_m, r.to_m, r.at, r.whole) for r in runs([there, half_back], one_way=False)] == [
        (0, 40, at(1), False), (40, 100, at(2), True),
    ]  # fmt: skip
    assert all(run.whole for run in runs([there], one_way=True))
    assert not any(run.whole for run in runs([Trip(0, 9, None, at(1))], one_way=False))
