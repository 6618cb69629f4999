"""The eighth promise: work survives whatever becomes of people, apps, tablets and the server."""

import shutil
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import text
from sqlalchemy.orm import Session

from asset_model.database import open_database
from asset_model.facts import Comment
from asset_model.ids import Author
from asset_model.migrations import upgrade
from asset_model.sync import schemas
from asset_model.sync.schemas import Lift
from asset_model.tables import SCHEMA
from asset_model.work_orders import WorkOrder
from field_app.actions.facts import comment
from field_app.store.local import LocalBase, LocalChange, Replica
from field_app.store.opening import open_store
from field_app.store.schema import VERSIONS, migrate
from field_app.sync.transport import LinkDown
from sync_server import feed, forgetting
from sync_server.tables import JournalEntry
from tests.hazards import out_of_the_server as server_without
from tests.hazards import out_of_the_tablet as tablet_without
from tests.hazards.person import AtTheTablet
from tests.hazards.taking_out import fails_without
from tests.rescue.conftest import Crews
from tests.rescue.folders import Folder
from tests.simulation import planted_in_outbox, planted_in_reading
from tests.sync.rig import Server, Tablet, a_server, a_tablet, an_id
from tests.sync.test_old_schema import made_before_the_update
from tests.sync.town import ANNE, LUC, MARC, SOUTH, SUD, order_id

ORDER = order_id(1)


@fails_without(tablet_without.work_goes_in_the_name_of_whoever_sits_there)
def test_8_work_outlives_whoever_signs_out_and_goes_in_their_name(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "De Luc.", person=LUC)
    tablet.do(comment, ORDER, "D’Anne.", person=ANNE)

    tablet.sync()

    made = {c.text: c.person_id for c in tablet.link.server.rows(Comment)}
    assert made == {"De Luc.": LUC, "D’Anne.": ANNE}


@fails_without(tablet_without.an_update_empties_the_outbox)
def test_8_work_waits_through_an_update_of_the_app(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'tablet.sqlite'}")
    for revision in ("model_0001", "tablet_0001"):
        upgrade(database.engine, VERSIONS, LocalBase.metadata, to=revision)
    with database.writing() as session:
        session.execute(text(WAITING))

    migrate(database)

    with database.reading() as session:
        kept = [(c.id, c.state, c.after) for c in session.query(LocalChange)]
    database.close()
    assert kept == [("c", "pending", {"text": "Fait."})]


WAITING = (
    "INSERT INTO local_change (place, id, group_id, person_id, made_at, table_name, row_id, op,"
    " before, after, state, position, columns, set_aside, details)"
    " VALUES (1, 'c', 'g', 'p', '2026-11-23T08:00:00.000Z', 'comment', 'r', 'insert',"
    " '{}', '{\"text\": \"Fait.\"}', 'pending', 0, '{}', '{}', '{}')"
)

RENAMED = {SCHEMA - 1: Lift(columns={("work_order", "remarks"): "description"})}


@fails_without(
    server_without.old_words_are_not_lifted,
    tablet_without.what_waits_is_called_of_today,
    tablet_without.old_words_are_not_shown,
)
def test_8_work_waits_through_a_change_of_schema_and_stays_in_sight(tablet: Tablet) -> None:
    with patch.dict(schemas.LIFTS, RENAMED):
        made_before_the_update(tablet, schema=SCHEMA - 1, remarks="Avant.")
        assert tablet.order().description == "Avant."

        tablet.sync()

    assert (tablet.link.server.row("work_order", ORDER) or {})["description"] == "Avant."


@fails_without(server_without.there_is_no_grace)
def test_8_work_waits_through_thirty_idle_days(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "Fait.")
    server = tablet.link.server
    server.set("work_order", ORDER, crew_id=SOUTH, district_id=SUD)
    server.clock.forward(days=29)
    tablet.clock.forward(days=29)

    tablet.sync()

    assert [c.text for c in server.rows(Comment)] == ["Fait."]


@fails_without(server_without.there_is_no_floor)
def test_8_a_tablet_that_was_away_for_half_a_year_keeps_its_work_and_no_row_that_left(
    served: Server, tmp_path: Path
) -> None:
    tablet = a_tablet(served, tmp_path)
    tablet.do(comment, order_id(3), "Fait.")
    served.set("work_order", ORDER, crew_id=SOUTH, district_id=SUD)
    served.clock.forward(days=181)
    forgetting.forget_removals(served.database, now=served.clock())

    tablet.sync()

    held = {order.id for order in tablet.all(WorkOrder)}
    tablet.database.close()
    assert [c.text for c in served.rows(Comment)] == ["Fait."]
    assert held == {order_id(3)}


