"""An act that was refused or parked is settled by a foreman, and its tablet is told."""

import pytest
from sqlalchemy import delete

from asset_model.facts import Comment
from asset_model.matters import Matter
from sync_server import push as pushing
from sync_server import settling_acts
from sync_server.decide import decide
from sync_server.older_matters import raise_missing
from sync_server.tables import FeedEntry, RowImage
from tests.settling.builders import (
    ORDER,
    a_refusal,
    matter,
    settle,
    settlements,
    title,
)
from tests.sync.rig import Server, comment, edit, group, insert
from tests.sync.town import BOSS, LUC, NORTH, START, order_id


def test_a_refused_act_raises_one_matter_where_its_order_is(served: Server) -> None:
    act = group(edit("work_order", ORDER, {"title": "Nid-de-poule 1"}, title="A"), comment(ORDER))

    served.push(act)
    served.push(act)

    raised = matter(served)
    assert (raised.kind, raised.state, raised.code) == ("refused", "open", "role_not_allowed")
    assert (raised.act_id, raised.person_id, raised.device_code) == (act.id, LUC, "T1")
    assert raised.work_order_id == ORDER
    assert raised.changes[0]["after"] == {"title": "A"}
    assert NORTH in raised.buckets


def test_an_act_about_another_crew_s_order_is_where_that_order_is(server: Server) -> None:
    server.push(group(comment(order_id(2))))

    raised = matter(server)
    assert (raised.code, raised.work_order_id) == ("out_of_scope", order_id(2))
    assert NORTH not in raised.buckets


def test_an_act_without_an_order_is_for_the_office_and_the_crew_of_its_author(
    server: Server,
) -> None:
    server.push(group(comment("no such order")))

    assert set(matter(server).buckets.split()) == {"office", f"crew:{NORTH}"}


def test_applying_it_anyway_uses_the_foreman_s_right_and_keeps_its_author(served: Server) -> None:
    raised = a_refusal(served)

    settle(served, raised, "take")

    assert title(served) == "Affaissement"
    assert (matter(served).state, matter(served).choice) == ("settled", "take")


def test_a_refused_comment_that_is_taken_is_still_its_author_s(served: Server) -> None:
    elsewhere = order_id(2)
    served.push(group(comment(elsewhere, "Trou au 12")))

    settle(served, matter(served), "take")

    assert [(c.person_id, c.text) for c in served.rows(Comment)] == [(LUC, "Trou au 12")]


def test_the_journal_says_what_became_of_it_and_what_it_had_been(served: Server) -> None:
    change = edit("work_order", ORDER, {"title": "Nid-de-poule 1"}, title="A")
    served.push(group(change))

    settle(served, matter(served), "take")

    entry = served.journal(change)
    assert entry is not None
    assert entry.result == "applied"
    assert entry.details["was_refused"] == "role_not_allowed"
    assert entry.details["settlement"] == settlements(served)[0].id


def test_what_is_dropped_stays_on_file_with_who_decided(served: Server) -> None:
    change = edit("work_order", ORDER, {"title": "Nid-de-poule 1"}, title="A")
    served.push(group(change))

    settle(served, matter(served), "keep")

    entry = served.journal(change)
    assert entry is not None
    assert (entry.result, entry.code, entry.after) == ("refused", "dropped", {"title": "A"})
    assert entry.details["by"] == "Julie Côté"
    assert title(served) == "Nid-de-poule 1"


def test_a_foreman_corrects_what_was_asked(served: Server) -> None:
    change = edit("work_order", ORDER, {"title": "Nid-de-poule 1"}, title="A")
    served.push(group(change))

    settle(served, matter(served), "edit", value={change.id: {"title": "Affaissement"}})

    assert title(served) == "Affaissement"


@pytest.mark.parametrize("value", [{"priority": 1}, "title"])
def test_a_correction_touches_only_what_was_asked(server: Server, value: object) -> None:
    change = edit("work_order", ORDER, {"title": "Nid-de-poule 1"}, title="A")
    server.push(group(change))

    settle(server, matter(server), "edit", value={change.id: value})

    assert [(one.result, one.code) for one in settlements(server)] == [("not_taken", "bad_value")]
    assert matter(server).state == "open"


