"""What a crew is promised, one to seven; the eighth is in `test_work_survives.py`."""

from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from asset_model.facts import Comment, ContestedValue
from asset_model.work_orders import WorkOrder
from field_app.actions import work_orders
from field_app.actions.facts import comment
from field_app.reads.waiting import marks, tally
from field_app.store.edits import recorded
from field_app.store.export import export
from field_app.store.local import BucketPosition
from field_app.store.opening import open_store
from field_app.sync.loop import FileMoved, SyncLoop
from field_app.sync.rounds import run_round
from sync_server.tables import DeviceReport, JournalEntry
from tests.hazards import out_of_the_server as server_without
from tests.hazards import out_of_the_tablet as tablet_without
from tests.hazards.person import AtTheTablet
from tests.hazards.taking_out import fails_without
from tests.rescue.conftest import Crews
from tests.rescue.folders import Folder, overwrite, texts_of
from tests.simulation import (
    planted_in_outbox,
    planted_in_push,
    planted_in_reading,
    planted_in_telling,
)
from tests.sync.long_away import pull, push
from tests.sync.rig import Server, Tablet, an_id, edit, group, rename
from tests.sync.rig import comment as a_comment
from tests.sync.town import BOSS, SOUTH, SUD, order_id

ORDER = order_id(1)


@fails_without(tablet_without.saved_is_said_before_the_commit)
def test_1_the_disk_has_a_row_and_its_change_when_the_screen_says_saved(luc: AtTheTablet) -> None:
    assert luc.saves(comment, ORDER, "Fait.")

    assert luc.seen == [(1, 1)]


@fails_without(tablet_without.the_disk_is_not_waited_for)
def test_1_a_commit_waits_for_the_disk(folder: Folder) -> None:
    folder.database.close()
    database = open_store(folder.path, new_id=an_id)
    with database.writing() as session:
        waits = session.scalar(text("PRAGMA synchronous"))
    database.close()

    assert waits == 2  # FULL: https://sqlite.org/pragma.html#pragma_synchronous


class Killed(BaseException):
    """The process died here."""


def write_and_die(session: Any, *, by: Any) -> None:
    with recorded(session, by=by):
        session.get_one(WorkOrder, ORDER).description = "Bosse."
    raise Killed


@fails_without(tablet_without.row_and_change_are_apart)
def test_1_a_death_within_an_edit_leaves_neither_the_row_nor_its_change(tablet: Tablet) -> None:
    with pytest.raises(Killed):
        tablet.do(write_and_die)

    assert (tablet.order().description, tablet.changes()) == (None, [])


@fails_without(planted_in_push.no_ledger)
def test_2_the_same_change_sent_twice_has_one_effect_and_one_answer(served: Server) -> None:
    once = group(a_comment(ORDER))

    first, second = served.push(once), served.push(once)

    assert first == second
    assert len(served.rows(Comment)) == 1


@fails_without(planted_in_outbox.refused_is_thrown_away, server_without.refused_is_not_journalled)
def test_3_a_refused_change_is_kept_on_both_sides_with_its_reason(tablet: Tablet) -> None:
    tablet.do(rename, "Autre titre")
    tablet.sync()

    kept = [(change.state, change.code, change.after) for change in tablet.changes()]
    assert kept == [("refused", "role_not_allowed", {"title": "Autre titre"})]
    there = [(e.result, e.code, e.after) for e in tablet.link.server.rows(JournalEntry) if e.code]
    assert there == kept


@fails_without(planted_in_push.losers_are_dropped)
def test_3_a_value_that_lost_is_kept_until_a_person_has_decided(served: Server) -> None:
    served.set("work_order", ORDER, title="Celui du bureau")
    lost = edit("work_order", ORDER, {"title": "Nid-de-poule 1"}, title="Celui d’avant")

    (outcome,) = served.push(group(lost, person=BOSS), device="B1")

    assert outcome.result == "merged"
    values = [(c.column, c.set_aside, c.settled_at) for c in served.rows(ContestedValue)]
    assert values == [("title", '"Celui d’avant"', None)]


@fails_without(tablet_without.nothing_is_looked_for_in_pages)
def test_3_unsent_work_comes_out_of_a_damaged_database(folder: Folder) -> None:
    words = [f"Constat {number}." for number in range(60)]
    folder.say(*words)
    path = folder.stopped()
    overwrite(folder.file, 0, b"\xff" * 16)

    exported = export(path, now=folder.clock())

    assert texts_of(exported.content) == words


@fails_without(server_without.one_refusal_stops_the_rest)
def test_4_a_refused_change_lets_the_following_ones_through(tablet: Tablet) -> None:
    tablet.do(rename, "Autre titre")
    tablet.do(comment, ORDER, "Fait.")
    tablet.sync()

    assert tablet.states() == ["refused", "settled"]


