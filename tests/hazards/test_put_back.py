"""The server that was put back, and the tablet that was copied: who is ahead of whom, and proof."""

import shutil
from dataclasses import replace
from pathlib import Path

from asset_model.facts import Comment
from asset_model.work_orders import WorkOrder
from field_app.actions.facts import comment
from field_app.store.local import Replica
from field_app.store.opening import open_store
from field_app.sync import engine
from sync_server import feed
from sync_server.tables import JournalEntry
from tests.hazards import out_of_the_server as server_without
from tests.hazards import out_of_the_tablet as tablet_without
from tests.hazards.taking_out import fails_without
from tests.rescue.conftest import Crews
from tests.rescue.folders import Folder
from tests.simulation import planted_in_outbox, planted_in_reading
from tests.sync.rig import Server, Tablet, a_server, an_id, insert
from tests.sync.town import NORD, NORTH, order_id

ORDER = order_id(1)


def an_order(title: str) -> dict[str, str]:
    made = "2026-11-23T08:00:00.000Z"
    return {
        "title": title,
        "source": "person",
        "created_at": made,
        "crew_id": NORTH,
        "district_id": NORD,
    }


@fails_without(
    server_without.nobody_notices_that_a_copy_was_put_back, planted_in_reading.nothing_is_swept
)
def test_server_put_back_by_hand_one_tablet_proves_it_and_all_hear_of_it(
    server: Server, crews: Crews
) -> None:
    tablets = crews(server)
    lost = an_id()
    server.write(insert("work_order", lost, **an_order("Perdu")))
    tablets["T3"].sync()
    tablets["T1"].do(comment, ORDER, "Fait.")
    tablets["T1"].do(comment, ORDER, "Encore.")
    tablets["T1"].sync()
    older = put_back(server, tablets)
    older.write(insert("work_order", an_id(), **an_order("D’après")))

    for _ in range(3):
        for code in ("T1", "T3"):
            tablets[code].sync()

    assert sorted(c.text for c in older.rows(Comment)) == ["Encore.", "Fait."]
    assert lost not in {order.id for order in tablets["T3"].all(WorkOrder)}


def put_back(server: Server, tablets: dict[str, Tablet]) -> Server:
    """The database is that of this morning, in the same history: nobody told it."""
    old = a_server()
    old.devices = server.devices
    with server.database.reading() as session:
        epoch, _ = feed.state(session)
    with old.database.writing() as session:
        feed.begin_history(session, epoch)
        for device in old.devices.values():
            session.merge(device)
    for tablet in tablets.values():
        tablet.link.server = old
    return old


@fails_without(server_without.every_claim_is_believed)
def test_server_put_back_a_claim_that_proves_nothing_sends_nobody_back(
    server: Server, tablet: Tablet
) -> None:
    with tablet.database.reading() as session:
        asked = engine.next_pull(session)
    before = epoch_of(server)

    server.pull(replace(asked, heard=10_000))

    assert epoch_of(server) == before


def epoch_of(server: Server) -> str:
    with server.database.reading() as session:
        return feed.state(session)[0]


@fails_without(
    planted_in_outbox.nothing_offered_again,
    planted_in_outbox.offered_under_new_ids,
)
def test_server_restored_what_it_lost_comes_back_once(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "Fait.")
    tablet.sync()
    server = tablet.link.server
    sent = [entry.id for entry in server.rows(JournalEntry) if entry.table == "comment"]
    older = put_back(server, {"T1": tablet})
    with older.database.writing() as session:
        feed.begin_history(session, "restored")

    for _ in range(3):
        tablet.sync()

    back = [entry.id for entry in older.rows(JournalEntry) if entry.table == "comment"]
    assert back == sent
    assert [c.text for c in tablet.all(Comment)] == ["Fait."]


@fails_without(tablet_without.a_late_answer_counts_in_any_history)
def test_server_restored_a_late_answer_of_before_is_not_believed(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "Fait.")
    server = tablet.link.server
    with tablet.database.reading() as session:
        push = engine.next_push(session, now=tablet.clock())
    assert push is not None
    late = server.reply(push, device="T1")
    with tablet.database.writing() as session:
        session.get_one(Replica, 1).epoch = "of the restored server"

    with tablet.database.writing() as session:
        engine.take_reply(session, late, now=tablet.clock())

    assert tablet.states() == ["pending"]


@fails_without(tablet_without.changes_are_numbered)
def test_tablet_cloned_both_go_on_and_the_work_of_both_arrives_once(
    folder: Folder, tmp_path: Path
) -> None:
    folder.say("Avant.")
    clone = cloned(folder, tmp_path / "clone")
    original = opened(folder, folder.path)
    for name, each in (("original", original), ("clone", clone)):
        each.do(comment, ORDER, f"De {name}.")
    for each in (original, clone, original):
        each.sync()
        assert set(each.states()) == {"settled"}

    texts = sorted(c.text for c in original.link.server.rows(Comment))
    for each in (original, clone):
        each.database.close()
    assert texts == ["Avant.", "De clone.", "De original."]


def cloned(folder: Folder, to: Path) -> Tablet:
    folder.database.close()
    shutil.copytree(folder.path, to)
    (to / "install.json").unlink()
    return opened(folder, to)


def opened(folder: Folder, path: Path) -> Tablet:
    return Tablet(open_store(path, new_id=an_id), folder.tablet.link, folder.clock)
