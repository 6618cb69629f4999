"""A contested value is settled by one choice, which is itself a change with its history."""

from asset_model.facts import ContestedValue
from asset_model.ids import derived_id
from asset_model.matters import Matter
from sync_server.tables import JournalEntry
from tests.settling.builders import (
    ORDER,
    STEP,
    a_contest,
    answer,
    matter,
    seen,
    settle,
    settlements,
)
from tests.sync.rig import Server, edit, group
from tests.sync.town import ANNE, BOSS, LUC, NORTH


def results(server: Server) -> list[str | None]:
    return [one.result for one in settlements(server)]


def test_a_contest_says_what_was_kept_and_set_aside_by_whom_and_when(served: Server) -> None:
    contest = a_contest(served)

    lines = {line["column"]: line for line in contest.changes[0]["lines"]}
    told = lines["answer"]
    assert (told["kept"], told["kept_by"]) == ("ok", LUC)
    assert (told["set_aside"], told["set_aside_by"]) == ("defect", ANNE)
    assert told["kept_at"] == told["set_aside_at"] == "2026-11-23T08:00:00.000Z"
    assert (contest.state, contest.work_order_id, contest.person_id) == ("open", ORDER, ANNE)
    assert NORTH in contest.buckets


def test_keeping_what_stands_leaves_it_and_closes_the_matter(served: Server) -> None:
    settle(served, a_contest(served), "keep")

    assert answer(served) == ("ok", LUC)
    closed = matter(served)
    assert (closed.state, closed.choice, closed.settled_by) == ("settled", "keep", BOSS)
    assert {value.settled_by for value in served.rows(ContestedValue)} == {BOSS}


def test_taking_the_other_writes_it_with_whose_word_it_is(served: Server) -> None:
    contest = a_contest(served)

    settle(served, contest, "take", over=seen(contest))

    assert answer(served) == ("defect", ANNE)
    assert matter(served).choice == "take"


def test_what_a_choice_writes_is_in_the_journal_as_the_foreman_s(served: Server) -> None:
    contest = a_contest(served)

    settle(served, contest, "take", over=seen(contest))

    (made,) = settlements(served)
    entries = [e for e in served.rows(JournalEntry) if e.details.get("settlement") == made.id]
    assert [(e.person_id, e.table, e.after["answer"], e.result) for e in entries] == [
        (BOSS, "step", "defect", "applied")
    ]


def test_what_the_foreman_writes_is_the_foreman_s_word(served: Server) -> None:
    contest = a_contest(served)

    settle(served, contest, "edit", over=seen(contest), value={"answer": "na"})

    assert answer(served) == ("na", BOSS)


def test_a_contest_sent_back_waits_until_its_author_has_seen_it(served: Server) -> None:
    settle(served, a_contest(served), "send_back", word="Remesure, s’il te plaît")
    returned = matter(served)
    assert (returned.state, returned.word) == ("returned", "Remesure, s’il te plaît")

    settle(served, returned, "seen", person=ANNE, device="T1")

    closed = matter(served)
    assert (closed.state, closed.choice, closed.settled_by) == ("settled", "send_back", BOSS)


def test_of_two_settlements_the_first_stands_and_the_second_is_told(served: Server) -> None:
    contest = a_contest(served)

    settle(served, contest, "keep")
    outcome = settle(served, contest, "take", over=seen(contest))

    assert outcome.result == "applied"
    assert sorted(str(result) for result in results(served)) == ["done", "late"]
    assert (answer(served), matter(served).choice) == (("ok", LUC), "keep")


def test_nothing_newer_than_what_the_foreman_saw_is_written_over(served: Server) -> None:
    contest = a_contest(served)
    again = edit("step", STEP, {"answer": "ok"}, answer="na")
    served.push(group(again, person=LUC))

    settle(served, contest, "take", over=seen(contest))

    (made,) = settlements(served)
    assert (made.result, made.code) == ("not_taken", "moved_on")
    assert (answer(served)[0], matter(served).state) == ("na", "open")


def test_a_settlement_taken_back_opens_the_matter_and_restores_what_stood(served: Server) -> None:
    contest = a_contest(served)
    settle(served, contest, "take", over=seen(contest))

    settle(served, matter(served), "reopen", over={"answer": "defect", "answered_by": ANNE})

    assert answer(served) == ("ok", LUC)
    assert (matter(served).state, matter(served).choice) == ("open", None)
    assert {value.settled_at for value in served.rows(ContestedValue)} == {None}


def test_a_crew_settles_nothing(served: Server) -> None:
    outcome = settle(served, a_contest(served), "keep", person=LUC, device="T1")

    assert (outcome.result, outcome.code) == ("refused", "role_not_allowed")
    contest = next(one for one in served.rows(Matter) if one.kind == "contested")
    assert contest.state == "open"


def test_nobody_says_for_another_that_they_have_seen_it(server: Server) -> None:
    settle(server, a_contest(server), "send_back", word="?")

    outcome = settle(server, matter(server), "seen", person=LUC, device="T1")

    assert (outcome.result, outcome.code) == ("refused", "role_not_allowed")


def test_work_on_a_cancelled_order_that_is_taken_makes_the_order_done(served: Server) -> None:
    _cancelled_and_done(served)
    contest = next(m for m in served.rows(Matter) if _columns(m) == {"status"})

    settle(served, contest, "take", over=seen(contest))

    row = served.row("work_order", ORDER) or {}
    assert (row["status"], row["flag"]) == ("done", "steps_missing")


def test_a_settled_crossing_takes_its_flag_from_the_order(served: Server) -> None:
    _cancelled_and_done(served)
    assert (served.row("work_order", ORDER) or {})["flag"] == "worked_after_cancel"
    contest = next(m for m in served.rows(Matter) if _columns(m) == {"status"})

    settle(served, contest, "keep")

    row = served.row("work_order", ORDER) or {}
    assert (row["status"], row["flag"]) == ("cancelled", None)


def test_a_settlement_that_arrives_before_its_matter_waits_for_it(served: Server) -> None:
    """A server restored from a backup hears from the office before it hears from the crew."""
    late = edit("step", STEP, {"answer": None}, answer="defect")
    to_come = Matter(id=derived_id("matter of a contest", late.id), settlement_id=None)
    assert settle(served, to_come, "keep").result == "parked"
    served.push(group(edit("step", STEP, {"answer": None}, answer="ok")))

    served.push(group(late, person=ANNE))

    contest = next(one for one in served.rows(Matter) if one.kind == "contested")
    assert (contest.state, contest.choice) == ("settled", "keep")


def _cancelled_and_done(server: Server) -> None:
    start = edit("work_order", ORDER, {"status": "dispatched"}, status="in_progress")
    server.push(group(start))
    stop = edit(
        "work_order",
        ORDER,
        {"status": "in_progress", "reason": None},
        status="cancelled",
        reason="double",
    )
    server.push(group(stop, person=BOSS), device="B1")
    server.push(group(edit("work_order", ORDER, {"status": "in_progress"}, status="done")))


def _columns(contest: Matter) -> set[str]:
    return {line["column"] for line in contest.changes[0]["lines"]}
