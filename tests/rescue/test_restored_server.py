"""After yesterday's backup was restored, the tablets bring back what it lost, exactly once."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import WorkOrder
from field_app.actions import facts, work_orders
from field_app.actions.new_orders import NewOrder
from sync_server.archive import open_archive
from sync_server.backup import back_up
from sync_server.restore import restore
from sync_server.tables import JournalEntry
from tests.rescue.conftest import Crews
from tests.rescue.contents import contents, work_done
from tests.sync import rig, town
from tests.sync.town import ANNE, LUC, MARC, NORTH

Tablets = dict[str, rig.Tablet]


@pytest.fixture
def tablets(served: rig.Server, crews: Crews) -> Tablets:
    return crews(served)


def _a_day_of_work(tablets: Tablets) -> str:
    """What three tablets did since the backup; the id of an order that T1 made and T3 worked on."""
    luc, anne, marc = tablets["T1"], tablets["T3"], tablets["T2"]
    new = NewOrder(title="Regard affaissé", crew_id=NORTH)
    made: WorkOrder = luc.do(work_orders.create, new, device_code="T1", dispatch=True)
    luc.do(facts.comment, town.order_id(1), "Signalisation posée.")
    _sync(luc, anne)
    anne.do(work_orders.move, made.id, S.IN_PROGRESS, person=ANNE)
    anne.do(facts.log_hours, made.id, 2.0, person=ANNE)
    anne.do(facts.comment, made.id, "Cadre remplacé.", person=ANNE)
    marc.do(work_orders.move, town.order_id(2), S.IN_PROGRESS, person=MARC)
    marc.do(facts.log_hours, town.order_id(2), 1.0, person=MARC)
    _sync(anne, marc, luc)
    luc.do(facts.comment, made.id, "Rue rouverte.", person=LUC)
    _sync(*tablets.values())
    return made.id


def _settle(*tablets: rig.Tablet) -> None:
    """Each hears of the new history, offers its work again, and hears what became of it."""
    for _ in range(3):
        _sync(*tablets)


def _sync(*tablets: rig.Tablet) -> None:
    for tablet in tablets:
        tablet.sync()


def _put_back(server: rig.Server, file: Path, epoch: str = "restored") -> None:
    restore(open_archive(file), server.database, epoch=epoch, force=True)


@pytest.mark.parametrize("order", [("T1", "T3", "T2"), ("T3", "T2", "T1"), ("T2", "T3", "T1")])
def test_three_tablets_bring_back_what_a_restored_server_lost(
    served: rig.Server, tablets: Tablets, tmp_path: Path, order: tuple[str, ...]
) -> None:
    back_up(served.database, tmp_path / "yesterday.zip", now=town.START)
    yesterday = work_done(served.database)
    _a_day_of_work(tablets)
    today = work_done(served.database)
    _put_back(served, tmp_path / "yesterday.zip")
    assert work_done(served.database) == yesterday

    _settle(*(tablets[code] for code in order))

    assert work_done(served.database) == today
    for code in order:
        assert set(tablets[code].states()) <= {"settled"}, code


def test_what_was_made_on_an_order_that_is_not_back_yet_waits_for_it(
    served: rig.Server, tablets: Tablets, tmp_path: Path
) -> None:
    back_up(served.database, tmp_path / "yesterday.zip", now=town.START)
    _a_day_of_work(tablets)
    _put_back(served, tmp_path / "yesterday.zip")

    _sync(tablets["T3"], tablets["T3"])
    waiting = Counter(tablets["T3"].states())
    _settle(tablets["T1"], tablets["T3"])

    assert waiting["parked"] > 0
    assert set(tablets["T3"].states()) == {"settled"}


def test_every_tablet_holds_the_restored_servers_rows_in_the_end(
    served: rig.Server, tablets: Tablets, tmp_path: Path
) -> None:
    back_up(served.database, tmp_path / "yesterday.zip", now=town.START)
    made = _a_day_of_work(tablets)
    _put_back(served, tmp_path / "yesterday.zip")

    _settle(*tablets.values())

    there = served.row("work_order", made)
    assert there is not None
    for code in ("T1", "T3"):
        with tablets[code].database.reading() as session:
            here = session.get_one(WorkOrder, made)
            assert (here.status, here.number) == (there["status"], there["number"]), code
    assert tablets["T2"].images() == []


def test_restoring_twice_makes_nothing_twice(
    served: rig.Server, tablets: Tablets, tmp_path: Path
) -> None:
    back_up(served.database, tmp_path / "yesterday.zip", now=town.START)
    _a_day_of_work(tablets)
    today = work_done(served.database)

    for epoch in ("first", "second"):
        _put_back(served, tmp_path / "yesterday.zip", epoch)
        _settle(*tablets.values())

    assert work_done(served.database) == today


def test_no_change_is_in_the_restored_journal_twice(
    served: rig.Server, tablets: Tablets, tmp_path: Path
) -> None:
    back_up(served.database, tmp_path / "yesterday.zip", now=town.START)
    _a_day_of_work(tablets)
    _put_back(served, tmp_path / "yesterday.zip")
    _settle(*tablets.values())
    before = contents(served.database, without=("device", "device_scope", "server_state"))

    _sync(*tablets.values())

    with served.database.reading() as session:
        births = select(func.count()).where(JournalEntry.op == "insert")
        query = births.where(JournalEntry.result == "applied").group_by(JournalEntry.row)
        assert set(session.scalars(query)) == {1}
    assert contents(served.database, without=("device", "device_scope", "server_state")) == before