def a_word_and_a_book(session: Session, *, by: Author) -> None:
    comment(session, ORDER, "Un mot.", by=by)
    comment(session, ORDER, "x" * 500_000, by=by)


@fails_without(tablet_without.row_and_change_are_apart)
def test_8_a_full_disk_takes_nothing_by_halves_and_says_so(luc: AtTheTablet) -> None:
    assert luc.saves(comment, ORDER, "Avant.")
    with luc.folder.database.engine.connect() as connection:
        used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {used + 20}")

    saved = luc.saves(a_word_and_a_book)

    assert not saved
    assert "plus de place" in luc.told
    assert luc.on_disk() == (1, 1)


@fails_without(planted_in_outbox.device_clock_forgets)
def test_8_a_clock_that_is_ten_years_wrong_loses_nothing(tablet: Tablet) -> None:
    tablet.do(comment, ORDER, "Fait.")
    tablet.sync()
    tablet.clock.forward(days=3650)

    tablet.sync()

    assert tablet.states() == ["settled"]


@fails_without(tablet_without.changes_are_numbered)
def test_8_a_tablet_put_back_from_a_copy_goes_on_and_loses_none_of_its_new_work(
    folder: Folder, tmp_path: Path
) -> None:
    folder.say("Première.")
    folder.tablet.sync()
    copy = folder.power_cut(tmp_path / "copy")
    folder.say("Deuxième.")
    folder.tablet.sync()

    restored = reopened(folder, copy)
    restored.do(comment, ORDER, "Troisième.")
    restored.sync()
    restored.database.close()

    texts = sorted(c.text for c in folder.tablet.link.server.rows(Comment))
    assert texts == ["Deuxième.", "Première.", "Troisième."]


def reopened(folder: Folder, copy: Path) -> Tablet:
    """The copy is put back in place of the folder, and opened."""
    folder.database.close()
    (copy / "install.json").write_text((folder.path / "install.json").read_text())
    return Tablet(open_store(copy, new_id=an_id), folder.tablet.link, folder.clock)


@fails_without(tablet_without.the_mark_is_not_looked_at)
def test_8_a_copied_tablet_is_known_as_another_one(folder: Folder, tmp_path: Path) -> None:
    copy = tmp_path / "clone"
    folder.database.close()
    shutil.copytree(folder.path, copy)
    (copy / "install.json").unlink()  # Another machine, another mark beside the database.

    lives = [life_of(path) for path in (folder.path, copy)]

    assert lives[0][0] == lives[1][0]
    assert lives[0][1] != lives[1][1]


def life_of(path: Path) -> tuple[str, str]:
    database = open_store(path, new_id=an_id)
    with database.reading() as session:
        replica = session.get_one(Replica, 1)
    database.close()
    return replica.install, replica.incarnation


@fails_without(
    planted_in_outbox.nothing_offered_again,
    planted_in_outbox.offered_under_new_ids,
    planted_in_reading.old_positions_in_a_new_history,
)
def test_8_three_tablets_bring_back_what_a_server_restored_from_yesterday_lost(
    server: Server, crews: Crews
) -> None:
    tablets = crews(server)
    for code, order in (("T1", 1), ("T2", 2), ("T3", 3)):
        person = {"T1": LUC, "T2": MARC, "T3": ANNE}[code]
        tablets[code].do(comment, order_id(order), f"De {code}.", person=person)
        tablets[code].sync()
    kept = server.rows(JournalEntry)
    yesterday = restored(server, tablets)
    yesterday.set("work_order", order_id(3), title="Affaissement")

    for _ in range(3):
        for tablet in tablets.values():
            with suppress(LinkDown):
                tablet.sync()

    assert sorted(c.text for c in yesterday.rows(Comment)) == ["De T1.", "De T2.", "De T3."]
    back = {entry.id for entry in yesterday.rows(JournalEntry) if entry.table == "comment"}
    assert back == {entry.id for entry in kept if entry.table == "comment"}
    assert {state for tablet in tablets.values() for state in tablet.states()} == {"settled"}
    assert [tablets[code].order(3).title for code in ("T1", "T3")] == ["Affaissement"] * 2


def restored(server: Server, tablets: dict[str, Tablet]) -> Server:
    """Yesterday's backup, restored by the command: a new history, with the devices of today."""
    old = a_server()
    old.devices = server.devices
    with old.database.writing() as session:
        feed.begin_history(session, "restored")
        for device in old.devices.values():
            session.merge(device)
    for tablet in tablets.values():
        tablet.link.server = old
    return old
