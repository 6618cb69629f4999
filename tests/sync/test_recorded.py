"""An edit and the change that tells of it are written together, or not at all."""

import pytest
from sqlalchemy.orm import Session

from asset_model.facts import Comment
from asset_model.ids import Author
from asset_model.work_orders import Step, WorkOrder
from field_app.store.edits import recorded
from tests.sync.rig import Tablet, an_id
from tests.sync.town import LUC, START, order_id, step_id


def a_comment(words: str = "Fait.") -> Comment:
    return Comment(
        id=an_id(), work_order_id=order_id(1), person_id=LUC, text=words, written_at=START
    )


def describe(session: Session, words: str | None, *, by: Author) -> None:
    with recorded(session, by=by):
        session.get_one(WorkOrder, order_id(1)).description = words


def work(session: Session, *, by: Author) -> None:
    """Two edits and a new row, in one block."""
    with recorded(session, by=by):
        session.add(a_comment())
        session.get_one(Step, step_id(1)).answer = "ok"
        session.get_one(WorkOrder, order_id(1)).description = "Trou profond."


def test_whatever_a_block_adds_and_edits_leaves_as_one_group(tablet: Tablet) -> None:
    tablet.do(work)

    changes = tablet.changes()
    assert len({change.group_id for change in changes}) == 1
    assert len({change.id for change in changes}) == 3
    assert {(change.table, change.op) for change in changes} == {
        ("work_order", "edit"),
        ("step", "edit"),
        ("comment", "insert"),
    }


def test_parents_leave_before_their_children(tablet: Tablet) -> None:
    tablet.do(work)

    assert [change.table for change in tablet.changes()] == ["work_order", "step", "comment"]


def test_a_change_says_what_was_there_and_what_is_there_now(tablet: Tablet) -> None:
    tablet.do(describe, "a")
    tablet.do(describe, "b")

    first, second = tablet.changes()
    assert (first.before, first.after) == ({"description": None}, {"description": "a"})
    assert (second.before, second.after) == ({"description": "a"}, {"description": "b"})


def test_a_change_says_whose_it_is_and_when_by_the_tablet_s_clock(tablet: Tablet) -> None:
    tablet.clock.forward(minutes=5)
    tablet.do(describe, "a")

    (change,) = tablet.changes()
    assert (change.person_id, change.made_at) == (LUC, "2026-11-23T08:05:00.000Z")


def test_a_new_row_tells_its_defaults_and_leaves_out_what_is_empty(tablet: Tablet) -> None:
    def add(session: Session, *, by: Author) -> None:
        with recorded(session, by=by):
            session.add(WorkOrder(id=an_id(), title="Trou", created_at=START))

    tablet.do(add)

    (change,) = tablet.changes()
    assert (change.op, change.before) == ("insert", {})
    assert change.after["status"] == "draft"
    assert None not in change.after.values()


def test_a_value_equal_to_the_old_one_leaves_nothing(tablet: Tablet) -> None:
    tablet.do(describe, None)

    assert tablet.changes() == []
    assert tablet.images() == []


def test_a_value_moved_and_put_back_in_one_block_leaves_nothing(tablet: Tablet) -> None:
    def waver(session: Session, *, by: Author) -> None:
        with recorded(session, by=by):
            order = session.get_one(WorkOrder, order_id(1))
            order.description = "a"
            order.description = None

    tablet.do(waver)

    assert tablet.changes() == []


def test_nothing_is_written_when_the_block_raises(tablet: Tablet) -> None:
    def fail(session: Session, *, by: Author) -> None:
        with recorded(session, by=by):
            session.add(a_comment())
            session.get_one(WorkOrder, order_id(1)).description = "a"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tablet.do(fail)

    assert (tablet.changes(), tablet.all(Comment)) == ([], [])
    assert tablet.order().description is None


def test_a_tablet_that_dies_before_the_commit_has_written_nothing(tablet: Tablet) -> None:
    def die(session: Session, *, by: Author) -> None:
        work(session, by=by)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tablet.do(die)

    assert (tablet.changes(), tablet.all(Comment), tablet.images()) == ([], [], [])


def test_a_synchronized_row_is_never_deleted_here(tablet: Tablet) -> None:
    def delete(session: Session, *, by: Author) -> None:
        with recorded(session, by=by):
            session.delete(session.get_one(WorkOrder, order_id(1)))

    with pytest.raises(ValueError, match="never deleted"):
        tablet.do(delete)


def test_the_server_s_word_is_kept_beside_the_first_edit_and_not_moved_by_the_next(
    tablet: Tablet,
) -> None:
    tablet.do(describe, "a")
    tablet.do(describe, "b")

    (image,) = tablet.images()
    assert image.columns is not None
    assert image.columns["description"] is None
    assert (image.version, image.gone) == (tablet.order().version, False)


def test_a_row_born_here_has_no_server_s_word(tablet: Tablet) -> None:
    tablet.do(work)

    image = next(image for image in tablet.images() if image.table == "comment")
    assert image.columns is None


def test_every_commit_of_an_edit_reaches_the_disk(tablet: Tablet) -> None:
    with tablet.database.reading() as session:
        synchronous = session.connection().exec_driver_sql("PRAGMA synchronous").scalar()

    assert synchronous == 2  # FULL
