"""An edit of streets taken back: all is as it was, and what came since goes with its stretch."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.database import Database
from asset_model.errors import Refused
from asset_model.work_orders import WorkOrder
from sync_server import desk
from sync_server.segments import cutting, joining, redrawing, undoing
from tests.network.ground import place
from tests.server.segment_town import NEW_ID, Made, a_town, assets, edit, order, placed
from tests.sync import town


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with a_town(database_url) as opened:
        yield opened


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
