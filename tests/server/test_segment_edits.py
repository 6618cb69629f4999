"""Streets and pipes joined, turned and redrawn: what was on them is found where it is now."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.database import Database, open_database
from asset_model.errors import Refused
from asset_model.sync.wire import Change
from asset_model.work_orders import WorkOrder
from sync_server import desk
from sync_server.schema import migrate
from sync_server.segments import cutting, heirs, joining, redrawing, undoing
from tests.network.ground import an_id, asset, line, on, place, street
from tests.sync import town

NEW_ID = town.ids(14, town.Clock())
FIRST = {"civic_left_from": 1, "civic_left_to": 9, "civic_right_from": 2, "civic_right_to": 10}
SECOND = {"civic_left_from": 20, "civic_left_to": 12, "civic_right_from": 19, "civic_right_to": 11}
"""Of a line that is drawn against the numbers."""


def main(tag: str, *points: tuple[float, float], **attributes: Any) -> Asset:
    return asset("pipe", tag, line(*points), name="Aqueduc", attributes=attributes)


def order(title: str, on_tag: str, **columns: Any) -> WorkOrder:
    given = {"status": "planned", "created_at": datetime(2026, 5, 1, tzinfo=UTC)} | columns
    return WorkOrder(
        id=an_id(title), title=title, kind="corrective", priority=2, asset_id=an_id(on_tag),
        source="person", **given,
    )  # fmt: skip


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """TR-1 runs east for 100 m; TR-2 goes on for 80 m, and is drawn from its far end."""
    database = open_database(database_url)
    migrate(database)
    rows = [
        street("TR-1", (0, 0), (100, 0), name="Rue du Lac", attributes=FIRST),
        street("TR-2", (180, 0), (100, 0), name="Rue du Lac", attributes=SECOND),
        street("TR-3", (300, 0), (400, 0), name="Rue du Lac"),
        street("TR-4", (0, 50), (100, 50), name="Rue des Pins", attributes={"one_way": True}),
        main("CD-1", (0, 90), (100, 90), diameter_mm=150),
        main("CD-2", (100, 90), (150, 90), diameter_mm=200),
        main("CD-3", (100, 90), (100, 150), diameter_mm=150),
        on("sign", "PA-1", (20, 4), "TR-1"),
        on("sign", "PA-2", (170, 4), "TR-2"),
        order("open", "TR-2", from_m=10.0, to_m=30.0, side="left"),
        order("done", "TR-2", from_m=40.0, to_m=60.0, status="closed"),
        order("elsewhere", "TR-1", from_m=90.0, to_m=100.0, status="closed"),
    ]
    with database.writing() as session:
        changes = [desk.inserted(row, new_id=NEW_ID) for row in rows]
        desk.write(session, changes, now=town.START, new_id=NEW_ID)
    yield database
    database.close()


Made = Callable[..., Iterable[Change]]


def edit(database: Database, verb: Made, *arguments: Any, **named: Any) -> dict[str, Any]:
    """Do it, and give back what its undo needs, as the file holds it."""
    with database.writing() as session:
        changes = list(verb(session, *arguments, new_id=NEW_ID, **named))
        back = undoing.kept(session, changes)
        desk.write(session, changes, now=town.START, new_id=NEW_ID)
    told: dict[str, Any] = json.loads(json.dumps(back))
    return told


def assets(database: Database) -> dict[str, Asset]:
    with database.reading() as session:
        return {one.tag: one for one in session.scalars(select(Asset))}


def placed(database: Database, title: str) -> tuple[Any, ...]:
    with database.reading() as session:
        found = session.get_one(WorkOrder, an_id(title))
        tag = session.get_one(Asset, found.asset_id).tag
        return tag, found.from_m, found.to_m, found.side


def test_a_joined_street_is_as_long_as_its_parts_and_runs_as_the_first(database: Database) -> None:
    edit(database, joining.merge, ["TR-1", "TR-2"], into="TR-12")

    found = assets(database)
    assert found["TR-12"].length_m == pytest.approx(180, abs=0.1)
    drawn = (found["TR-12"].geometry or {})["coordinates"]
    assert drawn[0] == pytest.approx(place(0, 0), abs=1e-6)
    assert (found["TR-1"].status, found["TR-2"].status) == ("retired", "retired")


def test_its_civic_numbers_go_on_from_the_one_to_the_other(database: Database) -> None:
    edit(database, joining.merge, ["TR-1", "TR-2"], into="TR-12")

    numbers = assets(database)["TR-12"].attributes
    assert (numbers["civic_left_from"], numbers["civic_left_to"]) == (1, 19)
    assert (numbers["civic_right_from"], numbers["civic_right_to"]) == (2, 20)


def test_open_work_goes_to_the_joined_street_by_measure_and_side(database: Database) -> None:
    edit(database, joining.merge, ["TR-1", "TR-2"], into="TR-12")

    assert placed(database, "open") == ("TR-12", pytest.approx(150, abs=0.1),
                                        pytest.approx(170, abs=0.1), "right")  # fmt: skip


def test_finished_work_stays_and_is_found_from_the_joined_street(database: Database) -> None:
    edit(database, joining.merge, ["TR-1", "TR-2"], into="TR-12")

    assert placed(database, "done")[0] == "TR-2"
    with database.reading() as session:
        past = {each.stretch.segment: each.orders for each in heirs.past(session, "TR-12")}
    assert past == {"TR-1": ("elsewhere",), "TR-2": ("done",)}


def test_what_hung_on_the_parts_hangs_on_the_whole(database: Database) -> None:
    edit(database, joining.merge, ["TR-1", "TR-2"], into="TR-12")

    found = assets(database)
    assert {found[tag].parent_id for tag in ("PA-1", "PA-2")} == {found["TR-12"].id}


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        (["TR-1"], "merge_too_few"),
        (["TR-1", "TR-1"], "merge_too_few"),
        (["TR-1", "TR-3"], "merge_apart"),
        (["CD-1", "CD-3"], "merge_at_corner"),
        (["CD-1", "CD-2"], "merge_differs"),
        (["TR-1", "TR-9"], "segment_unknown"),
    ],
)
def test_what_cannot_be_joined_says_why(database: Database, tags: list[str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        edit(database, joining.merge, tags)

    assert refused.value.code == code


def test_a_tag_that_is_there_is_not_taken_twice(database: Database) -> None:
    with pytest.raises(Refused) as refused:
        edit(database, joining.merge, ["TR-1", "TR-2"], into="TR-3")

    assert refused.value.code == "tag_taken"


def test_a_turned_street_has_its_numbers_and_its_work_on_the_other_hand(database: Database) -> None:
    edit(database, redrawing.reverse, "TR-2")

    numbers = assets(database)["TR-2"].attributes
    assert (numbers["civic_left_from"], numbers["civic_left_to"]) == (11, 19)
    assert placed(database, "open") == ("TR-2", pytest.approx(50, abs=0.1),
                                        pytest.approx(70, abs=0.1), "right")  # fmt: skip
    assert placed(database, "done")[1:3] == pytest.approx((20, 40), abs=0.1)


def test_turning_twice_is_no_change(database: Database) -> None:
    before = assets(database)["TR-2"]
    for _ in range(2):
        edit(database, redrawing.reverse, "TR-2")

    after = assets(database)["TR-2"]
    assert after.attributes == before.attributes
    drawn, redrawn = ((one.geometry or {})["coordinates"] for one in (before, after))
    assert redrawn[0] == pytest.approx(drawn[0], abs=1e-7)
    assert redrawn[1] == pytest.approx(drawn[1], abs=1e-7)
    assert placed(database, "open") == ("TR-2", pytest.approx(10, abs=0.02),
                                        pytest.approx(30, abs=0.02), "left")  # fmt: skip


def test_a_one_way_street_is_turned_only_with_its_traffic(database: Database) -> None:
    with pytest.raises(Refused) as refused:
        edit(database, redrawing.reverse, "TR-4")
    assert refused.value.code == "reverse_one_way"

    edit(database, redrawing.reverse, "TR-4", traffic_too=True)


def test_a_redrawn_street_keeps_its_work_where_the_line_stayed(database: Database) -> None:
    detour = [place(180, 0), place(140, 0), place(120, 30), place(100, 0)]
    edit(database, redrawing.realign, "TR-2", [place(180, 0), place(140, 0), place(100, 0)])
    edit(database, redrawing.realign, "TR-2", detour)

    assert placed(database, "open")[1:3] == pytest.approx((10, 30), abs=0.1)
    start, end = placed(database, "done")[1:3]
    assert (start, end) == pytest.approx((40, 76), abs=1)


@pytest.mark.parametrize(
    ("drawn", "code"),
    [
        ([(0, 0)], "realign_unreadable"),
        ([(0, 0), (300, 0)], "realign_unreadable"),
        ([place(180, 0), place(180, 0.1)], "realign_unreadable"),
        ([place(180, 9_000), place(100, 9_000)], "realign_far"),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused(
    database: Database, drawn: list[Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        edit(database, redrawing.realign, "TR-2", drawn)

    assert refused.value.code == code


def test_the_past_of_a_piece_is_still_found_once_it_is_turned(database: Database) -> None:
    edit(database, cutting.split, "TR-2", [35])
    edit(database, redrawing.reverse, "TR-2-2")

    with database.reading() as session:
        (older,) = heirs.past(session, "TR-2-2")
        (heir,) = heirs.heirs_of(session, "TR-2-2")
    assert older.orders == ("done",)
    assert (heir.old_from_m, heir.old_to_m) == pytest.approx((35, 80), abs=0.05)
    assert heir.turned


def test_an_order_across_a_cut_goes_where_most_of_it_is(database: Database) -> None:
    edit(database, cutting.split, "TR-2", [15])

    assert placed(database, "open") == ("TR-2-2", 0.0, pytest.approx(15, abs=0.05), "left")


@pytest.mark.parametrize(
    "verb",
    [
        lambda session, new_id: joining.merge(session, ["TR-1", "TR-2"], new_id=new_id),
        lambda session, new_id: cutting.split(session, "TR-2", [35], new_id=new_id),
        lambda session, new_id: redrawing.reverse(session, "TR-2", new_id=new_id),
        lambda session, new_id: redrawing.realign(
            session, "TR-2", [place(180, 0), place(140, 20), place(100, 0)], new_id=new_id
        ),
    ],
)
def test_an_edit_taken_back_leaves_all_as_it_was(database: Database, verb: Made) -> None:
    before = _state(database)
    file = edit(database, verb)
    assert _state(database) != before

    edit(database, undoing.undo, file)

    assert _state(database) == before


def test_work_done_since_goes_back_with_its_stretch(database: Database) -> None:
    file = edit(database, cutting.split, "TR-2", [35])
    since = order("since", "TR-2", from_m=5.0, to_m=10.0, status="closed")
    since.asset_id = assets(database)["TR-2-2"].id
    with database.writing() as session:
        desk.write(session, [desk.inserted(since, new_id=NEW_ID)], now=town.START, new_id=NEW_ID)

    edit(database, undoing.undo, file)

    assert placed(database, "since")[:3] == ("TR-2", pytest.approx(40), pytest.approx(45))


def test_an_edit_on_which_another_stands_is_not_taken_back(database: Database) -> None:
    file = edit(database, cutting.split, "TR-2", [35])
    edit(database, cutting.split, "TR-2-2", [20])

    with pytest.raises(Refused) as refused:
        edit(database, undoing.undo, file)

    assert refused.value.code == "segment_moved_on"


def test_a_street_cut_again_after_an_undo_has_pieces_of_new_names(database: Database) -> None:
    edit(database, undoing.undo, edit(database, cutting.split, "TR-2", [35]))
    edit(database, cutting.split, "TR-2", [50])

    standing = {tag for tag, one in assets(database).items() if one.status != "retired"}
    assert {"TR-2-3", "TR-2-4"} <= standing


def _state(database: Database) -> Any:
    """Everything that stands, and where the work is, to the decimetre."""
    with database.reading() as session:
        return _standing(session), _work(session)


def _standing(session: Session) -> Any:
    query = select(Asset).where(Asset.status != "retired").order_by(Asset.tag)
    return [(a.tag, a.geometry, a.attributes, a.parent_id) for a in session.scalars(query)]


def _work(session: Session) -> Any:
    query = select(WorkOrder).order_by(WorkOrder.id)
    return [
        (o.asset_id, round(o.from_m or 0, 1), round(o.to_m or 0, 1), o.side)
        for o in session.scalars(query)
    ]
