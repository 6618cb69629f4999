"""What becomes of a change is shown on its row, and kept with its reason."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from asset_model.facts import Comment
from asset_model.ids import Author
from asset_model.sync.wire import Outcome, PushReply
from asset_model.work_orders import WorkOrder
from field_app.actions.facts import comment
from field_app.store.edits import recorded
from field_app.store.local import Replica
from field_app.sync import engine
from tests.sync.rig import Server, Tablet, a_tablet, rename
from tests.sync.town import BOSS, START, order_id

ORDER = order_id(1)


def describe(session: Session, words: str, *, by: Author) -> None:
    with recorded(session, by=by):
        session.get_one(WorkOrder, ORDER).description = words


def answered(tablet: Tablet, *outcomes: Outcome) -> None:
    with tablet.database.writing() as session:
        epoch = session.get_one(Replica, 1).epoch or ""
        reply = PushReply(epoch=epoch, now="2026-11-23T08:00:00.000Z", outcomes=outcomes)
        engine.take_reply(session, reply, now=tablet.clock())


def test_an_accepted_change_settles_once_its_row_has_come_back(tablet: Tablet) -> None:
    tablet.do(describe, "a")
    assert tablet.states() == ["pending"]

    tablet.sync()

    assert tablet.states() == ["settled"]
    assert tablet.images() == []
    assert tablet.order().description == "a"


def test_an_accepted_change_stays_in_sight_until_its_row_comes_back(tablet: Tablet) -> None:
    tablet.do(describe, "a")
    (change,) = tablet.changes()

    answered(tablet, Outcome(change=change.id, result="applied", position=10_000))

    assert tablet.states() == ["accepted"]
    assert tablet.order().description == "a"


def test_a_row_made_here_is_seen_before_during_and_after(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "Fait.")
    before = [c.text for c in tablet.all(Comment)]
    tablet.sync()

    assert before == [c.text for c in tablet.all(Comment)] == ["Fait."]


def test_a_refused_change_is_rolled_back_and_kept_with_its_reason(
    tablet: Tablet, server: Server
) -> None:
    tablet.do(rename, "Autre")
    assert tablet.order().title == "Autre"

    tablet.sync()

    assert tablet.order().title == "Nid-de-poule 1"
    (change,) = tablet.changes()
    assert (change.state, change.code) == ("refused", "role_not_allowed")
    assert change.after == {"title": "Autre"}
    assert tablet.images() == []


def test_a_refused_change_leaves_the_others_laid_over_the_row(tablet: Tablet) -> None:
    tablet.do(rename, "Autre")
    tablet.do(describe, "a")
    renaming, _ = tablet.changes()

    answered(tablet, Outcome(change=renaming.id, result="refused", code="role_not_allowed"))

    order = tablet.order()
    assert (order.title, order.description) == ("Nid-de-poule 1", "a")


def test_a_refused_row_made_here_goes_from_sight_and_its_words_are_kept(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "Fait.")
    (change,) = tablet.changes()

    answered(tablet, Outcome(change=change.id, result="refused", code="out_of_scope"))

    assert tablet.all(Comment) == []
    assert tablet.changes()[0].after["text"] == "Fait."


def test_a_merged_change_shows_what_stands_and_keeps_what_was_set_aside(
    tablet: Tablet, server: Server
) -> None:
    server.set("work_order", ORDER, title="Le titre du bureau")
    tablet.do(rename, "Le titre du contremaître", person=BOSS)

    tablet.sync()

    assert tablet.order().title == "Le titre du bureau"
    (change,) = tablet.changes()
    assert (change.result, change.set_aside) == ("merged", {"title": "Le titre du contremaître"})


def test_a_merged_value_is_shown_at_once_and_not_only_after_the_pull(tablet: Tablet) -> None:
    tablet.do(describe, "a")
    (change,) = tablet.changes()
    stands = {"description": "a\nb"}

    answered(tablet, Outcome(change=change.id, result="merged", position=10_000, columns=stands))

    assert tablet.order().description == "a\nb"


def test_a_late_repeat_of_an_answer_changes_nothing(tablet: Tablet) -> None:
    tablet.do(describe, "a")
    (change,) = tablet.changes()
    answered(tablet, Outcome(change=change.id, result="applied", position=10_000))

    answered(tablet, Outcome(change=change.id, result="refused", code="out_of_scope"))

    assert tablet.states() == ["accepted"]
    assert tablet.order().description == "a"


def test_an_answer_to_a_change_that_is_not_ours_changes_nothing(tablet: Tablet) -> None:
    answered(tablet, Outcome(change="somebody else's", result="refused"))

    assert tablet.changes() == []


def test_a_parked_change_is_asked_after_until_it_comes_unstuck(
    tablet: Tablet, server: Server
) -> None:
    tablet.do(describe, "a")
    (change,) = tablet.changes()
    answered(tablet, Outcome(change=change.id, result="parked", code="row_unknown"))
    assert (tablet.states(), tablet.order().description) == (["parked"], None)

    with tablet.database.reading() as session:
        assert engine.next_pull(session).waiting == (change.id,)


def test_a_settled_change_leaves_the_journal_after_a_month_and_a_refused_one_never(
    tablet: Tablet, server: Server
) -> None:
    tablet.do(rename, "Autre")
    tablet.do(describe, "a")
    tablet.sync()
    for clock in (tablet.clock, server.clock):
        clock.forward(days=31)

    tablet.sync()

    assert tablet.states() == ["refused"]


def test_a_tablet_whose_clock_jumps_a_year_forgets_nothing(tablet: Tablet) -> None:
    tablet.do(describe, "a")
    tablet.sync()
    tablet.clock.forward(days=365)

    tablet.sync()

    assert tablet.states() == ["settled"]


@pytest.mark.parametrize("ahead_s", [-3_600, 0, 90])
def test_the_error_of_the_tablet_s_clock_is_measured(tablet: Tablet, ahead_s: int) -> None:
    tablet.clock.now = START
    tablet.clock.forward(seconds=ahead_s)

    tablet.sync()

    (replica,) = tablet.all(Replica)
    assert replica.clock_error_ms == ahead_s * 1_000


def test_two_tablets_end_equal(server: Server, tablet: Tablet, tmp_path: Path) -> None:
    other = a_tablet(server, tmp_path / "other")
    tablet.do(describe, "un")
    other.do(describe, "deux")

    for each in (tablet, other, tablet):
        each.sync()

    assert tablet.order().description == other.order().description == "un\ndeux"
