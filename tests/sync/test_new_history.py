"""The server begins a new history: the tablet offers its work again and drops nothing unsent."""

from asset_model.facts import Comment
from asset_model.work_orders import WorkOrder
from field_app.actions.facts import comment
from field_app.store.local import Replica
from sync_server.feed import begin_history
from sync_server.tables import JournalEntry
from tests.sync.rig import Server, Tablet, a_server, an_id, insert
from tests.sync.town import NORD, NORTH, order_id

ORDER = order_id(1)


def restored(server: Server) -> None:
    with server.database.writing() as session:
        begin_history(session, "another history")


def yesterday(tablet: Tablet) -> Server:
    """Put the server of yesterday in place of the tablet's: its history does not hold our work."""
    old = a_server()
    restored(old)
    old.devices["T1"] = tablet.link.server.devices["T1"]
    tablet.link.server = old
    return old


def test_work_that_the_old_history_had_accepted_comes_back_once(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "Fait.")
    tablet.sync()
    old = yesterday(tablet)

    tablet.sync()
    tablet.sync()

    assert [c.text for c in old.rows(Comment)] == ["Fait."]
    assert [c.text for c in tablet.all(Comment)] == ["Fait."]
    assert tablet.states() == ["settled"]


def test_work_that_the_new_history_holds_already_is_not_doubled(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "Fait.")
    tablet.sync()
    restored(tablet.link.server)

    tablet.sync()
    tablet.sync()

    assert len(tablet.link.server.rows(Comment)) == 1
    assert tablet.states() == ["settled"]


def test_it_is_offered_under_the_same_ids(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "Fait.")
    tablet.sync()
    before = [(change.id, change.group_id) for change in tablet.changes()]
    old = yesterday(tablet)

    tablet.sync()
    tablet.sync()

    assert [(change.id, change.group_id) for change in tablet.changes()] == before
    journal = {entry.id for entry in old.rows(JournalEntry)}
    assert before[0][0] in journal


def test_rows_that_the_new_history_does_not_tell_of_go(tablet: Tablet) -> None:
    lost = an_id()
    tablet.link.server.write(
        insert(
            "work_order",
            lost,
            title="Perdu",
            source="person",
            created_at="2026-11-23T08:00:00.000Z",
            crew_id=NORTH,
            district_id=NORD,
        )
    )
    tablet.sync()
    assert lost in {order.id for order in tablet.all(WorkOrder)}
    yesterday(tablet)

    tablet.sync()

    assert {order.id for order in tablet.all(WorkOrder)} == {order_id(1), order_id(3)}
    assert [replica.sweeping for replica in tablet.all(Replica)] == [False]


def test_a_row_is_in_the_buckets_of_the_new_history_and_in_no_other(tablet: Tablet) -> None:
    """The new one never tells of leaving a district that the order enters after the backup."""
    server, order = tablet.link.server, order_id(2)
    server.set("work_order", order, crew_id=NORTH)
    server.set("work_order", order, district_id=NORD)
    tablet.sync()
    yesterday(tablet).set("work_order", order, crew_id=NORTH)

    tablet.sync()

    (held,) = [held for held in tablet.all(WorkOrder) if held.id == order]
    assert held.buckets == f"crew:{NORTH}"


def test_work_made_meanwhile_goes_with_the_rest(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "avant")
    tablet.sync()
    old = yesterday(tablet)
    tablet.do(comment, ORDER, "après")

    tablet.sync()
    tablet.sync()

    assert sorted(c.text for c in old.rows(Comment)) == ["après", "avant"]


def test_the_first_history_that_a_tablet_hears_of_is_no_new_one(tablet: Tablet) -> None:
    (replica,) = tablet.all(Replica)

    assert (replica.sweeping, replica.epoch is None) == (False, False)
