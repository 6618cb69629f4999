"""Streets and pipes joined, turned and redrawn: what was on them is found where it is now."""

from collections.abc import Iterator
from typing import Any

import pytest

from asset_model.database import Database
from asset_model.errors import Refused
from asset_model.linear.heirs import heirs_of
from sync_server.segments import cutting, heirs, joining, redrawing
from tests.network.ground import place
from tests.server.segment_town import a_town, assets, edit, placed


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with a_town(database_url) as opened:
        yield opened


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
        (heir,) = heirs_of(session, "TR-2-2")
    assert older.orders == ("done",)
    assert (heir.old_from_m, heir.old_to_m) == pytest.approx((35, 80), abs=0.05)
    assert heir.turned


def test_an_order_across_a_cut_goes_where_most_of_it_is(database: Database) -> None:
    edit(database, cutting.split, "TR-2", [15])

    assert placed(database, "open") == ("TR-2-2", 0.0, pytest.approx(15, abs=0.05), "left")
