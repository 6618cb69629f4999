"""Passes that come in: who may tell of them, what cannot be, and how one is taken back."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from asset_model.database import open_database
from asset_model.passes import Pass, counts
from asset_model.sync.wire import Change, Columns
from tests.sync import town
from tests.sync.rig import Server, edit, fill_sqlite, group, insert, with_devices
from tests.sync.town import ANNE, BOSS, LUC, MARC, NORD

STREET = town.named("street", "1")
IN_THE_NIGHT, AT_DAWN = "2026-11-23T03:10:00.000Z", "2026-11-23T06:00:00.000Z"


def a_pass(row: str = "p", **more: Any) -> Change:
    given: Columns = {
        "asset_id": STREET, "person_id": LUC, "kind": "spreading", "direction": "forward",
        "from_m": 0, "to_m": 780, "done_at": IN_THE_NIGHT, "noted_at": AT_DAWN,
        "blade_down": False, "material": "salt", "rate": 120, "rate_unit": "kg_per_km",
    }  # fmt: skip
    return insert("pass", row, **{**given, **more})


def said(server: Server, change: Change, *, person: str = LUC, device: str = "T1") -> str | None:
    return server.push(group(change, person=person), device=device)[-1].code


def counted(server: Server) -> list[str]:
    with server.database.reading() as session:
        return list(session.scalars(select(Pass.id).where(counts()).order_by(Pass.id)))


def test_a_pass_told_late_keeps_the_time_of_doing_and_goes_where_its_street_goes(
    served: Server,
) -> None:
    assert said(served, a_pass()) is None

    row = served.row("pass", "p")
    assert row is not None
    assert (row["done_at"], row["noted_at"]) == (IN_THE_NIGHT, AT_DAWN)
    assert row["received_at"] is not None
    (kept,) = served.rows(Pass)
    assert kept.buckets == f"district:{NORD}"


def test_a_crew_tells_of_streets_of_its_own_district_only(served: Server) -> None:
    theirs = a_pass(person_id=MARC)

    assert said(served, theirs, person=MARC, device="T2") == "out_of_scope"


def test_nobody_edits_a_pass(served: Server) -> None:
    said(served, a_pass())

    changed = edit("pass", "p", {"rate": 120.0}, rate=180.0)

    assert said(served, changed) == "role_not_allowed"
    assert said(served, changed, person=BOSS, device="B1") == "role_not_allowed"


def test_one_takes_back_ones_own_pass_and_both_records_stay(served: Server) -> None:
    said(served, a_pass())
    said(served, a_pass("q", direction="backward"))

    assert said(served, a_pass("back", reverses_id="p")) is None

    assert counted(served) == ["q"]
    assert len(served.rows(Pass)) == 3


def test_another_does_not_take_it_back_but_the_foreman_does(served: Server) -> None:
    said(served, a_pass())
    back = {"reverses_id": "p"}

    assert said(served, a_pass("b1", person_id=ANNE, **back), person=ANNE) == "pass_not_yours"
    theirs = a_pass("b2", person_id=BOSS, **back)
    assert said(served, theirs, person=BOSS, device="B1") is None
    assert counted(served) == []


@pytest.fixture(scope="module")
def town_as_it_is(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all refusals: they leave nothing behind."""
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('town') / 'town.sqlite'}")
    fill_sqlite(database)
    yield with_devices(Server(database))
    database.close()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"asset_id": "nowhere"}, "row_unknown"),
        ({"reverses_id": "nothing"}, "row_unknown"),
        ({"kind": "dancing"}, "bad_value"),
        ({"direction": "up"}, "bad_value"),
        ({"source": "rumour"}, "bad_value"),
        ({"material": "sugar"}, "bad_value"),
        ({"material": None, "rate": None, "rate_unit": None}, "pass_no_material"),
        ({"rate": 1501}, "bad_value"),
        ({"rate": 120, "rate_unit": None}, "bad_value"),
        ({"rate": 301, "rate_unit": "g_per_m2"}, "bad_value"),
        ({"rate": 0}, "bad_value"),
        ({"from_m": 780}, "pass_no_stretch"),
        ({"from_m": -1}, "pass_no_stretch"),
        ({"done_at": "2026-11-23T06:00:00.001Z"}, "bad_value"),
        ({"person_id": MARC}, "role_not_allowed"),
        ({"rate": 15, "rate_unit": "g_per_m2"}, None),
        ({"kind": "patrol", "material": None, "rate": None, "rate_unit": None}, None),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    town_as_it_is: Server, more: Columns, code: str | None
) -> None:
    assert said(town_as_it_is, a_pass(f"{more}"[:36], **more)) == code


def test_a_pass_is_made_along_a_street_only(served: Server) -> None:
    served.write(
        insert("asset", "v", tag="V-1", class_code="valve", name="Vanne 1", attributes={},
               district_id=NORD, geometry={"type": "Point", "coordinates": [-75.7, 45.4]})
    )  # fmt: skip

    assert said(served, a_pass(asset_id="v")) == "pass_no_line"


def test_a_taking_back_is_not_taken_back_nor_said_of_another_street(served: Server) -> None:
    said(served, a_pass())
    said(served, a_pass("back", reverses_id="p"))

    assert said(served, a_pass("again", reverses_id="back")) == "pass_of_another"
    elsewhere = a_pass("other", asset_id=town.named("street", "3"), reverses_id="p")
    assert said(served, elsewhere) == "pass_of_another"
