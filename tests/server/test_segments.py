"""A street or a pipe that is cut: its pieces know what they were, and what hangs on which."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from asset_model.assets import Asset
from asset_model.database import Database, open_database
from asset_model.errors import Refused
from asset_model.work_orders import WorkOrder
from sync_server import desk
from sync_server.schema import migrate
from sync_server.segments import cutting, heirs
from tests.network.ground import an_id, on, pipe, street
from tests.network.test_commands import voirie
from tests.sync import town

NEW_ID = town.ids(12, town.Clock())
NUMBERS = {
    "civic_left_from": 1, "civic_left_to": 19, "civic_right_from": 2, "civic_right_to": 20,
}  # fmt: skip


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = open_database(database_url)
    migrate(database)
    order = WorkOrder(
        id=NEW_ID(), title="Fuite réparée", kind="corrective", priority=2, status="closed",
        asset_id=an_id("CD-1"), source="person", created_at=datetime(2026, 5, 1, tzinfo=UTC),
    )  # fmt: skip
    rows = [
        street("TR-1", (0, 0), (100, 0), name="Rue du Lac", attributes=NUMBERS),
        pipe("CD-1", (0, 0), (100, 0), from_node="N1", to_node="N2", diameter_mm=150),
        on("valve", "VA-1", (10, 0), "CD-1"),
        on("hydrant", "BI-1", (80, 4), "CD-1"),
        order,
    ]
    with database.writing() as session:
        changes = [desk.inserted(row, new_id=NEW_ID) for row in rows]
        desk.write(session, changes, now=town.START, new_id=NEW_ID)
    yield database
    database.close()


def cut(database: Database, tag: str, *at_m: float) -> None:
    with database.writing() as session:
        changes = list(cutting.split(session, tag, at_m, new_id=NEW_ID))
        desk.write(session, changes, now=town.START, new_id=NEW_ID)


def assets(database: Database) -> dict[str, Asset]:
    with database.reading() as session:
        return {asset.tag: asset for asset in session.scalars(select(Asset))}


def test_the_pieces_are_as_long_together_as_the_whole_was(database: Database) -> None:
    cut(database, "CD-1", 30, 70)

    found = assets(database)
    lengths = [found[f"CD-1-{number}"].length_m for number in (1, 2, 3)]
    assert lengths == pytest.approx([30, 40, 30], abs=0.05)
    assert found["CD-1"].status == "retired"


def test_what_hung_on_it_hangs_on_the_piece_beside_which_it_lies(database: Database) -> None:
    cut(database, "CD-1", 50)

    found = assets(database)
    assert found["VA-1"].parent_id == found["CD-1-1"].id
    assert found["BI-1"].parent_id == found["CD-1-2"].id


def test_pieces_of_a_pipe_meet_at_a_node_of_their_own(database: Database) -> None:
    cut(database, "CD-1", 50)

    first, second = (assets(database)[tag].attributes for tag in ("CD-1-1", "CD-1-2"))
    assert (first["from_node"], second["to_node"]) == ("N1", "N2")
    assert first["to_node"] == second["from_node"]
    assert first["diameter_mm"] == 150


def test_pieces_of_a_street_share_its_civic_numbers(database: Database) -> None:
    cut(database, "TR-1", 50)

    first, second = (assets(database)[tag].attributes for tag in ("TR-1-1", "TR-1-2"))
    assert (first["civic_left_from"], first["civic_left_to"]) == (1, 9)
    assert (second["civic_left_from"], second["civic_left_to"]) == (11, 19)


def test_the_work_on_the_whole_is_found_from_a_piece_of_a_piece(database: Database) -> None:
    cut(database, "CD-1", 40)
    cut(database, "CD-1-2", 20)

    with database.reading() as session:
        latest, first = heirs.past(session, "CD-1-2-2")

    assert latest.stretch.segment == "CD-1-2"
    assert (latest.stretch.from_m, latest.stretch.to_m) == pytest.approx((20, 60), abs=0.05)
    assert first.stretch.segment == "CD-1"
    assert (first.stretch.from_m, first.stretch.to_m) == pytest.approx((60, 100), abs=0.05)
    assert (latest.orders, first.orders) == ((), ("Fuite réparée",))


def test_what_was_never_cut_has_no_past(database: Database) -> None:
    with database.reading() as session:
        assert list(heirs.past(session, "CD-1")) == []


@pytest.mark.parametrize(
    ("tag", "at_m", "code"),
    [("CD-1", 100, "cut_outside"), ("CD-9", 5, "segment_unknown"), ("VA-1", 5, "segment_unknown")],
)
def test_a_cut_that_cannot_be_made_says_why(
    database: Database, tag: str, at_m: float, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        cut(database, tag, at_m)

    assert refused.value.code == code


def test_the_command_names_the_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    voirie("migrate", "--data", data)
    opened = open_database(f"sqlite:///{data / 'server.sqlite'}")
    with opened.writing() as session:
        made = desk.inserted(pipe("CD-1", (0, 0), (100, 0)), new_id=NEW_ID)
        desk.write(session, [made], now=town.START, new_id=NEW_ID)
    opened.close()

    monkeypatch.chdir(tmp_path)
    done = voirie("segment", "split", "CD-1", "--at", "40", "--lang", "en", "--data", data)

    assert "CD-1-1 is made: 40 m\nCD-1-2 is made: 60 m\nCD-1 is retired" in done.output
    assert '"segment": "CD-1"' in voirie("segment", "past", "CD-1-2", "--data", data).output
