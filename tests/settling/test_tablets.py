"""Settling from a replica, without signal too, and how tablets hear what became of their acts."""

from pathlib import Path

import pytest

from asset_model.errors import Refused
from asset_model.matters import Choice, Matter, Settlement
from asset_model.vocabulary import WorkOrderStatus as S
from asset_model.work_orders import Step
from field_app.actions import settling, work_orders
from field_app.reads.matters import matters_of, open_count
from field_app.reads.waiting import tally
from field_app.store.local import LocalChange, State
from field_app.sync.rounds import Round
from tests.settling.builders import ORDER, STEP, title
from tests.sync.rig import Server, Tablet, a_tablet, rename
from tests.sync.town import ANNE, BOSS, LUC


def matter(tablet: Tablet) -> Matter:
    (only,) = tablet.all(Matter)
    assert isinstance(only, Matter)
    return only


def settle(office: Tablet, choice: Choice, **more: object) -> None:
    office.do(settling.settle, matter(office).id, choice, person=BOSS, **more)


def sync(*tablets: Tablet) -> None:
    for tablet in tablets:
        assert isinstance(tablet.sync(), Round)


def refused(tablet: Tablet, office: Tablet) -> None:
    """Luc gave an order a title; it was refused, and the foreman has the matter."""
    tablet.do(rename, "Affaissement")
    sync(tablet, office, tablet)
    assert tablet.states() == [State.REFUSED]


def contested(tablet: Tablet, second: Tablet, office: Tablet) -> None:
    tablet.do(work_orders.answer, STEP, "ok")
    second.do(work_orders.answer, STEP, "defect", person=ANNE)
    sync(tablet, second, office, tablet)


def waits(tablet: Tablet) -> int:
    with tablet.database.reading() as session:
        return tally(session).to_settle


def answer(tablet: Tablet) -> tuple[str | None, str | None]:
    with tablet.database.reading() as session:
        step = session.get_one(Step, STEP)
        return step.answer, step.answered_by


def test_an_act_that_is_applied_after_all_is_accepted_on_its_tablet(
    server: Server, tablet: Tablet, office: Tablet
) -> None:
    refused(tablet, office)
    assert tablet.order().title == "Nid-de-poule 1"

    settle(office, Choice.TAKE)
    sync(office, tablet, tablet)

    assert title(server) == tablet.order().title == "Affaissement"
    assert (tablet.states(), waits(tablet)) == ([State.SETTLED], 0)
    assert tablet.images() == []


def test_an_act_that_is_left_on_file_waits_on_its_tablet_no_more(
    tablet: Tablet, office: Tablet
) -> None:
    refused(tablet, office)

    settle(office, Choice.KEEP)
    sync(office, tablet, tablet)

    (change,) = tablet.changes()
    assert (change.state, change.code) == (State.CLOSED, "dropped")
    assert change.details["by"] == "Julie Côté"
    assert waits(tablet) == 0


def test_an_act_that_is_sent_back_waits_until_its_author_has_seen_the_word(
    tablet: Tablet, office: Tablet
) -> None:
    refused(tablet, office)
    settle(office, Choice.SEND_BACK, word="Laisse le titre du bureau")
    sync(office, tablet, tablet)
    (change,) = tablet.changes()
    assert (change.state, waits(tablet)) == (State.RETURNED, 1)
    assert change.details["word"] == "Laisse le titre du bureau"

    tablet.do(settling.acknowledge, matter(tablet).act_id, person=LUC)
    assert waits(tablet) == 0
    sync(tablet, office)

    assert matter(office).state == "settled"


def test_what_a_foreman_corrects_reaches_the_tablet_that_asked(
    tablet: Tablet, office: Tablet
) -> None:
    refused(tablet, office)
    (told,) = matter(office).changes

    settle(office, Choice.EDIT, value={told["change"]: {"title": "Chaussée affaissée"}})
    sync(office, tablet, tablet)

    assert tablet.order().title == "Chaussée affaissée"
    assert tablet.states() == [State.SETTLED]


def test_the_author_s_tablet_is_told_where_it_does_not_hold_the_matter(
    server: Server, tablet: Tablet, office: Tablet
) -> None:
    """The order has gone to the other crew meanwhile, and the matter with it."""
    refused(tablet, office)
    server.set("work_order", ORDER, crew_id=server.devices["T2"].crew_id, district_id=None)
    sync(tablet, office)
    assert tablet.all(Matter) == []

    settle(office, Choice.KEEP)
    sync(office, tablet)

    assert tablet.states() == [State.CLOSED]


