"""One round hands over what waits and takes what is new; whatever breaks, nothing is lost."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from asset_model.facts import Comment
from asset_model.ids import Author
from asset_model.sync.batches import encoded_size
from asset_model.sync.wire import Pull, Push, PushReply, Terms
from field_app.actions.facts import comment
from field_app.store import outbox
from field_app.store.edits import recorded
from field_app.store.local import Replica
from field_app.sync import engine
from field_app.sync.engine import Limits
from field_app.sync.transport import LinkDown, NotEnrolled, NotTaken
from tests.sync.rig import Deliver, Server, Tablet, a_tablet, an_id
from tests.sync.town import LUC, START, order_id

ORDER = order_id(1)


def comments(session: Session, count: int, *, by: Author) -> None:
    """So many comments in one group."""
    with recorded(session, by=by):
        session.add_all(
            Comment(
                id=an_id(), work_order_id=ORDER, person_id=LUC, text=f"mot {n}", written_at=START
            )
            for n in range(count)
        )


def pushes(tablet: Tablet) -> list[Push]:
    return [message for message in tablet.link.asked if isinstance(message, Push)]


def cut(tablet: Tablet, error: Exception, *, at: str = "push", times: int = 1) -> None:
    """The link breaks this many times, when this is asked."""
    left = [error] * times

    def before(asked: str) -> None:
        if asked == at and left:
            raise left.pop()

    tablet.link.before = before


def whole(message: Push, deliver: Deliver) -> PushReply:
    return deliver(message)


def test_a_round_says_what_it_sent_and_received(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "a")
    tablet.link.server.set("work_order", ORDER, title="Autre")

    done = tablet.sync()

    assert (done.sent, done.received) == (1, 2)


def test_work_goes_up_in_the_order_it_was_made(tablet: Tablet) -> None:
    for word in ("un", "deux", "trois"):
        tablet.do(comment, ORDER, word)

    tablet.sync()

    (push,) = pushes(tablet)
    told = [change.after["text"] for group in push.groups for change in group.changes]
    assert told == ["un", "deux", "trois"]


def test_a_message_says_which_tablet_and_which_of_its_lives_it_is(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "a")
    tablet.sync()

    (push,), (replica,) = pushes(tablet), tablet.all(Replica)
    assert (push.install, push.incarnation) == (replica.install, replica.incarnation)


@pytest.mark.parametrize("error", [LinkDown("lost"), NotEnrolled("device_unknown")])
def test_a_broken_link_leaves_the_outbox_as_it_was(tablet: Tablet, error: Exception) -> None:
    tablet.do(comment, ORDER, "a")
    cut(tablet, error)

    with pytest.raises(type(error)):
        tablet.sync()

    assert tablet.states() == ["pending"]


def test_an_answer_that_was_lost_is_given_again(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "a")

    def deaf(message: Push, deliver: Deliver) -> PushReply:
        deliver(message)
        raise LinkDown("the answer was lost")

    tablet.link.around = deaf
    with pytest.raises(LinkDown):
        tablet.sync()
    tablet.link.around = whole

    tablet.sync()

    assert tablet.states() == ["settled"]
    assert len(tablet.link.server.rows(Comment)) == 1


def test_what_was_answered_before_the_link_broke_is_kept(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    for word in ("un", "deux"):
        tablet.do(comment, ORDER, word)
    monkeypatch.setattr(Limits, "__init__", lambda self: _set(self, changes=1, size=10**6))

    def once(message: Push, deliver: Deliver) -> PushReply:
        cut(tablet, LinkDown("lost"))
        return deliver(message)

    tablet.link.around = once
    with pytest.raises(LinkDown):
        tablet.sync()

    assert tablet.states() == ["accepted", "pending"]


def _set(limits: Limits, **values: int) -> None:
    for name, value in values.items():
        object.__setattr__(limits, name, value)


def test_a_message_found_too_large_is_halved_until_it_fits(tablet: Tablet) -> None:
    for n in range(4):
        tablet.do(comment, ORDER, f"mot {n}")

    def strict(message: Push, deliver: Deliver) -> PushReply:
        if len(message.groups) > 1:
            raise NotTaken("change_oversized")
        return deliver(message)

    tablet.link.around = strict
    tablet.sync()

    assert tablet.states() == ["settled"] * 4
    assert [len(message.groups) for message in pushes(tablet)] == [4, 2, 1, 1, 1, 1]


def test_a_group_that_no_server_takes_is_parked_with_its_size_and_the_others_pass(
    tablet: Tablet,
) -> None:
    tablet.do(comment, ORDER, "un")
    tablet.do(comments, 3)
    tablet.do(comment, ORDER, "deux")

    def strict(message: Push, deliver: Deliver) -> PushReply:
        if any(len(group.changes) > 1 for group in message.groups):
            raise NotTaken("change_oversized")
        return deliver(message)

    tablet.link.around = strict
    tablet.sync()

    assert tablet.states() == ["settled", *["parked"] * 3, "settled"]
    parked = tablet.changes()[1]
    assert parked.code == "change_oversized"
    assert parked.details["size"] > 0
    assert sorted(c.text for c in tablet.link.server.rows(Comment)) == ["deux", "un"]


def test_a_group_is_never_cut_however_large(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "CHANGES_AT_ONCE", 5)
    tablet.do(comments, 12)
    tablet.do(comment, ORDER, "a")

    with tablet.database.reading() as session:
        push = engine.next_push(session, now=tablet.clock())

    assert push is not None
    assert [len(group.changes) for group in push.groups] == [12, 1]


def test_groups_that_are_read_in_parts_all_go(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "CHANGES_AT_ONCE", 5)
    for _ in range(4):
        tablet.do(comments, 3)

    tablet.sync()

    assert tablet.states() == ["settled"] * 12
    assert {len(group.changes) for push in pushes(tablet) for group in push.groups} == {3}


def test_a_message_keeps_to_its_measure(tablet: Tablet) -> None:
    for n in range(6):
        tablet.do(comment, ORDER, f"mot {n}")

    with tablet.database.reading() as session:
        few = engine.next_push(session, now=tablet.clock(), limits=Limits(changes=4))
        assert few is not None
        size = 2 * encoded_size(few.groups[0]) + 1
        small = engine.next_push(session, now=tablet.clock(), limits=Limits(size=size))

    assert small is not None
    assert (len(few.groups), len(small.groups)) == (4, 2)


def test_nothing_to_say_is_not_said(tablet: Tablet) -> None:
    with tablet.database.reading() as session:
        assert engine.next_push(session, now=tablet.clock()) is None


def test_a_server_that_answers_nothing_we_asked_is_not_asked_forever(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "a")
    tablet.link.around = lambda message, deliver: replace(deliver(message), outcomes=())

    tablet.sync()

    assert len(pushes(tablet)) == 1
    assert tablet.states() == ["pending"]


def test_a_pull_that_fails_keeps_what_the_push_brought(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "a")
    cut(tablet, LinkDown("lost"), at="pull")

    with pytest.raises(LinkDown):
        tablet.sync()

    assert tablet.states() == ["accepted"]
    tablet.sync()
    assert tablet.states() == ["settled"]


def test_a_new_tablet_is_told_its_terms_and_then_its_rows(server: Server, tmp_path: Path) -> None:
    tablet = a_tablet(server, tmp_path)

    assert [type(message) for message in tablet.link.asked] == [Pull, Pull]


def test_a_server_whose_terms_never_end_is_asked_again_later(tablet: Tablet) -> None:
    server = tablet.link.server
    told = server.pull(Pull(schema=1, epoch=None, scope=None, positions={}))
    assert isinstance(told, Terms)
    server.pull = lambda *_, **__: told  # type: ignore[method-assign]

    with pytest.raises(LinkDown):
        tablet.sync()
