"""What other systems lose work by. Each line of the table of hazards has its tests here."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from unittest.mock import patch

from sqlalchemy import text

from asset_model import codec
from asset_model.facts import Comment, ContestedValue
from asset_model.sync import schemas
from asset_model.sync.schemas import Lift
from asset_model.sync.wire import Columns, Push, PushReply
from asset_model.tables import SCHEMA
from asset_model.work_orders import WorkOrder
from field_app.actions import work_orders
from field_app.actions.facts import comment
from field_app.sync.loop import SyncLoop
from field_app.sync.rounds import run_round
from field_app.sync.transport import LinkDown, NotTaken
from sync_server import decide
from sync_server.tables import JournalEntry
from tests.hazards import out_of_the_server as server_without
from tests.hazards import out_of_the_tablet as tablet_without
from tests.hazards.taking_out import fails_without
from tests.photos import rig as photo_rig
from tests.photos.test_every_byte import SIZE, a_photo_whose_original_waits
from tests.rescue.conftest import Crews
from tests.simulation import (
    planted_in_outbox,
    planted_in_push,
    planted_in_reading,
    planted_in_telling,
)
from tests.sync.copies import a_file_tablet, keep_copies
from tests.sync.long_away import pull
from tests.sync.rig import Deliver, Server, Tablet, edit, group
from tests.sync.test_old_schema import made_before_the_update
from tests.sync.town import ANNE, BOSS, SOUTH, SUD, order_id, step_id

ORDER = order_id(1)

Check = Callable[[str, Columns], Columns]


@fails_without(planted_in_push.no_ledger, planted_in_outbox.emptied_on_sending)
def test_lost_answer_the_change_is_sent_again_and_has_one_effect(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "Fait.")

    def lose_the_answer(push: Push, deliver: Deliver) -> PushReply:
        deliver(push)
        raise LinkDown("tunnel")

    tablet.link.around = lose_the_answer
    with suppress(LinkDown):
        tablet.sync()
    tablet.link.around = lambda push, deliver: deliver(push)
    tablet.sync()

    assert [c.text for c in tablet.link.server.rows(Comment)] == ["Fait."]
    assert [(c.state, c.result) for c in tablet.changes()] == [("settled", "applied")]


@fails_without(server_without.clock_errors_are_not_noted, server_without.the_later_clock_wins)
def test_wrong_device_clock_it_decides_nothing_and_its_error_is_noted(
    server: Server, crews: Crews
) -> None:
    tablets = crews(server)
    early, late = tablets["T1"], tablets["T3"]
    early.clock.forward(days=-3650)
    late.clock.forward(days=3650)
    early.do(work_orders.answer, step_id(1), "ok")
    early.sync()
    late.do(work_orders.answer, step_id(1), "defect", person=ANNE)
    late.sync()
    early.sync()

    errors = {entry.clock_error_s for entry in server.rows(JournalEntry) if entry.device_id}
    assert errors == {-3650 * 86_400.0, 3650 * 86_400.0}
    kept = [(c.kept, c.set_aside) for c in server.rows(ContestedValue) if c.column == "answer"]
    assert kept == [('"ok"', '"defect"')]


@fails_without(
    server_without.old_words_are_not_lifted, tablet_without.what_waits_is_called_of_today
)
def test_old_app_after_a_schema_change_its_unsent_edits_are_understood(tablet: Tablet) -> None:
    renamed = {SCHEMA - 1: Lift(columns={("work_order", "remarks"): "description"})}
    with patch.dict(schemas.LIFTS, renamed):
        made_before_the_update(tablet, schema=SCHEMA - 1, remarks="Bosse.")

        tablet.sync()

    assert (tablet.link.server.row("work_order", ORDER) or {})["description"] == "Bosse."


@fails_without(planted_in_outbox.leaving_drops_pending, server_without.there_is_no_grace)
def test_row_leaves_with_a_pending_edit_on_it_it_is_sent_and_judged_as_of_then(
    tablet: Tablet,
) -> None:
    tablet.do(work_orders.move, ORDER, "accepted")
    server = tablet.link.server
    server.set("work_order", ORDER, crew_id=SOUTH, district_id=SUD)
    pull(tablet)  # Before anything was sent.
    assert ORDER not in {order.id for order in tablet.all(WorkOrder)}

    tablet.sync()

    assert (server.row("work_order", ORDER) or {})["status"] == "accepted"


@fails_without(planted_in_telling.leaving_is_not_told)
def test_row_leaves_it_goes_from_sight(tablet: Tablet) -> None:
    tablet.link.server.set("work_order", ORDER, crew_id=SOUTH, district_id=SUD)

    tablet.sync()

    assert ORDER not in {order.id for order in tablet.all(WorkOrder)}


@fails_without(server_without.what_has_come_of_a_photo_is_dropped)
def test_large_files_a_photo_goes_on_from_the_byte_where_the_line_was_cut(
    camera: photo_rig.Tablet,
) -> None:
    sha256 = a_photo_whose_original_waits(camera, 1)
    camera.wire.body_left = cut = SIZE * 2 // 3
    camera.send()
    camera.wire.heal()
    camera.wire.seen.clear()

    camera.send_patiently()

    again = sum(len(request.body or b"") for request in camera.wire.seen)
    assert sha256 in camera.house.stored()
    assert again == SIZE - cut


@fails_without(tablet_without.a_copy_begins_from_its_first_byte)
def test_large_files_a_first_copy_goes_on_from_the_byte_where_the_line_was_cut(
    server: Server, tmp_path: Path
) -> None:
    new = a_file_tablet(server, tmp_path / "new", keep_copies(server, tmp_path))
    new.link.cuts = [3_000]  # type: ignore[attr-defined]
    with suppress(LinkDown):
        new.sync()
    new.restart()
    new.sync()

    starts = new.link.starts  # type: ignore[attr-defined]
    new.database.close()
    assert starts == [0, 3_000]


@fails_without(planted_in_push.losers_are_dropped, planted_in_push.last_write_wins)
def test_losing_value_it_is_kept_and_reaches_the_crew_s_tablet(tablet: Tablet) -> None:
    server = tablet.link.server
    server.set("work_order", ORDER, title="Celui du bureau")
    late = edit("work_order", ORDER, {"title": "Nid-de-poule 1"}, title="Celui d’avant")
    server.push(group(late, person=BOSS), device="B1")

    tablet.sync()

    kept = [(c.column, c.kept, c.set_aside, c.work_order_id) for c in tablet.all(ContestedValue)]
    assert kept == [("title", '"Celui du bureau"', '"Celui d’avant"', ORDER)]


@fails_without(server_without.one_broken_group_breaks_its_message)
def test_poison_a_change_that_breaks_the_server_is_parked_and_the_others_pass(
    tablet: Tablet,
) -> None:
    for words in ("avant", "poison", "après"):
        tablet.do(comment, ORDER, words)
    tablet_loop = SyncLoop(tablet.database, tablet.link, clock=tablet.clock, random=Random(1))

    with patch.object(decide, "checked", breaking(codec.checked)):
        tablet_loop._try()

    assert tablet.states() == ["settled", "parked", "settled"]


def breaking(checked: Check) -> Check:
    def check(table: str, columns: Columns) -> Columns:
        if columns.get("text") == "poison":
            raise ZeroDivisionError("what nobody foresaw")
        return checked(table, columns)

    return check


@fails_without(tablet_without.poison_is_taken_for_a_broken_link)
def test_poison_a_change_that_no_server_can_read_is_parked_and_the_others_pass(
    tablet: Tablet,
) -> None:
    for words in ("avant", "poison", "après"):
        tablet.do(comment, ORDER, words)

    def strict(push: Push, deliver: Deliver) -> PushReply:
        if "poison" in str(push):
            raise NotTaken("malformed_request")
        return deliver(push)

    tablet.link.around = strict
    loop = SyncLoop(tablet.database, tablet.link, clock=tablet.clock, random=Random(1))
    loop._try()

    assert tablet.states() == ["settled", "parked", "settled"]


@fails_without(planted_in_reading.digests_always_agree)
def test_integrity_a_rotten_row_is_found_by_the_digest_and_mended(tablet: Tablet) -> None:
    with tablet.database.writing() as session:
        session.execute(text("UPDATE work_order SET title = 'Rongé'"))
        session.execute(text("UPDATE bucket_position SET verified = -1"))

    for _ in range(4):
        run_round(tablet.database, tablet.link, tablet.clock, verify=True)

    assert {order.title for order in tablet.all(WorkOrder)} == {"Nid-de-poule 1", "Nid-de-poule 3"}