def test_the_author_is_told_of_an_act_whose_value_is_contested_once_it_is_taken(
    tablet: Tablet, office: Tablet
) -> None:
    """Another matter is open then, and names the same change."""
    refused(tablet, office)
    office.do(rename, "Nid-de-poule", person=BOSS)
    settle(office, Choice.TAKE)
    sync(office, tablet, tablet)

    assert {matter.kind: matter.state for matter in tablet.all(Matter)} == {
        "refused": "settled",
        "contested": "open",
    }
    assert tablet.states() == [State.SETTLED]


def test_a_tablet_at_rest_asks_nothing_about_what_it_holds_as_open(
    tablet: Tablet, office: Tablet
) -> None:
    refused(tablet, office)

    tablet.link.asked.clear()
    sync(tablet)

    assert [getattr(asked, "waiting", None) for asked in tablet.link.asked] == [()]


def test_a_contest_is_settled_without_signal_and_done_when_it_returns(
    tablet: Tablet, second: Tablet, office: Tablet
) -> None:
    contested(tablet, second, office)
    assert answer(tablet) == answer(second) == ("ok", LUC)

    settle(office, Choice.TAKE)
    with office.database.reading() as session:
        assert open_count(session) == 0
    sync(office, tablet, second)

    assert answer(tablet) == answer(second) == ("defect", ANNE)


def test_a_choice_undone_before_it_was_sent_leaves_everything_as_it_was(
    tablet: Tablet, second: Tablet, office: Tablet
) -> None:
    contested(tablet, second, office)

    settle(office, Choice.TAKE)
    settle(office, Choice.REOPEN)
    sync(office, tablet)

    assert answer(tablet) == ("ok", LUC)
    assert matter(office).state == "open"
    assert [made.result for made in office.all(Settlement)] == ["done", "done"]


def test_a_correction_undone_after_it_was_done_gives_back_what_stood(
    tablet: Tablet, second: Tablet, office: Tablet
) -> None:
    contested(tablet, second, office)
    settle(office, Choice.EDIT, value={"answer": "na"})
    sync(office)
    assert answer(office) == ("na", BOSS)

    settle(office, Choice.REOPEN)
    sync(office, tablet)

    assert answer(tablet) == ("ok", LUC)


def test_of_two_foremen_without_signal_the_first_heard_wins_and_the_other_is_told(
    server: Server, tablet: Tablet, second: Tablet, office: Tablet, tmp_path: Path
) -> None:
    contested(tablet, second, office)
    server.add_device("B2", None)
    other = a_tablet(server, tmp_path, "B2")
    settle(office, Choice.KEEP)
    settle(other, Choice.TAKE)

    sync(other, office)

    with office.database.reading() as session:
        (page,) = matters_of(session, ORDER)
    assert {(a.settlement.choice, a.settlement.result) for a in page.attempts} == {
        ("keep", "late"),
        ("take", "done"),
    }
    assert answer(office) == ("defect", ANNE)
    other.database.close()


def test_the_crew_reads_on_the_order_what_was_kept_and_set_aside_by_whom(
    tablet: Tablet, second: Tablet, office: Tablet
) -> None:
    contested(tablet, second, office)

    with tablet.database.reading() as session:
        (page,) = matters_of(session, ORDER)

    contest = page.contests[0]
    assert contest.column == "answer"
    assert (contest.kept.value, contest.kept.by) == ("ok", "Luc Tremblay")
    assert (contest.set_aside.value, contest.set_aside.by) == ("defect", "Anne Gagnon")


def test_before_the_server_has_told_of_it_the_tablet_shows_its_own_act(
    tablet: Tablet, office: Tablet
) -> None:
    tablet.do(rename, "Affaissement")
    tablet.do(work_orders.move, ORDER, S.ACCEPTED)
    with tablet.database.writing() as session:
        for change in session.query(LocalChange):
            if change.after.get("title"):
                change.state, change.code = State.REFUSED, "role_not_allowed"

    with tablet.database.reading() as session:
        (page,) = matters_of(session, ORDER)

    assert (page.raised, page.matter.code) == (False, "role_not_allowed")
    assert [asked.after for asked in page.asked] == [{"title": "Affaissement"}]


def test_a_crew_member_cannot_settle(tablet: Tablet, office: Tablet) -> None:
    refused(tablet, office)

    with pytest.raises(Refused, match="role_not_allowed"):
        tablet.do(settling.settle, matter(tablet).id, Choice.KEEP)


def test_sending_back_takes_a_word(tablet: Tablet, office: Tablet) -> None:
    refused(tablet, office)

    with pytest.raises(Refused, match="bad_value"):
        settle(office, Choice.SEND_BACK, word="  ")