def test_what_still_cannot_be_applied_stays_open_and_says_why(served: Server) -> None:
    served.push(group(comment("no such order")))

    settle(served, matter(served), "take")

    assert [(one.result, one.code) for one in settlements(served)] == [("not_taken", "row_unknown")]
    assert matter(served).state == "open"


def test_what_waited_for_its_order_closes_by_itself_when_the_order_arrives(served: Server) -> None:
    new = insert(
        "work_order",
        title="Puisard",
        kind="corrective",
        priority=3,
        status="draft",
        source="person",
        crew_id=NORTH,
        created_at="2026-11-23T08:00:00.000Z",
        created_by=LUC,
    )
    served.push(group(comment(new.row)))
    raised = matter(served)
    assert (raised.kind, raised.state) == ("parked", "open")

    served.push(group(new))
    assert (matter(served).state, matter(served).choice) == ("settled", "by_itself")
    settle(served, raised, "keep")

    assert [one.result for one in settlements(served)] == ["late"]
    assert [c.work_order_id for c in served.rows(Comment)] == [new.row]


def test_what_waited_behind_a_parked_change_goes_through_once_that_is_settled(
    served: Server,
) -> None:
    served.push(group(edit("work_order", ORDER, colour="red")))
    behind = edit("work_order", ORDER, {"status": "dispatched"}, status="accepted")
    served.push(group(behind))
    first = next(m for m in served.rows(Matter) if m.code == "column_unknown")

    settle(served, first, "keep")

    assert (served.row("work_order", ORDER) or {})["status"] == "accepted"
    assert {m.choice for m in served.rows(Matter)} == {"keep", "by_itself"}


def test_taking_an_act_whose_row_has_moved_since_contests_it(served: Server) -> None:
    raised = a_refusal(served)
    other = edit("work_order", ORDER, {"title": "Nid-de-poule 1"}, title="Fissure")
    served.push(group(other, person=BOSS), device="B1")

    settle(served, raised, "take")

    assert title(served) == "Fissure"
    contest = next(m for m in served.rows(Matter) if m.kind == "contested")
    (line,) = contest.changes[0]["lines"]
    assert (line["kept"], line["kept_by"]) == ("Fissure", BOSS)
    assert (line["set_aside"], line["set_aside_by"]) == ("Affaissement", LUC)


def test_an_act_that_breaks_the_server_can_be_dropped_and_breaks_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaking(draft: object, change: object, maker: object) -> object:
        if change.after.get("text") == "poison":  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return decide(draft, change, maker)  # type: ignore[arg-type]

    caplog.set_level("CRITICAL")
    monkeypatch.setattr(pushing, "decide", breaking)
    monkeypatch.setattr(settling_acts, "decide", breaking)
    server.push(group(comment(ORDER, "poison")))
    raised = matter(server)
    assert (raised.kind, raised.code) == ("parked", "server_error")

    settle(server, raised, "take")
    assert [one.code for one in settlements(server)] == ["server_error"]
    settle(server, matter(server), "keep")

    assert (matter(server).state, matter(server).choice) == ("settled", "keep")


def test_an_act_refused_for_a_value_that_no_database_holds_is_raised_too(served: Server) -> None:
    bad = insert("comment", work_order_id="\x00", person_id=LUC, text="a", written_at="2026")

    served.push(group(bad))

    assert (matter(served).kind, matter(served).work_order_id) == ("refused", None)


def test_settling_what_another_crew_s_tablet_cannot_see_is_refused(server: Server) -> None:
    raised = a_refusal(server)

    outcome = settle(server, raised, "take", device="T2")

    assert (outcome.result, outcome.code) == ("refused", "out_of_scope")


def test_an_older_server_brought_up_to_date_raises_what_was_turned_down_before(
    served: Server,
) -> None:
    raised = a_refusal(served)
    with served.database.writing() as session:
        for model in (RowImage, FeedEntry):
            session.execute(delete(model).where(model.table == "matter"))
        session.execute(delete(Matter))

    for _ in range(2):
        with served.database.writing() as session:
            raise_missing(session)

    again = matter(served)
    assert (again.id, again.changes, again.raised_at) == (raised.id, raised.changes, START)
