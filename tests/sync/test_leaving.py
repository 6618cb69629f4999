"""A row that leaves the buckets of a tablet goes from sight; the work that waits on it stays."""

from sqlalchemy.orm import Session

from asset_model.assets import Asset
from asset_model.facts import Comment
from asset_model.ids import Author
from asset_model.sync.wire import Terms
from asset_model.work_orders import Step, WorkOrder
from field_app.actions.facts import comment
from field_app.store.edits import recorded
from field_app.store.intake import sweep, unconfirm_bucket
from field_app.sync import engine
from tests.sync.rig import Tablet
from tests.sync.test_intake import answer_to, asked, positions, take
from tests.sync.town import NORD, NORTH, SOUTH, SUD, order_id

ORDER = order_id(1)


def order_there(tablet: Tablet) -> bool:
    with tablet.database.reading() as session:
        return session.get(WorkOrder, ORDER) is not None


def test_an_order_given_to_another_crew_of_the_district_stays_in_sight(tablet: Tablet) -> None:
    tablet.link.server.set("work_order", ORDER, crew_id=SOUTH)

    tablet.sync()

    assert tablet.order().crew_id == SOUTH


def test_an_order_that_left_every_bucket_of_ours_goes_with_its_steps(tablet: Tablet) -> None:
    tablet.link.server.set("work_order", ORDER, crew_id=SOUTH, district_id=SUD)

    tablet.sync()

    assert not order_there(tablet)
    assert ORDER not in {step.work_order_id for step in tablet.all(Step)}


def test_work_that_waits_on_an_order_that_left_is_sent_and_taken(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "Fait.")
    tablet.link.server.set("work_order", ORDER, crew_id=SOUTH, district_id=SUD)
    take(tablet, answer_to(tablet))
    assert not order_there(tablet)

    tablet.sync()

    assert [c.text for c in tablet.link.server.rows(Comment)] == ["Fait."]
    assert tablet.states() == ["settled"]


def describe(session: Session, words: str, *, by: Author) -> None:
    with recorded(session, by=by):
        session.get_one(WorkOrder, ORDER).description = words


def test_an_edit_of_an_order_that_left_goes_from_sight_with_it_and_is_sent(tablet: Tablet) -> None:
    tablet.do(describe, "Trou profond.")
    tablet.link.server.set("work_order", ORDER, crew_id=SOUTH, district_id=SUD)
    take(tablet, answer_to(tablet))
    assert (order_there(tablet), tablet.states()) == (False, ["pending"])

    tablet.sync()

    row = tablet.link.server.row("work_order", ORDER)
    assert row is not None
    assert row["description"] == "Trou profond."
    assert (order_there(tablet), tablet.images()) == (False, [])


def test_a_scope_that_moved_brings_the_entering_rows_and_drops_the_leaving_ones(
    tablet: Tablet,
) -> None:
    server = tablet.link.server
    with server.database.writing() as session:
        device = session.merge(server.devices["T1"])
        device.crew_id, device.district_id = SOUTH, SUD
    server.devices["T1"] = device

    tablet.sync()

    assert {order.id for order in tablet.all(WorkOrder)} == {order_id(2), order_id(4)}
    assert {asset.district_id for asset in tablet.all(Asset)} == {SUD}
    assert set(positions(tablet)) == {"town", f"crew:{SOUTH}", f"district:{SUD}"}


def test_a_scope_that_moved_keeps_the_work_that_waits(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "Fait.")
    pull = asked(tablet)
    assert pull.epoch is not None
    terms = Terms(epoch=pull.epoch, scope="s", buckets=("town",), now="2026-11-23T08:00:00.000Z")

    with tablet.database.writing() as session:
        engine.take_terms(session, terms, now=tablet.clock())

    assert not order_there(tablet)
    assert (tablet.states(), [c.text for c in tablet.all(Comment)]) == (["pending"], ["Fait."])


def test_a_bucket_that_is_read_again_drops_no_row_that_another_one_holds(tablet: Tablet) -> None:
    before = {order.id: order.buckets for order in tablet.all(WorkOrder)}
    with tablet.database.writing() as session:
        unconfirm_bucket(session, f"crew:{NORTH}")
        sweep(session)
    after = {order.id: order.buckets for order in tablet.all(WorkOrder)}

    assert after == dict.fromkeys(before, f"district:{NORD}")


def test_a_row_that_no_other_bucket_holds_goes_unless_it_is_told_again(tablet: Tablet) -> None:
    lost = tablet.order().id
    with tablet.database.writing() as session:
        for bucket in (f"crew:{NORTH}", f"district:{NORD}"):
            unconfirm_bucket(session, bucket)
    assert lost in {order.id for order in tablet.all(WorkOrder)}

    with tablet.database.writing() as session:
        sweep(session)

    assert tablet.all(WorkOrder) == []