@fails_without(
    server_without.a_parked_change_stops_all_rows,
    server_without.nothing_waits_behind_a_parked_change,
)
def test_4_behind_a_parked_change_waits_its_row_and_no_other(served: Server) -> None:
    unknown = edit("work_order", ORDER, {"of_tomorrow": None}, of_tomorrow="?")
    same = edit("work_order", ORDER, {"description": None}, description="Bosse.")
    other = edit("work_order", order_id(3), {"description": None}, description="Bosse.")

    outcomes = [served.push(group(change))[0] for change in (unknown, same, other)]

    assert [o.result for o in outcomes] == ["parked", "parked", "applied"]
    assert (outcomes[1].code, outcomes[1].details) == ("behind_parked", {"row": ORDER})


class Album:
    """Twenty pieces of photos wait; while the first one goes, someone saves something."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet = tablet
        self.loop: SyncLoop | None = None
        self.moved = 0

    def send_next(self) -> FileMoved | None:
        if self.moved == 20:
            return None
        self.moved += 1
        if self.moved == 1 and self.loop is not None:
            self.tablet.do(comment, ORDER, "Fait.")
            self.loop.wake()
        return FileMoved("a photo", self.moved, 20)


@fails_without(tablet_without.photos_hold_the_link)
def test_4_photos_leave_the_link_to_a_row_that_wants_to_go(tablet: Tablet) -> None:
    album = Album(tablet)
    loop = SyncLoop(tablet.database, tablet.link, clock=tablet.clock, random=Random(1), files=album)
    album.loop = loop
    loop._try()

    loop._move_files(15)

    assert album.moved == 1


@fails_without(planted_in_reading.pull_overwrites_pending)
def test_5_a_pull_never_hides_what_still_waits(tablet: Tablet) -> None:
    tablet.do(work_orders.move, ORDER, "accepted")
    tablet.link.server.set("work_order", ORDER, title="Affaissement")

    pull(tablet)

    assert (tablet.order().status, tablet.order().title) == ("accepted", "Affaissement")


@fails_without(planted_in_outbox.accepted_is_not_laid_over)
def test_5_what_was_accepted_stays_in_sight_until_it_has_been_read_back(tablet: Tablet) -> None:
    tablet.do(work_orders.move, ORDER, "accepted")
    push(tablet)

    assert (tablet.order().status, set(tablet.states())) == ("accepted", {"accepted"})


@fails_without(planted_in_telling.leaving_is_not_told, planted_in_telling.children_stay_behind)
def test_6_when_things_are_quiet_every_tablet_holds_its_part_and_no_more(
    server: Server, crews: Crews
) -> None:
    tablets = crews(server)
    tablets["T1"].do(comment, ORDER, "Commencé.")
    tablets["T1"].sync()
    server.set("work_order", ORDER, crew_id=SOUTH, district_id=SUD)
    for tablet in tablets.values():
        tablet.sync()

    held = {code: {o.id for o in tablet.all(WorkOrder)} for code, tablet in tablets.items()}
    assert held["T1"] == held["T3"] == {order_id(3)}
    assert held["T2"] == {order_id(1), order_id(2), order_id(4)}
    assert [len(tablets[code].all(Comment)) for code in ("T1", "T2", "T3")] == [0, 1, 0]


@fails_without(planted_in_reading.digests_always_agree, server_without.differences_are_not_told)
def test_6_a_tablet_that_differs_is_found_mended_and_reported(tablet: Tablet) -> None:
    with tablet.database.writing() as session:
        session.execute(text("UPDATE asset SET name = 'Rue rongée' WHERE tag = 'TR-1'"))
        session.execute(text("UPDATE bucket_position SET verified = -1"))

    for _ in range(4):
        run_round(tablet.database, tablet.link, tablet.clock, verify=True)

    with tablet.database.reading() as session:
        assert session.scalar(text("SELECT name FROM asset WHERE tag = 'TR-1'")) == "Rue 1"
    assert {report.kind for report in tablet.link.server.rows(DeviceReport)} == {"differs"}
    assert all(bucket.verified >= 0 for bucket in tablet.all(BucketPosition))


@fails_without(
    tablet_without.everything_is_called_accepted, tablet_without.answers_are_dated_by_the_tablet
)
def test_7_a_record_says_what_became_of_it_and_when_by_the_server_s_clock(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "Fait.")
    tablet.do(rename, "Autre titre")
    with tablet.database.reading() as session:
        assert marks(session, [ORDER]) == {ORDER: "saved"}
        assert tally(session).to_send == 2
    tablet.clock.forward(days=400)

    tablet.sync()

    assert [(c.state, c.code) for c in tablet.changes()] == [
        ("settled", None),
        ("refused", "role_not_allowed"),
    ]
    assert {c.answered_at for c in tablet.changes()} == {tablet.link.server.clock()}
    with tablet.database.reading() as session:
        assert marks(session, [ORDER]) == {ORDER: "settle"}
